import { readable } from '../../shared/compile/duckdb';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import type { CancelSignal } from '../../shared/ports/signal';
import type { NativeEngine } from '../engine/native';
import type { OpenPiece } from './scan';

const TABLE = 'drawn';

/** Rows of a piece to take. `where`: a condition over `n`, the row's number in the piece from 1, and `c0 … cn`. */
export type Taken = { readonly where?: string; readonly limit?: number; readonly place?: string };

/** The rows that are drawn, with their numbers in the source; columns of pieces go together by name. */
export type DrawnTable = {
  readonly columns: readonly string[];
  add(piece: OpenPiece, taken: Taken, signal?: CancelSignal): Promise<void>;
  /** How many rows there are that meet a condition over `n` and `place`. */
  count(where?: string): Promise<number>;
  remove(where: string): Promise<void>;
  /** Numbers of the rows that come after one, in the source. */
  numbersAfter(number: number): Promise<number[]>;
  /** Cells by column, in the order of the source, and the rows' numbers in it. */
  read(signal?: CancelSignal): Promise<{ cells: (string | null)[][]; numbers: number[] }>;
};

const asText = (value: unknown) => (value === null ? null : String(value));

/** An empty table. */
export async function createDrawnTable(engine: NativeEngine): Promise<DrawnTable> {
  await engine.execute(`CREATE OR REPLACE TEMP TABLE ${TABLE} (n BIGINT, place VARCHAR)`);
  const columns: string[] = [];
  const places = new Map<string, number>();
  return {
    columns,
    async add({ columns: names, relation, before }, { where, limit, place }, signal) {
      for (const name of names) {
        if (places.has(name)) continue;
        await engine.execute(`ALTER TABLE ${TABLE} ADD COLUMN d${columns.length} VARCHAR`);
        places.set(name, columns.length);
        columns.push(name);
      }
      const targets = names.map((name) => `d${places.get(name)}`);
      const cells = names.map((_, i) => `c${i}`);
      await engine.execute(
        `INSERT INTO ${TABLE} (n, place${targets.map((one) => `, ${one}`).join('')})
SELECT n + ${quote.integer(before)}, ${place ?? 'NULL'}${cells.map((one) => `, ${one}`).join('')}
FROM (SELECT row_number() OVER () AS n, * FROM ${relation})
${where === undefined ? '' : `WHERE ${where}`} ${limit === undefined ? '' : `LIMIT ${quote.integer(limit)}`}`,
        signal,
      );
    },
    async count(where = 'TRUE') {
      const { columns: found } = await engine.query(`SELECT count(*) FROM ${TABLE} WHERE ${where}`);
      return Number(found[0]?.[0] ?? 0);
    },
    remove: (where) => engine.execute(`DELETE FROM ${TABLE} WHERE ${where}`),
    async numbersAfter(number) {
      const { columns: found } = await engine.query(
        `SELECT n FROM ${TABLE} WHERE n > ${quote.integer(number)} ORDER BY n`,
      );
      return (found[0] ?? []).map(Number);
    },
    async read(signal) {
      const cells = columns.map((_, i) => `${readable(`d${i}`)} AS d${i}`);
      const table = await engine.query(
        `SELECT ${['n', ...cells].join(', ')} FROM ${TABLE} ORDER BY n`,
        signal,
      );
      const [numbers = [], ...rest] = table.columns;
      return { cells: rest.map((column) => column.map(asText)), numbers: numbers.map(Number) };
    },
  };
}
