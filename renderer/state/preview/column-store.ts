import { ROW } from '../../../shared/compile/duckdb';
import { duckdb as quote } from '../../../shared/compile/sql/quote';
import { type ColumnKeys, keyIn } from './keys';

/** Some rows, by number, in ascending order. */
export type Rows = readonly number[];
/** A condition on the row number `r`. */
export type RowCondition = string;

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

/** Condition for rows: a range where they follow each other, so that most of a table need not be read. */
export function rowsListed(rows: Rows): RowCondition {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return 'FALSE';
  const range = `${name(ROW)} BETWEEN ${quote.integer(first)} AND ${quote.integer(last)}`;
  if (last - first + 1 === rows.length) return range;
  return `${range} AND ${name(ROW)} IN (${rows.map(quote.integer).join(', ')})`;
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
        return `(SELECT ${kept} FROM ${name(table)} WHERE ${rows}) AS ${name(table)}`;
      });
      const list = [`${name(sample)}.${name(ROW)} AS ${name(ROW)}`, ...columns].join(', ');
      return `(SELECT ${list} FROM ${parts.join(' POSITIONAL JOIN ')})`;
    },
    sweep(used) {
      const keep = new Set([...used].map((key) => places.get(key)));
      const gone = new Set([...places.values()].filter((table) => !keep.has(table)));
      for (const [key, table] of places) if (gone.has(table)) places.delete(key);
      return [...gone];
    },
  };
}
