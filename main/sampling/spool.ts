import { open } from 'node:fs/promises';
import type { Dialect } from '../../shared/document/dialect';
import { recordSplitter } from '../../shared/reading/csv';

/** The first part of a source, copied to a file of this machine. Ends where a record ends. */
export type Spooled = {
  readonly bytes: number;
  /** Records in the part, the header among them. */
  readonly records: number;
  /** Whether the part is the whole source. */
  readonly complete: boolean;
};

/** Where records end, for each text format. JSON Lines end at line feeds, as a CSV without line breaks does. */
function layoutOf(dialect: Dialect): { delimiter: string; lineBreaks: boolean } {
  return dialect.format === 'csv' ? dialect : { delimiter: ',', lineBreaks: false };
}

/**
 * Copies the first `records` records (0: all) of a text source to `target`.
 * @param bytes the source from its start
 */
export async function spool(
  bytes: AsyncIterable<Uint8Array>,
  dialect: Dialect,
  target: string,
  records: number,
  progress: (records: number) => void,
): Promise<Spooled> {
  const out = await open(target, 'w', 0o600);
  let [seen, boundary, written] = [0, 0, 0];
  const splitter = recordSplitter(layoutOf(dialect), (span) => {
    if (records > 0 && seen >= records) return;
    if (!span.blank) seen++;
    boundary = span.start + span.length;
  });
  let complete = true;
  try {
    for await (const chunk of bytes) {
      // Unlike `write`, it goes on where the system took only part of it.
      await out.writeFile(chunk);
      written += chunk.byteLength;
      splitter.push(chunk);
      progress(seen);
      if (records > 0 && seen >= records) {
        complete = false;
        break;
      }
    }
    if (complete) splitter.end();
    else await out.truncate(boundary);
    return { bytes: complete ? written : boundary, records: seen, complete };
  } finally {
    await out.close();
  }
}
