import { isGrouped, type Plan } from '../../shared/compile/plan';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import type { CancelSignal } from '../../shared/ports/signal';
import { answerAll } from '../engine/lookups';
import type { NativeEngine } from '../engine/native';
import type { ReadOutcome, Source } from '../reading/reader';
import { prepareLookupsInParts } from './lookups';
import type { Watch } from './progress';
import { resultQuery } from './result';

export const RESULT = 'result';
const STAGED = 'staged';

export type Made = ReadOutcome & {
  /** Whether rows carry their number, because their order was lost. */
  readonly ordered: boolean;
};

/**
 * Reads a source and makes the result table of a plan from it: in one go, or, where the rows are needed more than
 * once, through a table of the rows as they were read.
 * @param originals whether the rows that leave keep their original cells
 */
export async function makeResult(options: {
  plan: Plan;
  source: Source;
  engine: NativeEngine;
  originals: boolean;
  watch: Watch;
  signal: CancelSignal | undefined;
}): Promise<Made> {
  const { plan, source, engine, originals, watch, signal } = options;
  const countOf = async (table: string) =>
    Number((await engine.query(`SELECT count(*) FROM ${quote.identifier(table)}`)).columns[0]?.[0] ?? 0);
  const make = (relation: string, lookups: readonly string[], stop?: CancelSignal) => {
    const query = resultQuery(plan, { source: relation, lookups, originals, ordered });
    return engine.execute(`CREATE OR REPLACE TEMP TABLE ${RESULT} AS ${query}`, stop);
  };
  // Joins and windows also lose the order of the source.
  const ordered = plan.actions.some(
    (action) => action.kind === 'lookup' || action.kind === 'join' || isGrouped(action),
  );
  const staged = ordered || plan.actions.some((action) => action.kind === 'explode');
  const outcome = await source.read(
    async (relation, stop) => {
      if (staged)
        await engine.execute(`CREATE OR REPLACE TEMP TABLE ${STAGED} AS SELECT * FROM ${relation}`, stop);
      else await make(relation, [], stop);
      return countOf(staged ? STAGED : RESULT);
    },
    signal,
    watch.told,
  );
  if (!staged) return { ...outcome, ordered: false };
  const relation = `(SELECT rowid AS r, * FROM ${STAGED})`;
  watch.phase('looking-up', outcome.rows);
  const lookups = await prepareLookupsInParts({
    engine,
    plan,
    source: relation,
    answer: answerAll,
    signal,
    told: watch.told,
  });
  watch.phase('cleaning', outcome.rows);
  await make(relation, lookups, signal);
  await engine.execute([STAGED, ...lookups].map((one) => `DROP TABLE ${quote.identifier(one)}`).join('; '));
  return { ...outcome, ordered };
}
