"""Bits and tables of zstd's entropy codes: the same as main/reading/zstd-tables.ts, which tells the rules."""


class Broken(Exception):
    """Bytes that are none of zstd."""


class Bytes:
    """Bytes that are taken one part after another."""

    def __init__(self, data):
        self.data = data
        self.at = 0

    def take(self, length):
        taken = self.data[self.at : self.at + length]
        if len(taken) < length:
            raise Broken
        self.at += length
        return taken

    def number(self, length):
        return int.from_bytes(self.take(length), "little")

    def rest(self):
        return self.take(len(self.data) - self.at)


def stream_bits(stream):
    """How many bits a stream holds that is read from its end, where a 1 marks it."""
    if not stream or stream[-1] == 0:
        raise Broken
    return len(stream) * 8 - 9 + stream[-1].bit_length()


def read_probabilities(data, most_accuracy, most_symbol):
    """(accuracy, probabilities by symbol) of an FSE code, of which Bytes hold the description next."""
    bits, at = int.from_bytes(data.data[data.at : data.at + 512], "little"), 4
    accuracy = (bits & 15) + 5
    if accuracy > most_accuracy:
        raise Broken
    left, found = 1 << accuracy, []
    while left > 0:
        if len(found) > most_symbol:
            raise Broken
        width = (left + 1).bit_length()
        value = bits >> at & (1 << width) - 1
        few = value & (1 << width - 1) - 1
        spare = (1 << width) - 2 - left
        if few < spare:
            value = few
            at += width - 1
        else:
            if value >= 1 << width - 1:
                value -= spare
            at += width
        found.append(value - 1)
        left -= abs(value - 1)
        repeat = 3 if value == 1 else 0
        while repeat == 3:
            repeat = bits >> at & 3
            found += [0] * repeat
            at += 2
            if len(found) > most_symbol:
                raise Broken
    data.take((at + 7) // 8)
    return accuracy, found


def fse_table(accuracy, probabilities):
    """The states of an FSE code: (symbol, how many bits are read next, what they are added to) of each."""
    size = 1 << accuracy
    symbols, high = [0] * size, size
    for symbol, probability in enumerate(probabilities):
        if probability == -1:
            high -= 1
            symbols[high] = symbol
    at, step = 0, (size >> 1) + (size >> 3) + 3
    for symbol, probability in enumerate(probabilities):
        for _ in range(probability):
            symbols[at] = symbol
            at = at + step & size - 1
            while at >= high:
                at = at + step & size - 1
    following = [abs(one) for one in probabilities]
    states = []
    for symbol in symbols:
        state = following[symbol]
        following[symbol] += 1
        bits = accuracy + 1 - state.bit_length()
        states.append((symbol, bits, (state << bits) - size))
    return states


def _fse_weights(packed):
    """The weights of a Huffman code that are themselves packed, by two states in turn."""
    data = Bytes(packed)
    accuracy, probabilities = read_probabilities(data, 6, 255)
    states = fse_table(accuracy, probabilities)
    stream = data.rest()
    left = stream_bits(stream) - 2 * accuracy
    if left < 0:
        raise Broken
    bits = int.from_bytes(stream, "little")
    both = bits >> left
    now, other = both >> accuracy & (1 << accuracy) - 1, both & (1 << accuracy) - 1
    weights = []
    while True:
        symbol, width, base = states[now]
        weights.append(symbol)
        if len(weights) > 254:
            raise Broken
        left -= width
        if left < 0:
            weights.append(states[other][0])
            return weights
        now, other = other, base + (bits >> left & (1 << width) - 1)


def read_huffman(data):
    """(bits of the longest code, a list of symbol * 16 + its bits by the next so many bits) that Bytes describe next."""
    head = data.number(1)
    if head < 128:
        weights = _fse_weights(data.take(head))
    else:
        weights = [half for byte in data.take((head - 126) // 2) for half in (byte >> 4, byte & 15)][: head - 127]
    total = sum(1 << weight - 1 for weight in weights if weight > 0)
    if total == 0 or max(weights) > 11:
        raise Broken
    longest = total.bit_length()
    last = (1 << longest) - total
    if longest > 11 or last & last - 1:
        raise Broken
    weights.append(last.bit_length())
    if 1 not in weights:
        raise Broken
    table = []
    for weight in range(1, longest + 1):
        for symbol, own in enumerate(weights):
            if own == weight:
                table += [symbol << 4 | longest + 1 - weight] * (1 << weight - 1)
    return longest, table


def unhuffman(stream, count, huffman):
    """As many symbols as told, which a stream must hold exactly."""
    longest, table = huffman
    at = stream_bits(stream) + 16
    # Bytes that are nobody's stand before the first, and behind the last, as more bits are looked at than are used.
    padded = b"\0\0" + stream + b"\0\0"
    words = [a | b << 8 | c << 16 for a, b, c in zip(padded, padded[1:], padded[2:])]
    mask, symbols = (1 << longest) - 1, bytearray()
    at -= longest
    try:
        for _ in range(count):
            entry = table[words[at >> 3] >> (at & 7) & mask]
            symbols.append(entry >> 4)
            at -= entry & 15
    except IndexError:
        raise Broken from None
    # Bits before the first, which may have been looked at, never lead back to it.
    if at + longest != 16:
        raise Broken
    return symbols
