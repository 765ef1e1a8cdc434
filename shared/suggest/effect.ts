import { compilePlan } from '../compile/compile';
import { FATE, ROW, readable } from '../compile/duckdb';
import { render } from '../compile/render';
import { duckdb as quote } from '../compile/sql/quote';
import { isFault } from '../contract/errors';
import { emptyRuleSet, type Step, stepSchema } from '../document/rule-set';
import { column } from '../expression/expression';
import { type AnyOperation, findOperation } from '../operations/registry';
import { materialise } from '../trace/trace';
import { type Ground, saysSomething, trimmedOf } from './look';
import type { Effect, StepParts } from './suggestion';

const EXAMPLES = 3;
/** How much of a value an example shows, in characters. */
const LONGEST_SHOWN = 200;
const shown = (value: string) => readable(`left(${value}, ${LONGEST_SHOWN})`);

/** An effect, the rows it was counted over, and those of them whose cells hold something. */
export type CountedEffect = Effect & { readonly rows: number; readonly filled: number };

/** The parameters with the operation's defaults, or null where it is not there or does not take them. */
export function completed(
  operation: AnyOperation | undefined,
  parameters: Readonly<Record<string, unknown>>,
): Record<string, unknown> | null {
  const parsed = operation?.parameters.safeParse(parameters);
  return parsed?.success ? (parsed.data as Record<string, unknown>) : null;
}

/** Columns that a step needs: its targets and what its parameters read. */
function neededBy(operation: AnyOperation, step: Step): readonly string[] {
  const parameters = completed(operation, step.parameters);
  return [...new Set([...step.columns, ...(parameters ? operation.reads(parameters as never) : [])])];
}

/**
 * What a step would do to the sample, or to its most frequent values only. Counted once for all rows that are alike
 * in the columns it needs, but for steps that look at more than a row. Null where the operation is not there, does
 * not take the parameters, or needs a column that is not there.
 */
export async function effectOf(
  ground: Ground,
  { operation: id, columns, parameters: given }: StepParts,
  { most }: { most?: number } = {},
): Promise<CountedEffect | null> {
  const { engine, answer, table, signal } = ground;
  const operation = findOperation(id);
  const judging = completed(operation, { ...given, invalid: 'null' });
  const parameters = judging ?? completed(operation, given);
  if (!operation || !parameters) return null;
  const step = stepSchema.parse({
    id: 'suggested',
    operation: id,
    version: operation.version,
    columns,
    parameters,
  });
  const names = neededBy(operation, step);
  const places = names.map((name) => ground.columns.indexOf(name));
  if (places.includes(-1)) return null;
  const cells = places.map((place, i) => `${quote.identifier(`c${place}`)} AS c${i}`).join(', ');
  const scope = operation.scopeOf?.(parameters as never) ?? operation.scope;
  const apart = scope === 'group' || scope === 'table';
  const [rows, trace] = [`${table}_rows`, `${table}_trace`];
  const source = quote.identifier(table);
  const order = names.map((_, i) => `c${i}`).join(', ');
  const grouped = apart
    ? `SELECT ${cells}, 1 AS n FROM ${source}`
    : `SELECT ${cells}, count(*) AS n FROM ${source} GROUP BY ALL`;
  // By hash, or the first of many different values would be those that begin with a blank.
  const limited =
    most === undefined ? grouped : `SELECT * FROM (${grouped}) ORDER BY n DESC, hash(${order}) LIMIT ${most}`;
  try {
    const plan = compilePlan({ ...emptyRuleSet('suggested'), steps: [step] }, names);
    await engine.execute(
      `CREATE OR REPLACE TEMP TABLE ${quote.identifier(rows)} AS SELECT row_number() OVER () AS ${ROW}, * FROM (${limited})`,
      signal,
    );
    await materialise({
      engine,
      plan,
      source: quote.identifier(rows),
      table: trace,
      answer,
      ...(signal && { signal }),
    });
    const pairs = columns.flatMap((name) => {
      const after = plan.output.find((one) => one.column === name)?.id;
      return after === undefined ? [] : [{ before: `c${names.indexOf(name)}`, after }];
    });
    return await countPairs(ground, trace, pairs, judging !== null);
  } catch (error) {
    // Parameters that fit by themselves but not these columns: there is no such step to offer.
    if (isFault(error, 'plan.invalid')) return null;
    throw error;
  } finally {
    for (const one of [rows, trace]) await engine.execute(`DROP TABLE IF EXISTS ${quote.identifier(one)}`);
  }
}

async function countPairs(
  { engine, signal }: Ground,
  trace: string,
  pairs: readonly { before: string; after: string }[],
  judging: boolean,
): Promise<CountedEffect> {
  const from = quote.identifier(trace);
  const text = (id: string) => `CAST(${quote.identifier(id)} AS VARCHAR)`;
  const sides = pairs.map(({ before, after }) => {
    const something = render(saysSomething(trimmedOf(column(before))), 'duckdb');
    return `SELECT ${text(before)} AS b, ${text(after)} AS a, ${FATE} AS f, n, ${something} AS something FROM ${from}`;
  });
  const all = `(${sides.length === 0 ? `SELECT NULL AS b, NULL AS a, ${FATE} AS f, n, FALSE AS something FROM ${from}` : sides.join(' UNION ALL ')})`;
  // Under “null” what cannot be converted is null; under “keep” it would be as it was.
  const failed = judging ? '(a IS NULL AND something)' : 'FALSE';
  const fixed = judging ? '(a IS NOT NULL AND a IS DISTINCT FROM b)' : '(a IS DISTINCT FROM b)';
  const sum = (condition: string) => `CAST(coalesce(sum(n) FILTER (WHERE ${condition}), 0) AS DOUBLE)`;
  const width = Math.max(1, pairs.length);
  const counts = await engine.query(
    `SELECT ${sum('TRUE')} AS r, ${sum('something')} AS s, ${sum(`f IS NULL AND ${fixed}`)} AS x, ${sum(failed)} AS y, ${sum('f IS NOT NULL')} AS l FROM ${all}`,
    signal,
  );
  const [rows = 0, filled = 0, mended = 0, lost = 0, left = 0] = counts.columns.map((one) =>
    Number(one[0] ?? 0),
  );
  // Cells that hold a placeholder or nothing say little of what a step is for.
  const firsts = async (condition: string, list: string) =>
    engine.query(
      `SELECT ${list} FROM (SELECT b, a, something, sum(n) AS n FROM ${all} WHERE ${condition} GROUP BY ALL) ` +
        `ORDER BY something DESC NULLS LAST, n DESC, b, a LIMIT ${EXAMPLES}`,
      signal,
    );
  const [changed, failures] = [
    mended === 0 ? null : await firsts(`f IS NULL AND ${fixed}`, `${shown('b')} AS b, ${shown('a')} AS a`),
    lost === 0 ? null : await firsts(failed, `${shown('b')} AS b`),
  ];
  const cell = (value: unknown) => (value === null || value === undefined ? null : String(value));
  return {
    rows: rows / width,
    filled,
    fixed: mended,
    failed: lost,
    left: left / width,
    examples: Array.from({ length: changed?.rows ?? 0 }, (_, i) => ({
      before: cell(changed?.columns[0]?.[i]),
      after: cell(changed?.columns[1]?.[i]),
    })),
    failures: Array.from({ length: failures?.rows ?? 0 }, (_, i) => String(failures?.columns[0]?.[i])),
  };
}
