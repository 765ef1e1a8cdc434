import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseRecord, recordSplitter } from '../../shared/reading/csv';
import type { Cells } from './spark-server';

/** As runs write. */
const LAYOUT = { delimiter: ',', quote: 'double', lineBreaks: true } as const;

export type Written = { readonly header: Cells; readonly rows: readonly Cells[] };

/** Reads CSV that a run wrote: one file, or a folder of part files with a header each. Throws at a fault. */
export async function readWritten(place: string): Promise<Written> {
  const files = (await stat(place)).isDirectory()
    ? (await readdir(place)).filter((name) => name.endsWith('.csv')).map((name) => path.join(place, name))
    : [place];
  const parts = await Promise.all(files.map(readOne));
  const header = parts[0]?.[0] ?? [];
  for (const [first] of parts)
    if (JSON.stringify(first) !== JSON.stringify(header))
      throw new Error('Part files have different headers.');
  return { header, rows: parts.flatMap((part) => part.slice(1)) };
}

async function readOne(file: string): Promise<Cells[]> {
  const bytes = await readFile(file);
  const records: Cells[] = [];
  const splitter = recordSplitter(LAYOUT, (span) => {
    if (span.fault) throw new Error(`${file}: line ${span.line}: ${span.fault}`);
    const record = bytes.subarray(span.start, span.start + span.length).toString('utf8');
    records.push(parseRecord(record, LAYOUT));
  });
  splitter.push(bytes);
  splitter.end();
  return records;
}

/** Rows in an order that does not depend on where they came from. */
export const sorted = (rows: readonly unknown[]): string[] => rows.map((row) => JSON.stringify(row)).sort();
