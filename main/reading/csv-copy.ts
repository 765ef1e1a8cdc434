import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { CsvDialect } from '../../shared/document/dialect';
import type { CancelSignal } from '../../shared/ports/signal';
import {
  RECORD_FAULT_WORDS,
  type RecordFault,
  type RecordSpan,
  recordSplitter,
} from '../../shared/reading/csv';
import type { CsvHeader } from './csv-header';
import { chunksOf, type InputFile, type Told } from './file';
import { LONGEST_LINE, tooLong } from './lines';
import { collectUnreadable, MOST_KEPT, type Unreadable } from './unreadable';
import { withoutTail } from './utf8';

/** A clean copy of a text source: CSV, comma or the source's delimiter, a header of its own, line feeds. */
export type CleanCopy = {
  readonly file: string;
  readonly delimiter: string;
  readonly records: number;
  readonly blankLines: number;
  /** Bytes of the longest record in the copy. */
  readonly longest: number;
  readonly unreadable: Unreadable;
};

const LINE_FEED = Buffer.from('\n');

/** Names of the copy’s own header, which no reader looks at. */
export const copyHeader = (columns: number, delimiter: string): string =>
  `${Array.from({ length: columns }, (_, i) => `c${i}`).join(delimiter)}\n`;

/** Splits a CSV file record by record, copies those that can be read, and collects the others with their places. */
export async function copyCsv(
  file: InputFile,
  dialect: CsvDialect,
  header: CsvHeader,
  folder: string,
  signal?: CancelSignal,
  told?: Told,
): Promise<CleanCopy> {
  const target = path.join(folder, 'readable.csv');
  const out = await open(target, 'w');
  const unreadable = await collectUnreadable(folder);
  const columns = header.columns.length;
  let pending: RecordSpan[] = [];
  const splitter = recordSplitter(dialect, (span) => pending.push(span), header.origin);
  let headerLeft = dialect.header;
  let [records, blankLines, longest, number] = [0, 0, 0, 0];

  const bytesOf = async (span: RecordSpan, chunk: Buffer, chunkStart: number): Promise<Buffer> => {
    if (span.start >= chunkStart) {
      const from = span.start - chunkStart;
      return chunk.subarray(from, from + span.length);
    }
    // A quote that is never closed makes one record of the rest of the file: its start is enough.
    const length = span.fault ? Math.min(span.length, MOST_KEPT + 1) : span.length;
    if (length > LONGEST_LINE) throw tooLong(file.named, span.line);
    const whole = Buffer.allocUnsafe(length);
    for (let filled = 0; filled < length; ) {
      const { bytesRead } = await file.handle.read(whole, filled, length - filled, span.start + filled);
      if (bytesRead === 0) return whole.subarray(0, filled);
      filled += bytesRead;
    }
    return whole;
  };
  const settle = async (chunk: Buffer, chunkStart: number) => {
    const parts: Buffer[] = [];
    for (const span of pending) {
      if (headerLeft) {
        headerLeft = false;
        continue;
      }
      if (span.blank && columns > 1) {
        blankLines++;
        continue;
      }
      if (span.blank) blankLines++;
      number++;
      const bytes = await bytesOf(span, chunk, chunkStart);
      const fault: RecordFault | null = !isUtf8(bytes.length < span.length ? withoutTail(bytes) : bytes)
        ? 'encoding'
        : (span.fault ?? (span.fields === columns ? null : 'fields'));
      if (fault) {
        const reason = RECORD_FAULT_WORDS[fault];
        await unreadable.add({ record: number, line: span.line, offset: span.start, reason }, bytes);
        continue;
      }
      records++;
      longest = Math.max(longest, span.length);
      parts.push(bytes, LINE_FEED);
    }
    pending = [];
    if (parts.length > 0) await out.writeFile(Buffer.concat(parts));
  };

  try {
    await out.writeFile(copyHeader(columns, dialect.delimiter));
    let at = header.origin;
    for await (const chunk of chunksOf(file, header.origin, signal)) {
      splitter.push(chunk);
      await settle(chunk, at);
      at += chunk.length;
      told?.(number);
    }
    splitter.end();
    await settle(Buffer.alloc(0), at);
  } finally {
    await out.close();
  }
  return {
    file: target,
    delimiter: dialect.delimiter,
    records,
    blankLines,
    longest,
    unreadable: await unreadable.close(),
  };
}
