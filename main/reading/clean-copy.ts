import { open } from 'node:fs/promises';
import path from 'node:path';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import type { Quote } from '../../shared/document/dialect';
import { QUOTE_CHARACTERS } from '../../shared/document/dialect';
import type { InputFile, Told } from './file';
import { asOriginal, originalOffset } from './plain';
import { collectUnreadable, type Unreadable, type UnreadableRecord } from './unreadable';

/** A clean copy of a source: CSV, parted and quoted as it says, with a header of its own and line feeds. */
export type CleanCopy = {
  readonly file: string;
  readonly delimiter: string;
  readonly quote: Quote;
  readonly records: number;
  readonly blankLines: number;
  /** Bytes of the longest record in the copy. */
  readonly longest: number;
  readonly unreadable: Unreadable;
};

export const LINE_FEED = Buffer.from('\n');
/** DuckDB's own limit for a record, in bytes, unless told. */
export const USUAL_LONGEST = 2_000_000;

/** Names of the copy’s own header, which no reader looks at. */
export const copyHeader = (columns: number, delimiter: string): string =>
  `${Array.from({ length: columns }, (_, i) => `c${i}`).join(delimiter)}\n`;

/** SQL that reads clean CSV files as text columns `c0 … cn`. */
export function readCsvSql(
  files: string | readonly string[],
  columns: number,
  {
    delimiter,
    header,
    longest,
    quote: mark = 'double',
  }: { delimiter: string; header: boolean; longest: number; quote?: Quote },
): string {
  const types = Array.from({ length: columns }, (_, i) => `'c${i}': 'VARCHAR'`).join(', ');
  const room = longest < USUAL_LONGEST ? '' : `, max_line_size = ${quote.integer(longest + 1024)}`;
  const named = typeof files === 'string' ? quote.text(files) : `[${files.map(quote.text).join(', ')}]`;
  const quoted = quote.text(QUOTE_CHARACTERS[mark]);
  return (
    `read_csv(${named}, auto_detect = false, header = ${quote.boolean(header)}, ` +
    `delim = ${quote.text(delimiter)}, quote = ${quoted}, escape = ${quoted}, comment = '', nullstr = '', ` +
    `allow_quoted_nulls = false, strict_mode = true, hive_partitioning = false, columns = {${types}}${room})`
  );
}

/** Cells of a record that was read; a blank line; or a record that cannot be read, as it stands in the file. */
export type Item =
  | { readonly kind: 'row'; readonly cells: readonly (string | null)[] }
  | { readonly kind: 'blank' }
  | ({ readonly kind: 'unreadable'; readonly bytes: Uint8Array } & Omit<UnreadableRecord, 'file' | 'record'>);

const csvCell = (value: string | null) =>
  value === null ? '' : `"${value.includes('"') ? value.replaceAll('"', '""') : value}"`;

/**
 * Copies the records that can be read, as CSV, and collects the others with their places.
 * @param binary whether records are no text, so that those that cannot be read are kept in base64
 */
export async function copyItems(
  file: InputFile,
  batches: AsyncIterable<readonly Item[]>,
  columns: number,
  folder: string,
  { told, binary = false }: { readonly told?: Told | undefined; readonly binary?: boolean },
): Promise<CleanCopy> {
  const target = path.join(folder, 'readable.csv');
  const out = await open(target, 'w', 0o600);
  const unreadable = await collectUnreadable(folder, { file: file.inside, binary });
  let [records, blankLines, longest, number] = [0, 0, 0, 0];
  try {
    await out.writeFile(copyHeader(columns, ','));
    for await (const batch of batches) {
      const rows: string[] = [];
      for (const item of batch) {
        if (item.kind === 'blank') {
          blankLines++;
          continue;
        }
        number++;
        if (item.kind === 'unreadable') {
          const { line, reason, bytes } = item;
          const offset = await originalOffset(file, item.offset);
          await unreadable.add({ record: number, line, offset, reason }, bytes, asOriginal(file, bytes));
          continue;
        }
        records++;
        const row = `${item.cells.map(csvCell).join(',')}\n`;
        // A code unit takes three bytes at most.
        if (row.length * 3 > longest) longest = Math.max(longest, Buffer.byteLength(row));
        rows.push(row);
      }
      if (rows.length > 0) await out.writeFile(rows.join(''));
      told?.(number);
    }
  } finally {
    await out.close();
  }
  return {
    file: target,
    delimiter: ',',
    quote: 'double',
    records,
    blankLines,
    longest,
    unreadable: await unreadable.close(),
  };
}
