import { z } from 'zod';
import type { ResultTable } from '../ports/engine';
import { type Keyed, LEFT } from './keyed';

const count = z.number().int().min(0);

/** What two cleaned sources have to do with each other along a key. Rows are kept rows; counts, never values. */
export const joinCountsSchema = z.strictObject({
  from: z.strictObject({
    rows: count,
    /** Rows whose key is null or empty, in any of its columns: they match nothing. */
    missing: count,
    /** Rows whose key a kept row of the other side has. rows = missing + matched + orphans. */
    matched: count,
    orphans: count,
    /** Different keys among the orphans. */
    orphanKeys: count,
    /** Orphans whose key only rows have that left the other side: by how these left. */
    gone: z.strictObject({ filtered: count, rejected: count, merged: count }),
    duplicateKeys: count,
    duplicateRows: count,
  }),
  to: z.strictObject({
    rows: count,
    missing: count,
    /** Different keys that several kept rows share, and how many rows these are. */
    duplicateKeys: count,
    duplicateRows: count,
    /** Rows with a key that no kept row of the other side has. */
    unused: count,
  }),
});
export type JoinCounts = z.output<typeof joinCountsSchema>;

const ids = ({ keys }: Keyed) => keys.map((_, i) => `k${i}`);
const named = (side: Keyed) => side.keys.map((key, i) => `${key} AS k${i}`).join(', ');
/** Whether a row has a whole key: null matches nothing, and neither does empty text. */
const present = (side: Keyed) =>
  ids(side)
    .map((id) => `coalesce(${id}, '') <> ''`)
    .join(' AND ');

/** Common tables `a` and `b`: different keys of either side, with `n` kept rows and how others left. */
export const keysSql = (from: Keyed, to: Keyed): string =>
  (
    [
      ['a', from],
      ['b', to],
    ] as const
  )
    .map(
      ([name, side]) =>
        `${name}_rows AS (SELECT ${LEFT}, ${named(side)} FROM ${side.relation}), ` +
        `${name} AS (SELECT ${ids(side).join(', ')}, count(*) FILTER (${LEFT} IS NULL) AS n, ` +
        `bool_or(coalesce(${LEFT} = 'merged', FALSE)) AS merged, ` +
        `bool_or(coalesce(${LEFT} = 'rejected', FALSE)) AS rejected ` +
        `FROM ${name}_rows WHERE ${present(side)} GROUP BY ALL)`,
    )
    .join(', ');

/** The keys that a pair of rows share. */
export const sameKeys = (one: string, other: string, { keys }: Keyed): string =>
  keys.map((_, i) => `${one}.k${i} = ${other}.k${i}`).join(' AND ');

/** How the rows left that alone have an orphan's key, over `b`: the kindest answer first. */
export const goneWord = `CASE WHEN b.n IS NULL THEN NULL WHEN b.merged THEN 'merged' WHEN b.rejected THEN 'rejected' ELSE 'filtered' END`;

const total = (sql: string, condition: string) => `coalesce(sum(${sql}) FILTER (${condition}), 0)`;
const orphan = 'coalesce(b.n, 0) = 0';

/** One row: the counts of a join, in the order in which countsOf() reads them. */
export function countsSql(from: Keyed, to: Keyed): string {
  const side = (name: string, whole: Keyed) => [
    `(SELECT count(*) FROM ${name}_rows WHERE ${LEFT} IS NULL)`,
    `(SELECT count(*) FROM ${name}_rows WHERE ${LEFT} IS NULL AND NOT (${present(whole)}))`,
    `(SELECT count(*) FROM ${name} WHERE n > 1)`,
    `(SELECT coalesce(sum(n), 0) FROM ${name} WHERE n > 1)`,
  ];
  const joined = [
    total('a.n', 'b.n > 0'),
    total('a.n', orphan),
    `count(*) FILTER (${orphan})`,
    ...['filtered', 'rejected', 'merged'].map((word) =>
      total('a.n', `${orphan} AND ${goneWord} = '${word}'`),
    ),
  ];
  const pairs = `FROM (SELECT * FROM a WHERE n > 0) a LEFT JOIN b ON ${sameKeys('a', 'b', from)}`;
  const unused =
    `SELECT coalesce(sum(b.n), 0) FROM b LEFT JOIN (SELECT * FROM a WHERE n > 0) a ` +
    `ON ${sameKeys('a', 'b', from)} WHERE a.n IS NULL`;
  const columns = [...side('a', from), ...side('b', to), `(${unused})`, ...joined];
  const list = columns.map((sql, i) => `CAST(${sql} AS DOUBLE) AS n${i}`).join(', ');
  return `WITH ${keysSql(from, to)} SELECT ${list} ${pairs}`;
}

/** The counts that countsSql() answers. */
export function countsOf({ columns }: ResultTable): JoinCounts {
  const at = (i: number) => Number(columns[i]?.[0] ?? 0);
  return {
    from: {
      ...{ rows: at(0), missing: at(1), duplicateKeys: at(2), duplicateRows: at(3) },
      ...{ matched: at(9), orphans: at(10), orphanKeys: at(11) },
      gone: { filtered: at(12), rejected: at(13), merged: at(14) },
    },
    to: { rows: at(4), missing: at(5), duplicateKeys: at(6), duplicateRows: at(7), unused: at(8) },
  };
}
