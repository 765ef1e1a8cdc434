import { ROW } from '../../../shared/compile/duckdb';
import { duckdb as quote } from '../../../shared/compile/sql/quote';
import { type ColumnKeys, keyIn } from './keys';

/** Some rows, by number, in ascending order. */
export type Rows = readonly number[];
/** Some rows as a condition on `r` for every table, and where that holds others too, one for those it leaves. */
export type RowCondition = { readonly range: string; readonly among: string | null };

/**
 * Columns of the trace, kept by key in tables that all hold the sample's rows in its order, so that they can be
 * laid side by side. An edit computes only columns whose keys are new.
 */
export type ColumnStore = {
  has(key: string): boolean;
  /** A table's name that was never used before. */
  newTable(): string;
  add(table: string, keys: readonly string[]): void;
  /** SQL of a relation with `r` and these columns under their ids; of all rows, or of some. */
  relation(ids: Iterable<string>, keys: ColumnKeys, rows?: RowCondition): string;
  /** Forgets all tables that hold none of these keys; the answer names them. */
  sweep(used: ReadonlySet<string>): readonly string[];
};

const name = quote.identifier;

/** Rows of a range that are cheaper to read all than to look for some of them in each table. */
const DENSE = 4096;

/** The condition for these rows. */
export function rowsListed(rows: Rows): RowCondition {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return { range: 'FALSE', among: null };
  const range = `${name(ROW)} BETWEEN ${quote.integer(first)} AND ${quote.integer(last)}`;
  const span = last - first + 1;
  if (span === rows.length) return { range, among: null };
  const among = `${name(ROW)} IN (${rows.map(quote.integer).join(', ')})`;
  return span <= DENSE ? { range, among } : { range: `${range} AND ${among}`, among: null };
}

/** A store over a sample's table. */
export function createColumnStore(sample: string, prefix: string): ColumnStore {
  const places = new Map<string, string>();
  let tables = 0;
  return {
    has: (key) => /^c\d+$/.test(key) || places.has(key),
    newTable: () => `${prefix}_${++tables}`,
    add(table, keys) {
      for (const key of keys) places.set(key, table);
    },
    relation(ids, keys, rows) {
      const byTable = new Map<string, Set<string>>([[sample, new Set()]]);
      const columns = [...new Set(ids)].map((id) => {
        const key = keyIn(keys, id);
        const table = places.get(key) ?? sample;
        byTable.set(table, (byTable.get(table) ?? new Set()).add(key));
        return `${name(table)}.${name(key)} AS ${name(id)}`;
      });
      const parts = [...byTable].map(([table, held]) => {
        if (rows === undefined) return name(table);
        const kept = [...new Set([...(table === sample ? [ROW] : []), ...held])].map(name).join(', ');
        return `(SELECT ${kept} FROM ${name(table)} WHERE ${rows.range}) AS ${name(table)}`;
      });
      const list = [`${name(sample)}.${name(ROW)} AS ${name(ROW)}`, ...columns].join(', ');
      const beside = `(SELECT ${list} FROM ${parts.join(' POSITIONAL JOIN ')})`;
      return rows?.among ? `(SELECT * FROM ${beside} WHERE ${rows.among})` : beside;
    },
    sweep(used) {
      const keep = new Set([...used].map((key) => places.get(key)));
      const gone = new Set([...places.values()].filter((table) => !keep.has(table)));
      for (const [key, table] of places) if (gone.has(table)) places.delete(key);
      return [...gone];
    },
  };
}
