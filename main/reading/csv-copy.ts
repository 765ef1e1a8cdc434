import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { CsvDialect } from '../../shared/document/dialect';
import type { CancelSignal } from '../../shared/ports/signal';
import {
  type RecordFault,
  type RecordSpan,
  recordFaultWords,
  recordSplitter,
} from '../../shared/reading/csv';
import { type CleanCopy, copyHeader, LINE_FEED } from './clean-copy';
import type { CsvHeader } from './csv-header';
import { chunksOf, type InputFile, type Told } from './file';
import { LONGEST_LINE } from './lines';
import { asOriginal, originalOffset } from './plain';
import { spanBytes } from './span-bytes';
import { collectUnreadable, MOST_KEPT } from './unreadable';
import { withoutTail } from './utf8';

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
  const unreadable = await collectUnreadable(folder, { file: file.inside });
  const columns = header.columns.length;
  let pending: RecordSpan[] = [];
  const splitter = recordSplitter(dialect, (span) => pending.push(span), header.origin);
  const words = recordFaultWords(file.original?.encoding ?? 'utf-8');
  let headerLeft = dialect.header;
  let [records, blankLines, longest, number] = [0, 0, 0, 0];

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
      // A quote that is never closed makes one record of the rest of the file: its start is enough.
      const most = span.fault ? MOST_KEPT + 1 : LONGEST_LINE;
      const bytes = await spanBytes(file, span, { chunk, start: chunkStart, most });
      const fault: RecordFault | null = !isUtf8(bytes.length < span.length ? withoutTail(bytes) : bytes)
        ? 'encoding'
        : (span.fault ?? (span.fields === columns ? null : 'fields'));
      if (fault) {
        const offset = await originalOffset(file, span.start);
        const place = { record: number, line: span.line, offset, reason: words[fault] };
        await unreadable.add(place, bytes, asOriginal(file, bytes));
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
    quote: dialect.quote,
    records,
    blankLines,
    longest,
    unreadable: await unreadable.close(),
  };
}
