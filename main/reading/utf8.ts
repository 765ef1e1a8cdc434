import type { FileHandle } from 'node:fs/promises';

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

const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Offset of a file's first byte that is no byte order mark. */
export async function startOf({ handle }: { readonly handle: FileHandle }): Promise<number> {
  const start = Buffer.alloc(MARK.length);
  await handle.read(start, 0, MARK.length, 0);
  return start.equals(MARK) ? MARK.length : 0;
}
