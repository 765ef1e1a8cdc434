import { MOST_ELEMENTS, Unreadable } from '../faults';

const OVER_28_BITS = 28;

/** A place in the bytes of a message; reading past their end throws Unreadable `cut`. */
export class Cursor {
  at: number;
  private elements = 0;
  private readonly view: DataView;

  constructor(
    private readonly bytes: Uint8Array,
    start: number,
  ) {
    this.at = start;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get ended(): boolean {
    return this.at === this.bytes.length;
  }

  /** Counts elements of arrays and maps, which may take no bytes at all. */
  count(elements: number): void {
    this.elements += elements;
    if (this.elements > MOST_ELEMENTS) throw new Unreadable('size');
  }

  take(length: number): Uint8Array {
    const end = this.at + length;
    if (end > this.bytes.length) throw new Unreadable('cut');
    const taken = this.bytes.subarray(this.at, end);
    this.at = end;
    return taken;
  }

  byte(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw new Unreadable('cut');
    this.at++;
    return byte;
  }

  float(): number {
    this.take(4);
    return this.view.getFloat32(this.at - 4, true);
  }

  double(): number {
    this.take(8);
    return this.view.getFloat64(this.at - 8, true);
  }

  /** A number of up to 64 bits; a bigint where a double would not hold it. */
  long(): number | bigint {
    let low = 0;
    let shift = 0;
    for (; shift < OVER_28_BITS; shift += 7) {
      const byte = this.byte();
      low |= (byte & 0x7f) << shift;
      if (byte < 0x80) return (low >>> 1) ^ -(low & 1);
    }
    let whole = BigInt(low);
    for (let place = BigInt(shift); ; place += 7n) {
      const byte = this.byte();
      // The tenth byte holds the 64th bit and nothing else.
      if (place === 63n && byte > 1) throw new Unreadable('value');
      whole |= BigInt(byte & 0x7f) << place;
      if (byte < 0x80) break;
    }
    const value = BigInt.asIntN(64, (whole >> 1n) ^ -(whole & 1n));
    const near = Number(value);
    return Number.isSafeInteger(near) ? near : value;
  }

  int(): number {
    const value = this.long();
    if (typeof value === 'bigint' || (value | 0) !== value) throw new Unreadable('value');
    return value;
  }

  /** A length or an index: not negative, and no more than a message could hold. */
  size(): number {
    const value = this.long();
    if (typeof value === 'bigint' || value < 0) throw new Unreadable('value');
    return value;
  }

  /** The number of elements in the next block of an array or a map; 0 ends it. */
  block(): number {
    const count = this.long();
    if (typeof count === 'bigint') throw new Unreadable('value');
    if (count < 0) this.size();
    const elements = Math.abs(count);
    this.count(elements);
    return elements;
  }
}
