import { readable } from '../compile/duckdb';
import { render } from '../compile/render';
import { duckdb as quote } from '../compile/sql/quote';
import { column, type Expression } from '../expression/expression';
import { call } from '../expression/primitives';
import { matchesPattern } from '../operations/conditions';
import { NULL_TOKENS } from '../operations/nullify';
import type { Engine } from '../ports/engine';
import type { CancelSignal } from '../ports/signal';
import type { LookupAnswerer } from '../trace/trace';
import { effectOf } from './effect';
import type { Look } from './suggestion';

/** Where suggestions are sought: a relation `c0 … cn` in an engine, and the names of its columns. */
export type Ground = {
  readonly engine: Engine;
  readonly answer: LookupAnswerer;
  readonly columns: readonly string[];
  readonly rows: number;
  /** Name of the table that holds `c0 … cn`. */
  readonly table: string;
  readonly signal?: CancelSignal;
};

/** Frequent values by which `accepts`, and those by which `share`, judges. */
const JUDGED = 400;
const LOOKED_AT = 2000;

const PLACEHOLDERS = NULL_TOKENS.filter((token) => token !== '');

const sql = (expression: Expression) => render(expression, 'duckdb');
export const trimmedOf = (value: Expression): Expression =>
  call('trimWhiteSpace', [value], { sides: 'both' });

/** Whether a text is one of some words, letter case apart: a pattern, as the table of all letters is long to plan. */
export const isWord = (value: Expression, words: readonly string[]): Expression =>
  matchesPattern(value, words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|'), {
    ignoreCase: true,
    whole: true,
  });

/** Whether a trimmed text says something: it is neither empty nor a placeholder. */
export const saysSomething = (trimmed: Expression): Expression =>
  call('and', [call('not', [call('isMissing', [trimmed])]), call('not', [isWord(trimmed, PLACEHOLDERS)])]);

const sumWhere = (condition: string) => `CAST(coalesce(sum(n) FILTER (WHERE ${condition}), 0) AS DOUBLE)`;

/** Looks at columns, each through a table of its different values; `close` drops these tables. */
export function createLooks(ground: Ground): { at(column: string): Promise<Look>; close(): Promise<void> } {
  const { engine, columns, signal, table } = ground;
  const looks = new Map<string, Promise<Look>>();
  const tables: string[] = [];
  const [value, trimmed] = [column('c0'), column('t')];

  async function open(name: string): Promise<Look> {
    const index = columns.indexOf(name);
    if (index < 0) throw new RangeError(`The sample has no column “${name}”.`);
    const values = `${table}_values_${index}`;
    const from = quote.identifier(values);
    tables.push(values);
    await engine.execute(
      // By hash, or the first of many different values would be those that begin with a blank.
      `CREATE OR REPLACE TEMP TABLE ${from} AS SELECT *, ${sql(saysSomething(trimmed))} AS filled,
        row_number() OVER (ORDER BY n DESC, hash(c0), c0) AS place FROM (
        SELECT *, ${sql(trimmedOf(value))} AS t FROM (
          SELECT ${quote.identifier(`c${index}`)} AS c0, count(*) AS n FROM ${quote.identifier(table)} GROUP BY 1))`,
      signal,
    );
    const counted = async <K extends string>(
      conditions: Readonly<Record<K, Expression>>,
      only: string,
    ): Promise<Readonly<Record<K, number>>> => {
      const keys = Object.keys(conditions) as K[];
      const list = keys.map((key, i) => `${sumWhere(`${only} AND ${sql(conditions[key])}`)} AS k${i}`);
      const found = await engine.query(`SELECT ${list.join(', ')} FROM ${from}`, signal);
      return Object.fromEntries(keys.map((key, i) => [key, Number(found.columns[i]?.[0] ?? 0)])) as Record<
        K,
        number
      >;
    };
    const basics = await engine.query(
      `SELECT ${sumWhere('filled')} AS filled, CAST(count(DISTINCT t) FILTER (WHERE filled) AS DOUBLE) AS kinds FROM ${from}`,
      signal,
    );
    const filled = Number(basics.columns[0]?.[0] ?? 0);
    return {
      column: name,
      columns,
      rows: ground.rows,
      filled,
      distinct: Number(basics.columns[1]?.[0] ?? 0),
      value,
      trimmed,
      async share(condition) {
        const found = await engine.query(
          `SELECT ${sumWhere('filled')} AS n, ${sumWhere(`filled AND ${sql(condition)}`)} AS k FROM ${from} WHERE place <= ${LOOKED_AT}`,
          signal,
        );
        const [judged, like] = found.columns.map((one) => Number(one[0] ?? 0));
        return judged ? (like ?? 0) / judged : 0;
      },
      count: (conditions) => counted(conditions, 'filled'),
      countAll: (conditions) => counted(conditions, 'TRUE'),
      async frequent(most, where) {
        const only = where ? `filled AND ${sql(where)}` : 'filled';
        const found = await engine.query(
          `SELECT ${readable('t')} AS v, CAST(sum(n) AS DOUBLE) AS n FROM ${from} WHERE ${only}
            GROUP BY t ORDER BY 2 DESC, t LIMIT ${quote.integer(most)}`,
          signal,
        );
        return Array.from({ length: found.rows }, (_, i) => ({
          value: String(found.columns[0]?.[i]),
          rows: Number(found.columns[1]?.[i]),
        }));
      },
      attempt: (candidate) => effectOf(ground, candidate, { most: JUDGED }),
      async accepts(candidate) {
        const effect = await effectOf(ground, candidate, { most: JUDGED });
        return effect === null || effect.filled === 0 ? 0 : 1 - effect.failed / effect.filled;
      },
      at,
    };
  }

  function at(name: string): Promise<Look> {
    const known = looks.get(name);
    if (known) return known;
    const look = open(name);
    looks.set(name, look);
    return look;
  }

  return {
    at,
    async close() {
      for (const one of tables) await engine.execute(`DROP TABLE IF EXISTS ${quote.identifier(one)}`);
    },
  };
}
