import { countsQuery, lookupInputsQuery, lookupsOf, readable, traceQuery } from '../compile/duckdb';
import { type Counts, countsFrom, measuresOf } from '../compile/measures';
import type { Lookup, Plan } from '../compile/plan';
import { duckdb as quote } from '../compile/sql/quote';
import type { CellValue, Engine } from '../ports/engine';
import type { CancelSignal } from '../ports/signal';

type Texts = readonly (string | null)[];

/** Answers a lookup: columns of distinct inputs in, columns of answers out, in the same order of rows. */
export type LookupAnswerer = (
  lookup: Lookup,
  inputs: readonly Texts[],
  signal?: CancelSignal,
) => Promise<readonly Texts[]>;

export type TraceOptions = {
  readonly engine: Engine;
  readonly plan: Plan;
  /** SQL of the relation that holds `r, c0 … cn`. */
  readonly source: string;
  /** Name of the trace table to create or replace. */
  readonly table: string;
  readonly answer: LookupAnswerer;
  readonly signal?: CancelSignal;
};

const asText = (value: CellValue): string | null => (value === null ? null : String(value));

/**
 * Prepares the answers of the plan's lookups as tables `<table>_lookup_<n>` and returns their names. Inputs stay in
 * the engine: answers are joined back by number, so no value depends on a round trip through JavaScript.
 */
export async function prepareLookups(options: TraceOptions): Promise<readonly string[]> {
  const { engine, plan, source, table, answer, signal } = options;
  const tables: string[] = [];
  for (const [n, lookup] of lookupsOf(plan).entries()) {
    const [inputs, answers, joined] = ['inputs', 'answers', 'lookup'].map(
      (part) => `${table}_${part}_${n}`,
    ) as [string, string, string];
    const query = lookupInputsQuery(plan, n, { source, lookups: tables, survivors: false });
    await engine.execute(
      `CREATE OR REPLACE TEMP TABLE ${quote.identifier(inputs)} AS SELECT row_number() OVER () AS id, * FROM (${query})`,
      signal,
    );
    const columns = lookup.inputs.map((_, i) => `${readable(`i${i}`)} AS i${i}`).join(', ');
    const asked = await engine.query(
      `SELECT CAST(id AS VARCHAR) AS id, ${columns} FROM ${quote.identifier(inputs)}`,
      signal,
    );
    const [ids = [], ...texts] = asked.columns.map((column) => column.map(asText));
    const answered = await answer(lookup, texts, signal);
    await engine.load(answers, ['id', ...lookup.ids.map((_, i) => `a${i}`)], [ids, ...answered]);
    await engine.execute(
      `CREATE OR REPLACE TEMP TABLE ${quote.identifier(joined)} AS SELECT i.* EXCLUDE (id), a.* EXCLUDE (id) ` +
        `FROM ${quote.identifier(inputs)} i JOIN ${quote.identifier(answers)} a ON CAST(a.id AS BIGINT) = i.id`,
      signal,
    );
    await engine.execute(
      `DROP TABLE ${quote.identifier(inputs)}; DROP TABLE ${quote.identifier(answers)}`,
      signal,
    );
    tables.push(joined);
  }
  return tables;
}

/** Runs a plan over a source and keeps everything it made: every version of every column, marks and fates. */
export async function materialise(options: TraceOptions): Promise<void> {
  const { engine, plan, source, table, signal } = options;
  const lookups = await prepareLookups(options);
  const query = traceQuery(plan, { source, lookups, survivors: true });
  await engine.execute(`CREATE OR REPLACE TEMP TABLE ${quote.identifier(table)} AS ${query}`, signal);
  for (const lookup of lookups) await engine.execute(`DROP TABLE ${quote.identifier(lookup)}`, signal);
}

/** Counts of a trace. `unreadable` rows were rejected while reading. */
export async function countTrace(
  engine: Engine,
  plan: Plan,
  table: string,
  { unreadable = 0, signal }: { unreadable?: number; signal?: CancelSignal } = {},
): Promise<Counts> {
  const { names, columns } = await engine.query(countsQuery(plan, quote.identifier(table)), signal);
  const values = Object.fromEntries(names.map((name, i) => [name, Number(columns[i]?.[0] ?? 0)]));
  if (measuresOf(plan).length + 1 !== names.length) throw new RangeError('The counts do not fit the plan.');
  return countsFrom(plan, values, unreadable);
}
