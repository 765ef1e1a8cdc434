import type { InputFile } from './file';
import { LONGEST_LINE, tooLong } from './lines';

/**
 * The bytes of a record: from the chunk of the file that is at hand, or read again where it began before. A record
 * longer than `most` is cut off there; one longer than any cell may be is a Fault.
 */
export async function spanBytes(
  file: InputFile,
  span: { readonly start: number; readonly length: number; readonly line: number },
  { chunk, start, most }: { chunk: Buffer; start: number; most: number },
): Promise<Buffer> {
  if (span.start >= start) {
    const from = span.start - start;
    return chunk.subarray(from, from + Math.min(span.length, most));
  }
  const length = Math.min(span.length, most);
  if (length === LONGEST_LINE && span.length > length) throw tooLong(file.named, span.line);
  const whole = Buffer.allocUnsafe(length);
  for (let filled = 0; filled < length; ) {
    const { bytesRead } = await file.handle.read(whole, filled, length - filled, span.start + filled);
    if (bytesRead === 0) return whole.subarray(0, filled);
    filled += bytesRead;
  }
  return whole;
}
