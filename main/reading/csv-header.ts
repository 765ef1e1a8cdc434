import { isUtf8 } from 'node:buffer';
import { Fault } from '../../shared/contract/errors';
import type { CsvDialect } from '../../shared/document/dialect';
import { parseRecord, RECORD_FAULT_WORDS, type RecordSpan, recordSplitter } from '../../shared/reading/csv';
import { ENCODING_LABELS } from '../../shared/reading/encodings';
import { chunksOf, type InputFile } from './file';

export type CsvHeader = {
  readonly columns: readonly string[];
  /** Offset of the first byte after a byte order mark. */
  readonly origin: number;
  /** Offset of the first record after the header. */
  readonly body: number;
  readonly lineEnd: '\n' | '\r\n';
};

const LONGEST_HEADER = 16 * 1024 * 1024;
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

const refuse = (named: string, message: string, advice: string, row = 1) =>
  new Fault({
    code: 'source.header',
    message: `${named}: ${message}`,
    unaffected: 'Nothing was written.',
    advice,
    place: { file: named, row },
  });

function encodingOf(start: Buffer): string | null {
  if (start[0] === 0xff && start[1] === 0xfe) return 'UTF-16 (little endian)';
  if (start[0] === 0xfe && start[1] === 0xff) return 'UTF-16 (big endian)';
  return null;
}

/** The names of a header, checked: none empty, none twice. Positions count from 1. */
export function checkNames(names: readonly (string | null)[], named: string): readonly string[] {
  const positions = new Map<string, number[]>();
  for (const [index, name] of names.entries())
    positions.set(name ?? '', [...(positions.get(name ?? '') ?? []), index + 1]);
  const empty = positions.get('');
  if (empty) {
    throw refuse(named, `the header has no name for column ${empty.join(', ')}.`, 'Name every column.');
  }
  for (const [name, where] of positions) {
    if (where.length > 1) {
      throw refuse(
        named,
        `the header names “${name}” ${where.length} times, for columns ${where.join(', ')}.`,
        'Give every column a name of its own.',
      );
    }
  }
  return [...positions.keys()];
}

/** Reads the header of a CSV file, or the first record where the dialect has none. Throws a fault naming the place. */
export async function readHeader(file: InputFile, dialect: CsvDialect): Promise<CsvHeader> {
  const { named } = file;
  const found: { span?: RecordSpan } = {};
  let origin = 0;
  const parts: Buffer[] = [];
  let splitter: ReturnType<typeof recordSplitter> | undefined;
  let read = 0;
  for await (const chunk of chunksOf(file, 0)) {
    if (!splitter) {
      const encoding = encodingOf(chunk);
      if (encoding) throw refuse(named, `the file is in ${encoding}, not UTF-8.`, 'Choose that encoding.');
      origin = chunk.subarray(0, 3).equals(MARK) ? 3 : 0;
      splitter = recordSplitter(
        dialect,
        (span) => {
          found.span ??= span;
        },
        origin,
      );
    }
    parts.push(Buffer.from(chunk));
    splitter.push(parts.length === 1 ? chunk.subarray(origin) : chunk);
    read += chunk.length;
    if (found.span) break;
    if (read > LONGEST_HEADER) throw refuse(named, 'the first record does not end.', 'Check the quotes.');
  }
  if (!found.span) splitter?.end();
  const { span } = found;
  if (!span) {
    throw new Fault({
      code: 'source.empty',
      message: `${named} is empty: it has not even a header.`,
      unaffected: 'Nothing was written.',
      advice: 'Choose a file with data.',
      place: { file: named },
    });
  }
  const all = Buffer.concat(parts);
  const record = all.subarray(span.start, span.start + span.length);
  if (!isUtf8(record)) {
    const encoding = ENCODING_LABELS[file.original?.encoding ?? 'utf-8'];
    throw refuse(named, `the header is not valid ${encoding}.`, 'Choose the encoding that it was saved in.');
  }
  if (span.fault && (dialect.header || !found.span))
    throw refuse(
      named,
      `the header cannot be read: ${RECORD_FAULT_WORDS[span.fault]}.`,
      'Correct the first line.',
    );
  const carriage = all[span.start + span.length] === 0x0d;
  const end = span.start + span.length + (carriage ? 2 : 1);
  const names = dialect.header
    ? checkNames(parseRecord(record.toString('utf8'), dialect), named)
    : Array.from({ length: span.fields }, (_, i) => `column ${i + 1}`);
  return { columns: names, origin, body: dialect.header ? end : origin, lineEnd: carriage ? '\r\n' : '\n' };
}
