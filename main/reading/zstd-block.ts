import { xxh64 } from './xxh64';
import {
  Broken,
  Bytes,
  bitsAt,
  fseStates,
  type Huffman,
  type Probabilities,
  readHuffman,
  readProbabilities,
  type States,
  streamBits,
  unhuffman,
} from './zstd-tables';

// The one definition of which frames of zstd (RFC 8878) are read: the job's `zstd_block.py` follows it. What the frame
// says must hold to the bit: each stream is used up exactly, sizes and checksum are those of the content. A library
// would read damaged frames in its own way, and libraries differ there.

const FRAME = 0xfd2fb528;
const SKIPPED = 0x184d2a5;
const LARGEST_BLOCK = 128 * 1024;
const LEAST_IN_FOUR = 6;

/** Numbers by symbol: where each begins, and how many bits tell what is added. */
type Numbers = { readonly bases: readonly number[]; readonly widths: readonly number[] };

function numbers(first: number, widths: readonly number[]): Numbers {
  let base = first;
  const bases = widths.map((width) => {
    base += 2 ** width;
    return base - 2 ** width;
  });
  return { bases, widths };
}

/** States of a code: for each the number and its further bits, and how the next state is told. */
type Table = {
  readonly accuracy: number;
  readonly bases: Float64Array;
  readonly widths: Uint8Array;
  readonly bits: Uint8Array;
  readonly next: Uint16Array;
};

/** One of the three numbers of a sequence. */
type Code = { readonly numbers: Numbers; readonly mostAccuracy: number; readonly usual: Table };

const tableOf = (accuracy: number, { bases, widths }: Numbers, states: States): Table => ({
  accuracy,
  bases: Float64Array.from(states.symbols, (symbol) => bases[symbol] as number),
  widths: Uint8Array.from(states.symbols, (symbol) => widths[symbol] as number),
  bits: states.bits,
  next: states.bases,
});

const codeOf = (of: Numbers, mostAccuracy: number, usual: Probabilities): Code => ({
  ...{ numbers: of, mostAccuracy },
  usual: tableOf(usual.accuracy, of, fseStates(usual)),
});

const times = (count: number, value: number) => Array<number>(count).fill(value);
const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

const LITERALS = codeOf(numbers(0, [...times(16, 0), 1, 1, 1, 1, 2, 2, 3, 3, 4, ...upTo(6, 16)]), 9, {
  accuracy: 6,
  of: [4, 3, ...times(11, 2), 1, 1, 1, ...times(9, 2), 3, 2, ...times(5, 1), ...times(4, -1)],
});
const OFFSETS = codeOf(numbers(1, upTo(0, 31)), 8, {
  accuracy: 5,
  of: [...times(6, 1), 2, 2, 2, ...times(15, 1), ...times(5, -1)],
});
const MATCHES = codeOf(numbers(3, [...times(32, 0), 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, ...upTo(7, 16)]), 9, {
  accuracy: 6,
  of: [1, 4, 3, ...times(6, 2), ...times(37, 1), ...times(7, -1)],
});

function readTable(
  data: Bytes,
  { numbers: of, mostAccuracy, usual }: Code,
  mode: number,
  before?: Table,
): Table {
  if (mode === 0) return usual;
  if (mode === 1) {
    const symbols = Uint8Array.of(data.number(1));
    if ((symbols[0] as number) >= of.bases.length) throw new Broken();
    return tableOf(0, of, { symbols, bits: new Uint8Array(1), bases: new Uint16Array(1) });
  }
  if (mode === 2) {
    const probabilities = readProbabilities(data, mostAccuracy, of.bases.length - 1);
    return tableOf(probabilities.accuracy, of, fseStates(probabilities));
  }
  if (!before) throw new Broken();
  return before;
}

/** What is unpacked so far, `most` bytes in the end. */
class Content {
  bytes = Buffer.alloc(0);
  length = 0;
  constructor(readonly most: number) {}
  /** Makes room for further bytes; whoever asked fills it. */
  grow(by: number): void {
    const length = this.length + by;
    if (length > this.most) throw new Broken();
    if (length > this.bytes.length) {
      const more = Buffer.alloc(Math.min(this.most, Math.max(length, 2 * this.bytes.length)));
      this.bytes.copy(more, 0, 0, this.length);
      this.bytes = more;
    }
    this.length = length;
  }
  add(part: Uint8Array): void {
    this.grow(part.length);
    this.bytes.set(part, this.length - part.length);
  }
}

/** What the blocks of a frame share. */
class Frame {
  private readonly start: number;
  private blockMost = 0;
  private huffman: Huffman | null = null;
  private tables: readonly Table[] = [];
  private repeats: readonly [number, number, number] = [1, 4, 8];

  constructor(private readonly content: Content) {
    this.start = content.length;
  }

  /** Adds the content of a frame, whose magic number is read. */
  read(data: Bytes): void {
    const flags = data.number(1);
    if ((flags & 8) !== 0) throw new Broken();
    const single = (flags & 32) !== 0;
    const window = single ? 0 : data.number(1);
    // Of a dictionary, which nobody has.
    if (data.number([0, 1, 2, 4][flags & 3] as number) !== 0) throw new Broken();
    const form = flags >> 6;
    const width = form > 0 ? 1 << form : Number(single);
    const size = width > 0 ? data.number(width) + (form === 1 ? 256 : 0) : null;
    if (size !== null && size > this.content.most - this.start) throw new Broken();
    // Memory is what the content takes: how far back it looks does not matter.
    const windowSize = single ? (size ?? 0) : (2 ** (10 + (window >> 3)) / 8) * (8 + (window & 7));
    this.blockMost = Math.min(LARGEST_BLOCK, windowSize);
    while (!this.block(data));
    const own = this.content.bytes.subarray(this.start, this.content.length);
    if (size !== null && own.length !== size) throw new Broken();
    if ((flags & 4) !== 0 && data.number(4) !== Number(xxh64(own) & 0xffffffffn)) throw new Broken();
  }

  /** Adds the content of a block; whether it is the last. */
  private block(data: Bytes): boolean {
    const head = data.number(3);
    const [kind, size] = [(head >> 1) & 3, head >> 3];
    if (size > this.blockMost) throw new Broken();
    if (kind === 0) this.content.add(data.take(size));
    else if (kind === 1) this.content.add(Buffer.alloc(size, data.number(1)));
    else if (kind === 2) this.compressed(new Bytes(data.take(size)));
    else throw new Broken();
    return (head & 1) === 1;
  }

  private literals(data: Bytes): Buffer {
    const first = data.number(1);
    const [kind, form] = [first & 3, (first >> 2) & 3];
    if (kind < 2) {
      const width = [0, 1, 0, 2][form] as number;
      const size = (first | (data.number(width) << 8)) >> (width > 0 ? 4 : 3);
      if (size > this.blockMost) throw new Broken();
      return kind === 0 ? data.take(size) : Buffer.alloc(size, data.number(1));
    }
    const width = [10, 10, 14, 18][form] as number;
    const sizes = Math.floor((first + data.number([2, 2, 3, 4][form] as number) * 256) / 16);
    const size = sizes % 2 ** width;
    const packed = new Bytes(data.take(Math.floor(sizes / 2 ** width)));
    if (size > this.blockMost) throw new Broken();
    if (kind === 2) this.huffman = readHuffman(packed);
    if (!this.huffman) throw new Broken();
    const literals = Buffer.alloc(size);
    if (form === 0) {
      unhuffman(packed.rest(), literals, this.huffman);
      return literals;
    }
    if (size < LEAST_IN_FOUR) throw new Broken();
    const lengths = [packed.number(2), packed.number(2), packed.number(2)];
    const quarter = (size + 3) >> 2;
    for (const [i, length] of lengths.entries())
      unhuffman(packed.take(length), literals.subarray(i * quarter, (i + 1) * quarter), this.huffman);
    unhuffman(packed.rest(), literals.subarray(3 * quarter), this.huffman);
    return literals;
  }

  private compressed(data: Bytes): void {
    const literals = this.literals(data);
    let count = data.number(1);
    if (count === 255) count = data.number(2) + 0x7f00;
    else if (count > 127) count = ((count - 128) << 8) + data.number(1);
    const end = this.content.length + this.blockMost;
    const used = count > 0 ? this.sequences(data, count, literals, end) : 0;
    if (data.left > 0) throw new Broken();
    this.content.add(literals.subarray(used));
    if (this.content.length > end) throw new Broken();
  }

  /** Adds what sequences make of the literals and the content before them; answers how many literals that took. */
  private sequences(data: Bytes, count: number, literals: Buffer, end: number): number {
    const modes = data.number(1);
    if ((modes & 3) !== 0) throw new Broken();
    this.tables = [LITERALS, OFFSETS, MATCHES].map((code, i) =>
      readTable(data, code, (modes >> (6 - 2 * i)) & 3, this.tables[i]),
    );
    const [literalTable, offsetTable, matchTable] = this.tables as [Table, Table, Table];
    const stream = data.rest();
    let at = streamBits(stream);
    const bits = (width: number) => {
      at -= width;
      if (at < 0) throw new Broken();
      return bitsAt(stream, at, width);
    };
    let literalState = bits(literalTable.accuracy);
    let offsetState = bits(offsetTable.accuracy);
    let matchState = bits(matchTable.accuracy);
    const { content, start } = this;
    let [first, second, third] = this.repeats;
    let used = 0;
    for (let left = count - 1; left >= 0; left--) {
      const width = offsetTable.widths[offsetState] as number;
      const high = width > 16 ? bits(width - 16) * 2 ** 16 : 0;
      const offset = (offsetTable.bases[offsetState] as number) + high + bits(Math.min(16, width));
      const match = (matchTable.bases[matchState] as number) + bits(matchTable.widths[matchState] as number);
      const literal =
        (literalTable.bases[literalState] as number) + bits(literalTable.widths[literalState] as number);
      // No state is read behind the last one.
      if (left > 0) {
        literalState =
          (literalTable.next[literalState] as number) + bits(literalTable.bits[literalState] as number);
        matchState = (matchTable.next[matchState] as number) + bits(matchTable.bits[matchState] as number);
        offsetState =
          (offsetTable.next[offsetState] as number) + bits(offsetTable.bits[offsetState] as number);
      }
      if (offset > 3) [first, second, third] = [offset - 3, first, second];
      else {
        const which = literal === 0 ? offset : offset - 1;
        if (which === 1) [first, second] = [second, first];
        else if (which === 2) [first, second, third] = [third, first, second];
        else if (which === 3) [first, second, third] = [first - 1, first, second];
      }
      const from = content.length;
      const here = from + literal;
      const source = here - first;
      if (used + literal > literals.length || first === 0 || source < start || here + match > end)
        throw new Broken();
      content.grow(literal + match);
      const { bytes } = content;
      bytes.set(literals.subarray(used, used + literal), from);
      used += literal;
      // What is copied may go on into itself.
      if (first >= match) bytes.copyWithin(here, source, source + match);
      else for (let i = 0; i < match; i++) bytes[here + i] = bytes[source + i] as number;
    }
    if (at !== 0) throw new Broken();
    this.repeats = [first, second, third];
    return used;
  }
}

/**
 * The content of frames of zstd that stand one behind another, those to be skipped left out; null where they are none,
 * ask for a dictionary, or have more bytes than `most`.
 */
export function unzstd(packed: Buffer, most: number): Uint8Array | null {
  const data = new Bytes(packed);
  const content = new Content(most);
  try {
    while (data.left > 0) {
      const magic = data.number(4);
      if (magic >>> 4 === SKIPPED) data.take(data.number(4));
      else if (magic === FRAME) new Frame(content).read(data);
      else return null;
    }
  } catch (error) {
    if (error instanceof Broken) return null;
    throw error;
  }
  return content.bytes.subarray(0, content.length);
}
