/** Bytes that are none of zstd. */
export class Broken extends Error {}

/** Bytes that are taken one part after another; throws Broken where there are too few. */
export class Bytes {
  at = 0;
  constructor(readonly data: Buffer) {}
  get left(): number {
    return this.data.length - this.at;
  }
  take(length: number): Buffer {
    if (length > this.left) throw new Broken();
    this.at += length;
    return this.data.subarray(this.at - length, this.at);
  }
  /** A number of up to eight bytes, the least one first; not exact beyond 2⁵³. */
  number(length: number): number {
    return this.take(length).reduceRight((value, byte) => value * 256 + byte, 0);
  }
  rest(): Buffer {
    return this.take(this.left);
  }
}

/** How many bits a stream holds that is read from its end, where a 1 marks it. */
export function streamBits(stream: Buffer): number {
  const last = stream.at(-1) ?? 0;
  if (last === 0) throw new Broken();
  return stream.length * 8 - 1 - Math.clz32(last) + 24;
}

/** Bits of a stream from a place on, 25 at the most; those behind its end are 0. */
export const bitsAt = (stream: Uint8Array, at: number, width: number): number => {
  const byte = at >> 3;
  const word =
    (stream[byte] ?? 0) |
    ((stream[byte + 1] ?? 0) << 8) |
    ((stream[byte + 2] ?? 0) << 16) |
    ((stream[byte + 3] ?? 0) << 24);
  return (word >>> (at & 7)) & ((1 << width) - 1);
};

const bitLength = (value: number) => 32 - Math.clz32(value);

/** `-1` is a probability of less than 1. */
export type Probabilities = { readonly accuracy: number; readonly of: readonly number[] };

/**
 * Reads the description of an FSE code. It must fill the table exactly, name no symbol beyond the last, and end within
 * its bytes.
 */
export function readProbabilities(data: Bytes, mostAccuracy: number, mostSymbol: number): Probabilities {
  const stream = data.data.subarray(data.at);
  let at = 4;
  const accuracy = bitsAt(stream, 0, 4) + 5;
  if (accuracy > mostAccuracy) throw new Broken();
  let left = 1 << accuracy;
  const of: number[] = [];
  while (left > 0) {
    if (of.length > mostSymbol) throw new Broken();
    const width = bitLength(left + 1);
    const half = 1 << (width - 1);
    // Some values are told by a bit less.
    const spare = (1 << width) - 2 - left;
    let value = bitsAt(stream, at, width);
    if ((value & (half - 1)) < spare) {
      value &= half - 1;
      at += width - 1;
    } else {
      if (value >= half) value -= spare;
      at += width;
    }
    of.push(value - 1);
    left -= Math.abs(value - 1);
    // Behind a 0 stands how many follow it, three at a time.
    for (let repeat = value === 1 ? 3 : 0; repeat === 3; at += 2) {
      repeat = bitsAt(stream, at, 2);
      for (let i = 0; i < repeat; i++) of.push(0);
      if (of.length > mostSymbol) throw new Broken();
    }
  }
  data.take((at + 7) >> 3);
  return { accuracy, of };
}

/** The states of an FSE code: the symbol of each, how many bits are read for the next, and what they are added to. */
export type States = {
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
  readonly bases: Uint16Array;
};

export function fseStates({ accuracy, of }: Probabilities): States {
  const size = 1 << accuracy;
  const symbols = new Uint8Array(size);
  let high = size;
  for (const [symbol, probability] of of.entries()) if (probability === -1) symbols[--high] = symbol;
  const step = (size >> 1) + (size >> 3) + 3;
  let at = 0;
  for (const [symbol, probability] of of.entries())
    for (let i = 0; i < probability; i++) {
      symbols[at] = symbol;
      do at = (at + step) & (size - 1);
      while (at >= high);
    }
  const following = of.map(Math.abs);
  const bits = new Uint8Array(size);
  const bases = new Uint16Array(size);
  for (const [i, symbol] of symbols.entries()) {
    const state = following[symbol] ?? 0;
    following[symbol] = state + 1;
    const width = accuracy + 1 - bitLength(state);
    bits[i] = width;
    bases[i] = (state << width) - size;
  }
  return { symbols, bits, bases };
}

const MOST_WEIGHTS = 255;

/** The weights of a Huffman code that are themselves packed, by two states in turn. */
function fseWeights(packed: Buffer): number[] {
  const data = new Bytes(packed);
  const probabilities = readProbabilities(data, 6, 255);
  const { symbols, bits, bases } = fseStates(probabilities);
  const stream = data.rest();
  const { accuracy } = probabilities;
  let left = streamBits(stream) - 2 * accuracy;
  if (left < 0) throw new Broken();
  let now = bitsAt(stream, left + accuracy, accuracy);
  let other = bitsAt(stream, left, accuracy);
  for (const weights: number[] = []; ; ) {
    weights.push(symbols[now] ?? 0);
    if (weights.length >= MOST_WEIGHTS) throw new Broken();
    const width = bits[now] ?? 0;
    left -= width;
    if (left < 0) return [...weights, symbols[other] ?? 0];
    [now, other] = [other, (bases[now] ?? 0) + bitsAt(stream, left, width)];
  }
}

const LONGEST_CODE = 11;

/** The symbol and the bits of the code with which so many bits begin as the longest has. */
export type Huffman = {
  readonly longest: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
};

/** Reads the description of a Huffman code: it must be complete, and have two codes of the longest at least. */
export function readHuffman(data: Bytes): Huffman {
  const head = data.number(1);
  const weights =
    head < 128
      ? fseWeights(data.take(head))
      : [...data.take((head - 126) >> 1)].flatMap((byte) => [byte >> 4, byte & 15]).slice(0, head - 127);
  if (weights.some((weight) => weight > LONGEST_CODE)) throw new Broken();
  const total = weights.reduce((sum, weight) => sum + (weight > 0 ? 1 << (weight - 1) : 0), 0);
  const longest = bitLength(total);
  // That of the last symbol is what lacks to a power of 2.
  const last = (1 << longest) - total;
  if (total === 0 || longest > LONGEST_CODE || (last & (last - 1)) !== 0) throw new Broken();
  weights.push(bitLength(last));
  if (!weights.includes(1)) throw new Broken();
  const symbols = new Uint8Array(1 << longest);
  const bits = new Uint8Array(1 << longest);
  let at = 0;
  for (let weight = 1; weight <= longest; weight++)
    for (const [symbol, own] of weights.entries()) {
      if (own !== weight) continue;
      const end = at + (1 << (weight - 1));
      symbols.fill(symbol, at, end);
      bits.fill(longest + 1 - weight, at, end);
      at = end;
    }
  return { longest, symbols, bits };
}

/** Reads as many symbols as `target` has room for, which a stream must hold exactly. */
export function unhuffman(stream: Buffer, target: Uint8Array, { longest, symbols, bits }: Huffman): void {
  // Bytes that are nobody's stand before the first, as more bits are looked at than are used.
  const padded = new Uint8Array(stream.length + 4);
  padded.set(stream, 2);
  let at = streamBits(stream) + 16 - longest;
  const mask = (1 << longest) - 1;
  for (let i = 0; i < target.length; i++) {
    const byte = at >> 3;
    const word =
      (padded[byte] as number) | ((padded[byte + 1] as number) << 8) | ((padded[byte + 2] as number) << 16);
    const entry = (word >> (at & 7)) & mask;
    target[i] = symbols[entry] as number;
    at -= bits[entry] as number;
    if (at + longest < 16) throw new Broken();
  }
  if (at + longest !== 16) throw new Broken();
}
