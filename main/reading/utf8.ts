/** How many bytes at the end of a chunk belong to a character that is not complete. */
function incompleteTail(chunk: Buffer): number {
  for (let back = 1; back <= Math.min(3, chunk.length); back++) {
    const byte = chunk[chunk.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

/** A part of a text without the bytes at its end that belong to a character cut in two. */
export const withoutTail = (chunk: Buffer): Buffer => chunk.subarray(0, chunk.length - incompleteTail(chunk));
