"""Unpacks frames of zstd that stand one behind another: the same as main/reading/zstd-block.ts, which tells the rules."""

from .xxh64 import xxh64
from .zstd_tables import Broken, Bytes, fse_table, read_huffman, read_probabilities, stream_bits, unhuffman

_FRAME = 0xFD2FB528
_SKIPPED = 0x184D2A5
_LARGEST_BLOCK = 128 * 1024
_LEAST_IN_FOUR = 6

_LITERAL_BITS = [0] * 16 + [1, 1, 1, 1, 2, 2, 3, 3, 4] + list(range(6, 17))
_MATCH_BITS = [0] * 32 + [1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5] + list(range(7, 17))


class _Code:
    """One of the three numbers of a sequence: (base, further bits) by symbol, its usual table, and what others may be."""

    def __init__(self, numbers, most_accuracy, accuracy, probabilities):
        self.numbers = numbers
        self.most_accuracy = most_accuracy
        self.usual = self.table(accuracy, fse_table(accuracy, probabilities))

    def table(self, accuracy, states):
        """(accuracy, states as (base of the number, its further bits, bits of the next state, its base))."""
        return accuracy, [self.numbers[symbol] + (bits, base) for symbol, bits, base in states]

    def read(self, data, mode, before):
        if mode == 0:
            return self.usual
        if mode == 1:
            symbol = data.number(1)
            if symbol >= len(self.numbers):
                raise Broken
            return self.table(0, [(symbol, 0, 0)])
        if mode == 2:
            accuracy, probabilities = read_probabilities(data, self.most_accuracy, len(self.numbers) - 1)
            return self.table(accuracy, fse_table(accuracy, probabilities))
        if before is None:
            raise Broken
        return before


def _numbers(base, widths):
    found = []
    for width in widths:
        found.append((base, width))
        base += 1 << width
    return found


_LITERALS = _Code(
    _numbers(0, _LITERAL_BITS), 9, 6, [4, 3] + [2] * 11 + [1] * 3 + [2] * 9 + [3, 2] + [1] * 5 + [-1] * 4
)
_OFFSETS = _Code(_numbers(1, range(32)), 8, 5, [1] * 6 + [2] * 3 + [1] * 15 + [-1] * 5)
_MATCHES = _Code(_numbers(3, _MATCH_BITS), 9, 6, [1, 4, 3] + [2] * 6 + [1] * 37 + [-1] * 7)


class _Frame:
    """What the blocks of a frame share. `start`: where its content begins."""

    def __init__(self, content, most):
        self.content = content
        self.start = len(content)
        self.most = most
        self.block_most = 0
        self.huffman = None
        self.tables = (None, None, None)
        self.repeats = (1, 4, 8)

    def read(self, data):
        flags = data.number(1)
        if flags & 8:
            raise Broken
        single = bool(flags & 32)
        window = 0 if single else data.number(1)
        if data.number((0, 1, 2, 4)[flags & 3]) != 0:
            raise Broken
        form = flags >> 6
        width = 1 << form if form else int(single)
        size = data.number(width) + (256 if form == 1 else 0) if width else None
        if size is not None and size > self.most - self.start:
            raise Broken
        if not single:
            window = (1 << 10 + (window >> 3)) // 8 * (8 + (window & 7))
        self.block_most = min(_LARGEST_BLOCK, size if single else window)
        while not self.block(data):
            pass
        own = len(self.content) - self.start
        if size is not None and own != size:
            raise Broken
        if flags & 4 and data.number(4) != xxh64(self.content[self.start :]) & 0xFFFFFFFF:
            raise Broken

    def block(self, data):
        """Adds the content of a block; whether it is the last."""
        head = data.number(3)
        kind, size = head >> 1 & 3, head >> 3
        if size > self.block_most:
            raise Broken
        if kind == 0:
            self.content += data.take(size)
        elif kind == 1:
            self.content += data.take(1) * size
        elif kind == 2:
            self.compressed(Bytes(data.take(size)))
        else:
            raise Broken
        if len(self.content) > self.most:
            raise Broken
        return head & 1 == 1

    def literals(self, data):
        first = data.number(1)
        kind, form = first & 3, first >> 2 & 3
        if kind < 2:
            width = (0, 1, 0, 2)[form]
            size = (first | data.number(width) << 8) >> (4 if width else 3)
            if size > self.block_most:
                raise Broken
            return data.take(size) if kind == 0 else data.take(1) * size
        width = (10, 10, 14, 18)[form]
        sizes = (first | data.number((2, 2, 3, 4)[form]) << 8) >> 4
        size, packed = sizes & (1 << width) - 1, Bytes(data.take(sizes >> width))
        if size > self.block_most:
            raise Broken
        if kind == 2:
            self.huffman = read_huffman(packed)
        if self.huffman is None:
            raise Broken
        if form == 0:
            return unhuffman(packed.rest(), size, self.huffman)
        if size < _LEAST_IN_FOUR:
            raise Broken
        lengths, quarter = [packed.number(2) for _ in range(3)], (size + 3) // 4
        parts = [unhuffman(packed.take(length), quarter, self.huffman) for length in lengths]
        return b"".join(parts) + unhuffman(packed.rest(), size - 3 * quarter, self.huffman)

    def compressed(self, data):
        literals = self.literals(data)
        count = data.number(1)
        if count == 255:
            count = data.number(2) + 0x7F00
        elif count > 127:
            count = (count - 128 << 8) + data.number(1)
        end = len(self.content) + self.block_most
        used = self.sequences(data, count, literals, end) if count > 0 else 0
        if data.at < len(data.data):
            raise Broken
        self.content += literals[used:]
        if len(self.content) > end:
            raise Broken

    def sequences(self, data, count, literals, end):
        """Adds what sequences make of the literals and the content before them; how many literals that took."""
        modes = data.number(1)
        if modes & 3:
            raise Broken
        codes = ((_LITERALS, 6), (_OFFSETS, 4), (_MATCHES, 2))
        self.tables = tuple(
            code.read(data, modes >> at & 3, before) for (code, at), before in zip(codes, self.tables)
        )
        (literal_bits, literal_table), (offset_bits, offset_table), (match_bits, match_table) = self.tables
        stream = data.rest()
        at = stream_bits(stream) - literal_bits - offset_bits - match_bits
        if at < 0:
            raise Broken
        states = int.from_bytes(stream[at >> 3 : (at >> 3) + 5], "little") >> (at & 7)
        match_state = states & (1 << match_bits) - 1
        offset_state = states >> match_bits & (1 << offset_bits) - 1
        literal_state = states >> match_bits + offset_bits & (1 << literal_bits) - 1
        content, start, used = self.content, self.start, 0
        first, second, third = self.repeats
        from_bytes = int.from_bytes
        for left in range(count - 1, -1, -1):
            literal, literal_more, literal_bits, literal_state = literal_table[literal_state]
            offset, offset_more, offset_bits, offset_state = offset_table[offset_state]
            match, match_more, match_bits, match_state = match_table[match_state]
            if left == 0:
                # No state is read behind the last one.
                literal_bits = match_bits = offset_bits = 0
            state_bits = literal_bits + match_bits + offset_bits
            at -= offset_more + match_more + literal_more + state_bits
            if at < 0:
                raise Broken
            # The bits of one sequence: 90 at the most. What is read last stands lowest.
            bits = from_bytes(stream[at >> 3 : (at >> 3) + 13], "little") >> (at & 7)
            offset_state += bits & (1 << offset_bits) - 1
            bits >>= offset_bits
            match_state += bits & (1 << match_bits) - 1
            bits >>= match_bits
            literal_state += bits & (1 << literal_bits) - 1
            bits >>= literal_bits
            literal += bits & (1 << literal_more) - 1
            bits >>= literal_more
            match += bits & (1 << match_more) - 1
            offset += bits >> match_more & (1 << offset_more) - 1
            if offset > 3:
                first, second, third = offset - 3, first, second
            else:
                which = offset if literal == 0 else offset - 1
                if which == 1:
                    first, second = second, first
                elif which == 2:
                    first, second, third = third, first, second
                elif which == 3:
                    first, second, third = first - 1, first, second
            content += literals[used : used + literal]
            used += literal
            here = len(content)
            source = here - first
            if used > len(literals) or first == 0 or source < start or here + match > end:
                raise Broken
            if first >= match:
                content += content[source : source + match]
            else:
                # What is copied goes on into itself.
                content += (content[source:] * (match // first + 1))[:match]
        if at != 0:
            raise Broken
        self.repeats = (first, second, third)
        return used


def unzstd(packed, most):
    """The content of frames; None where they are none, ask for a dictionary, or have more bytes than `most`."""
    data, content = Bytes(packed), bytearray()
    try:
        while data.at < len(packed):
            magic = data.number(4)
            if magic >> 4 == _SKIPPED:
                data.take(data.number(4))
            elif magic == _FRAME:
                _Frame(content, most).read(data)
            else:
                return None
    except Broken:
        return None
    return bytes(content)
