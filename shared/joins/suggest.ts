import { duckdb as quote } from '../compile/sql/quote';
import type { Cardinality, Join, NewJoin } from '../document/join';
import type { SourceRole } from '../document/project';
import type { Engine } from '../ports/engine';
import type { CancelSignal } from '../ports/signal';
import { count } from '../words';

/** A cleaned table to look for keys in. */
export type KeyTable = {
  readonly source: string;
  readonly name: string;
  readonly role: SourceRole;
  readonly table: string;
  readonly columns: readonly string[];
  /** Whether the table holds all rows of its source. */
  readonly complete: boolean;
};

export type SuggestedJoin = {
  readonly join: NewJoin;
  /** Share of the rows with a key whose key the other side has. */
  readonly share: number;
  /** Such as “19,812 of 20,000 transactions’ customer_id are found among customers”. */
  readonly evidence: string;
};

/** Rows of a table that are looked at to find what is worth counting in full. */
const SCREENED = 5_000;
const LEAST_SHARE = 0.5;
/** Columns that have other names must agree more, in values that do not agree by chance. */
const LEAST_SHARE_UNLIKE = 0.9;
const LEAST_VALUES_UNLIKE = 50;
/** Keys that others refer to by name may repeat more: duplicates are what a check of keys is to find. */
const LEAST_UNIQUE = 0.5;
const LEAST_UNIQUE_UNLIKE = 0.9;

const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
const singular = (name: string) => plain(name.replace(/\.\w{1,8}$/, '')).replace(/s$/, '');

/** Whether the names say that a column refers to another: `customer_id` to `id` of customers, or to `customer id`. */
export function namesAgree(column: string, to: Pick<KeyTable, 'name' | 'role'>, key: string): boolean {
  const [one, other] = [plain(column), plain(key)];
  if (one === other) return true;
  const owners = [singular(to.name), singular(to.role)];
  return owners.some(
    (owner) => one === owner + other || other === owner + one || (one === owner && other === 'id'),
  );
}

const cell = (name: string) => `nullif(${quote.identifier(name)}, '')`;

async function numbers(engine: Engine, sql: string, signal?: CancelSignal): Promise<number[]> {
  const { columns } = await engine.query(sql, signal);
  return columns.map((column) => Number(column[0] ?? 0));
}

type Key = {
  readonly column: string;
  /** Share of its values that are different from all others’. */
  readonly share: number;
};

/** Columns whose values tell rows apart. */
async function keysOf(engine: Engine, { table, columns }: KeyTable, signal?: CancelSignal): Promise<Key[]> {
  if (columns.length === 0) return [];
  const counts = columns.flatMap((name) => [`count(${cell(name)})`, `count(DISTINCT ${cell(name)})`]);
  const list = ['count(*)', ...counts].map((sql) => `CAST(${sql} AS DOUBLE)`).join(', ');
  const [rows = 0, ...found] = await numbers(
    engine,
    `SELECT ${list} FROM ${quote.identifier(table)}`,
    signal,
  );
  return columns.flatMap((column, i) => {
    const [present = 0, distinct = 0] = [found[2 * i], found[2 * i + 1]];
    const isKey = present > 0 && present >= rows / 2 && distinct >= present * LEAST_UNIQUE;
    return isKey ? [{ column, share: distinct / present }] : [];
  });
}

const amongSql = (column: string, to: KeyTable, key: string) =>
  `${cell(column)} IN (SELECT ${cell(key)} FROM ${quote.identifier(to.table)} WHERE ${cell(key)} IS NOT NULL)`;

/** Columns of a table of whose values in its first rows many are among another table's keys. */
async function screened(
  engine: Engine,
  from: KeyTable,
  to: KeyTable,
  { column: key, share: unique }: Key,
  signal?: CancelSignal,
): Promise<readonly string[]> {
  if (from.columns.length === 0) return [];
  const list = from.columns.flatMap((name) => [
    `count(${cell(name)})`,
    `count(*) FILTER (coalesce(${amongSql(name, to, key)}, FALSE))`,
    `count(DISTINCT ${cell(name)})`,
  ]);
  const counts = await numbers(
    engine,
    `SELECT ${list.map((sql) => `CAST(${sql} AS DOUBLE)`).join(', ')} FROM ` +
      `(SELECT * FROM ${quote.identifier(from.table)} LIMIT ${SCREENED})`,
    signal,
  );
  return from.columns.filter((name, i) => {
    const [present = 0, found = 0, distinct = 0] = counts.slice(3 * i, 3 * i + 3);
    if (present === 0) return false;
    const share = found / present;
    if (namesAgree(name, to, key)) return share >= LEAST_SHARE / 2;
    const enough = unique >= LEAST_UNIQUE_UNLIKE && distinct >= LEAST_VALUES_UNLIKE;
    return enough && share >= LEAST_SHARE_UNLIKE;
  });
}

/** The sentence that tells why a join is suggested. */
export function evidenceOf(
  from: KeyTable,
  column: string,
  to: KeyTable,
  key: string,
  found: number,
  rows: number,
) {
  const words = ({ role, name }: KeyTable) => (role === 'other' ? name : role);
  const part = from.complete && to.complete ? '' : ' in the sample';
  const named = plain(column) === plain(key) ? '' : `’ ${key}`;
  return `${count(found)} of ${count(rows)} ${words(from)}’ ${column} are found among ${words(to)}${named}${part}`;
}

const isJoined = (joins: readonly Join[], join: NewJoin) =>
  joins.some(({ from, to }) =>
    [
      [from, to],
      [to, from],
    ].some(([one, other]) => JSON.stringify([one, other]) === JSON.stringify([join.from, join.to])),
  );

async function between(
  engine: Engine,
  from: KeyTable,
  to: KeyTable,
  signal?: CancelSignal,
): Promise<SuggestedJoin[]> {
  const made: SuggestedJoin[] = [];
  const own = new Map((await keysOf(engine, from, signal)).map((one) => [one.column, one]));
  for (const one of await keysOf(engine, to, signal)) {
    const key = one.column;
    for (const column of await screened(engine, from, to, one, signal)) {
      // Where both sides are keys, the one that is referred to is found from the other side, once.
      if (own.has(column) && isEarlier(from, to)) continue;
      const among = `count(*) FILTER (coalesce(${amongSql(column, to, key)}, FALSE))`;
      const [rows = 0, found = 0] = await numbers(
        engine,
        `SELECT CAST(count(${cell(column)}) AS DOUBLE), CAST(${among} AS DOUBLE) FROM ${quote.identifier(from.table)}`,
        signal,
      );
      const share = rows === 0 ? 0 : found / rows;
      if (share < (namesAgree(column, to, key) ? LEAST_SHARE : LEAST_SHARE_UNLIKE)) continue;
      const cardinality: Cardinality = own.get(column)?.share === 1 ? 'one-to-one' : 'many-to-one';
      const join: NewJoin = {
        from: { source: from.source, columns: [column] },
        to: { source: to.source, columns: [key] },
        cardinality,
      };
      made.push({ join, share, evidence: evidenceOf(from, column, to, key, found, rows) });
    }
  }
  return made;
}

const ORDER: readonly SourceRole[] = ['customers', 'other', 'transactions', 'events'];
/** Whether a table is rather referred to than referring, of two whose keys would do for either. */
const isEarlier = (one: KeyTable, other: KeyTable): boolean => {
  const places = [one, other].map(({ role }) => ORDER.indexOf(role)) as [number, number];
  return places[0] === places[1] ? one.source < other.source : places[0] < places[1];
};

/** Joins that names and contents of cleaned tables suggest and the project lacks, those found most first. */
export async function suggestJoins(
  engine: Engine,
  tables: readonly KeyTable[],
  joins: readonly Join[],
  signal?: CancelSignal,
): Promise<readonly SuggestedJoin[]> {
  const found: SuggestedJoin[] = [];
  for (const from of tables)
    for (const to of tables) if (from !== to) found.push(...(await between(engine, from, to, signal)));
  return found.filter(({ join }) => !isJoined(joins, join)).sort((a, b) => b.share - a.share);
}
