import { open } from 'node:fs/promises';
import type { Dialect } from '../../shared/document/dialect';
import { isText } from '../../shared/document/formats';
import { recordSplitter } from '../../shared/reading/csv';
import { documentSplitter } from '../../shared/reading/json-document';
import { type Original, plainBytes } from '../reading/plain';
import { LINES } from './blocks';

/** The first part of a source, copied to a file of this machine as plain UTF-8. Ends where a record ends. */
export type Spooled = {
  readonly bytes: number;
  /** Bytes of the source that were read for it. */
  readonly taken: number;
  /** Records in the part, the header among them. */
  readonly records: number;
  /** Whether the part is the whole source. */
  readonly complete: boolean;
  /** Where its bytes stand in the source; undefined where they are the same. */
  readonly original: Original | undefined;
};

/** A part never grows beyond this, however few records are in it. */
export const MOST_SPOOLED = 512 * 1024 ** 2;

/** A document ends with its last record, so that brackets still open are none of a fault. */
const CLOSING = (dialect: Dialect) =>
  dialect.format === 'json'
    ? `]${'}'.repeat(dialect.records === '' ? 0 : dialect.records.split('.').length)}`
    : '';

type Boundary = (span: { readonly start: number; readonly length: number; readonly blank?: boolean }) => void;

const splitterOf = (dialect: Dialect, span: Boundary) =>
  dialect.format === 'json'
    ? documentSplitter(dialect.records, span)
    : recordSplitter(dialect.format === 'csv' ? dialect : LINES, span);

/**
 * Copies the first `records` records (0: all) of a source to `target`.
 * @param bytes the source from its start
 */
export async function spool(
  bytes: AsyncIterable<Uint8Array>,
  dialect: Dialect,
  target: string,
  records: number,
  progress: (records: number) => void,
  named = target,
): Promise<Spooled> {
  const out = await open(target, 'w', 0o600);
  let [seen, boundary, written, taken] = [0, 0, 0, 0];
  const splitter = splitterOf(dialect, (span) => {
    if (records > 0 && seen >= records) return;
    if (!span.blank) seen++;
    boundary = span.start + span.length;
  });
  async function* counted() {
    for await (const chunk of bytes) {
      taken += chunk.byteLength;
      yield chunk;
    }
  }
  const plain = isText(dialect)
    ? plainBytes(counted(), dialect, named)
    : { bytes: counted(), original: undefined };
  let complete = true;
  try {
    for await (const chunk of plain.bytes) {
      // Unlike `write`, it goes on where the system took only part of it.
      await out.writeFile(chunk);
      written += chunk.byteLength;
      splitter.push(chunk);
      progress(seen);
      if (records > 0 && (seen >= records || (written > MOST_SPOOLED && seen > 0))) {
        complete = false;
        break;
      }
    }
    if (complete) splitter.end();
    else {
      await out.truncate(boundary);
      const closing = CLOSING(dialect);
      if (closing !== '') await out.write(closing, boundary);
    }
    const { original } = plain;
    return { bytes: complete ? written : boundary, taken, records: seen, complete, original };
  } finally {
    await out.close();
  }
}
