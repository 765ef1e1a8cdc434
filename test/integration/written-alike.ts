import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openNative } from '../../main/engine/native';
import { readCsvSql } from '../../main/reading/clean-copy';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import { parseRecord } from '../../shared/reading/csv';

export type Difference = {
  /** Rows in both; in the first alone; in the second alone. Rows alike in everything are interchangeable. */
  readonly rows: readonly [number, number];
  readonly missing: number;
  readonly extra: number;
};

async function headerOf(file: string): Promise<(string | null)[]> {
  const text = await readFile(file, 'utf8');
  return parseRecord(text.slice(0, text.indexOf('\n')), { delimiter: ',', quote: 'double' });
}

/**
 * Compares what two engines wrote as CSV, cell by cell, nulls and empty texts apart, in any order of rows.
 * @param more columns that `found` may have at its end and that must then be null throughout
 */
export async function compareWritten(
  expected: string,
  found: readonly string[],
  more: readonly string[] = [],
): Promise<Difference> {
  const columns = await headerOf(expected);
  for (const file of found) {
    const header = await headerOf(file);
    if (JSON.stringify(header) !== JSON.stringify([...columns, ...more]))
      throw new Error(`${file} has other columns: ${header.join(', ')}`);
  }
  const folders = await Promise.all([expected, ...found].map((file) => realpath(path.dirname(file))));
  const scratch = await realpath(await mkdtemp(path.join(tmpdir(), 'dataharmonize-compare-')));
  const engine = await openNative({ folders: [...new Set(folders), scratch], temporaryFolder: scratch });
  try {
    const layout = { delimiter: ',', header: true, longest: 0 };
    const read = async (table: string, files: readonly string[], width: number) => {
      const parts = files.map((file) => `SELECT * FROM ${readCsvSql(file, width, layout)}`);
      await engine.execute(`CREATE TEMP TABLE ${table} AS ${parts.join(' UNION ALL ')}`);
    };
    await read('expected', [expected], columns.length);
    await read('found', found, columns.length + more.length);
    const count = async (sql: string) => Number((await engine.query(sql)).columns[0]?.[0]);
    const shared = columns.map((_, i) => quote.identifier(`c${i}`)).join(', ');
    const filled = more.map((_, i) => `c${columns.length + i} IS NOT NULL`).join(' OR ');
    if (more.length > 0 && (await count(`SELECT count(*) FROM found WHERE ${filled}`)) > 0)
      throw new Error(`${more.join(', ')} are not null throughout`);
    const [one, other] = [`SELECT ${shared} FROM expected`, `SELECT ${shared} FROM found`];
    return {
      rows: [await count('SELECT count(*) FROM expected'), await count('SELECT count(*) FROM found')],
      missing: await count(`SELECT count(*) FROM (${one} EXCEPT ALL ${other})`),
      extra: await count(`SELECT count(*) FROM (${other} EXCEPT ALL ${one})`),
    };
  } finally {
    await engine.close();
    await rm(scratch, { recursive: true, force: true });
  }
}
