import { Fault } from '../../shared/contract/errors';
import type { CancelSignal } from '../../shared/ports/signal';
import { chunksOf, type InputFile } from './file';

/** Bytes a line may have; a longer one would not fit a cell of any engine. */
export const LONGEST_LINE = 256 * 1024 * 1024;
const LF = 0x0a;

export type Line = { readonly bytes: Buffer; readonly offset: number; readonly line: number };

export const tooLong = (named: string, line: number): Fault =>
  new Fault({
    code: 'source.too-long',
    message: `${named}: the record on line ${line} is longer than ${LONGEST_LINE / 1024 ** 2} MB.`,
    unaffected: 'Nothing was written.',
    advice: 'Check that this is the right file and format.',
    place: { file: named, row: line },
  });

/** The lines of a file with their places, batch by batch; their bytes are valid until the next batch. */
export async function* linesOf(
  file: InputFile,
  origin: number,
  signal?: CancelSignal,
): AsyncGenerator<Line[]> {
  let carried: Buffer[] = [];
  let carriedBytes = 0;
  let start = origin;
  let at = origin;
  let number = 1;
  for await (const chunk of chunksOf(file, origin, signal)) {
    const batch: Line[] = [];
    let from = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, from)) {
      const part = chunk.subarray(from, end);
      const bytes = carried.length > 0 ? Buffer.concat([...carried, part]) : part;
      carried = [];
      carriedBytes = 0;
      batch.push({ bytes, offset: start, line: number++ });
      from = end + 1;
      start = at + from;
    }
    if (from < chunk.length) {
      carried.push(Buffer.from(chunk.subarray(from)));
      carriedBytes += chunk.length - from;
      if (carriedBytes > LONGEST_LINE) throw tooLong(file.named, number);
    }
    at += chunk.length;
    if (batch.length > 0) yield batch;
  }
  if (carried.length > 0) yield [{ bytes: Buffer.concat(carried), offset: start, line: number }];
}
