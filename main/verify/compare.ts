import { readable } from '../../shared/compile/duckdb';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import type { VerifyReport } from '../../shared/contract/calls/runs';
import type { NativeEngine } from '../engine/native';

export type Difference = VerifyReport['differences'][number];
type Row = readonly (string | null)[];

/** Rows that are looked at to pair those that differ. */
const MOST_LOOKED_AT = 200;

/** Two tables of text columns `c0 … cn`, and the names of those columns. */
export type Compared = {
  readonly expected: string;
  readonly found: string;
  readonly columns: readonly string[];
};

async function rowsOf(engine: NativeEngine, sql: string, columns: number): Promise<Row[]> {
  const cells = Array.from({ length: columns }, (_, i) => `${readable(`c${i}`)} AS c${i}`).join(', ');
  const table = await engine.query(`SELECT ${cells} FROM (${sql}) ORDER BY ALL LIMIT ${MOST_LOOKED_AT}`);
  return Array.from({ length: table.rows }, (_, row) =>
    table.columns.map((column) => (column[row] ?? null) as string | null),
  );
}

const alike = (a: Row, b: Row) => a.filter((cell, i) => cell === b[i]).length;

/** Pairs each row with the most alike one of the others; what stays alone has no partner. */
function pair(missing: readonly Row[], extra: readonly Row[]): [Row | null, Row | null][] {
  const free = [...extra];
  const pairs = missing.map((row): [Row | null, Row | null] => {
    const best = free.reduce(
      (found, other, i) => (alike(row, other) > (free[found] ? alike(row, free[found]) : -1) ? i : found),
      0,
    );
    const partner = free[best];
    if (!partner || alike(row, partner) === 0) return [row, null];
    free.splice(best, 1);
    return [row, partner];
  });
  return [...pairs, ...free.map((row): [Row | null, Row | null] => [null, row])];
}

/**
 * Compares two tables as multisets of rows, whatever their order: how many rows are in one only (the larger count),
 * and the first cells that differ.
 */
export async function compareTables(
  engine: NativeEngine,
  { expected, found, columns }: Compared,
  about: Pick<Difference, 'engine' | 'where'>,
): Promise<{ rows: number; first: Difference[] }> {
  const [one, other] = [expected, found].map((table) => `SELECT * FROM ${quote.identifier(table)}`) as [
    string,
    string,
  ];
  const [onlyExpected, onlyFound] = [`${one} EXCEPT ALL ${other}`, `${other} EXCEPT ALL ${one}`];
  const count = async (sql: string) =>
    Number((await engine.query(`SELECT count(*) FROM (${sql})`)).columns[0]?.[0] ?? 0);
  const rows = Math.max(await count(onlyExpected), await count(onlyFound));
  if (rows === 0) return { rows, first: [] };
  const missing = await rowsOf(engine, onlyExpected, columns.length);
  const extra = await rowsOf(engine, onlyFound, columns.length);
  const named = (row: Row | null) =>
    row && Object.fromEntries(columns.map((name, i) => [name, row[i] ?? null]));
  const first = pair(missing, extra).flatMap(([wanted, got]): Difference[] => {
    const row = named(wanted ?? got);
    if (!wanted || !got) {
      return [
        { ...about, column: null, expected: wanted ? 'a row' : null, found: got ? 'a row' : null, row },
      ];
    }
    return columns.flatMap((column, i) =>
      wanted[i] === got[i]
        ? []
        : [{ ...about, column, expected: wanted[i] ?? null, found: got[i] ?? null, row }],
    );
  });
  return { rows, first };
}

/** Compares two records of counts by name. */
export function compareCounts(
  expected: Readonly<Record<string, number>>,
  found: Readonly<Record<string, number>>,
  engine: Difference['engine'],
): Difference[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])];
  return names.flatMap((column) =>
    expected[column] === found[column]
      ? []
      : [
          {
            engine,
            where: 'counts' as const,
            column,
            expected: String(expected[column] ?? ''),
            found: String(found[column] ?? ''),
            row: null,
          },
        ],
  );
}
