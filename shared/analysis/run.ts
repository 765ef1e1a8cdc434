import { z } from 'zod';
import { duckdb } from '../compile/sql/quote';
import { Fault } from '../contract/errors';
import type { Engine, ResultTable } from '../ports/engine';
import type { CancelSignal } from '../ports/signal';
import type { Analysis, Bindings, Comparison } from './analysis';
import { checkBindings } from './bindings';

const NAME = /^[a-z][a-z0-9_]{0,40}$/;

export type AnalysisRun<Id extends string> = {
  readonly results: Readonly<Record<Id, ResultTable>>;
  /** Drops the temporary tables; a comparison with this run must be made before. */
  dispose(): Promise<void>;
};

/**
 * Runs an analysis. `name` tells its temporary tables from those of other runs; a run of the same name is replaced.
 * @throws Fault `analysis.input` for tables or columns, `analysis.parameters` for parameters, and what the engine
 * throws; nothing of a failed run stays.
 */
export async function runAnalysis<P, Id extends string>(
  engine: Engine,
  definition: Analysis<P, Id>,
  input: { bindings: Bindings; parameters: unknown; name: string },
  signal?: CancelSignal,
): Promise<AnalysisRun<Id>> {
  if (!NAME.test(input.name)) throw new RangeError('A run is named with lower-case letters, digits and _.');
  checkBindings(definition.inputs, input.bindings);
  const parameters = readParameters(definition, input.parameters);
  const statements = definition.statements(input.bindings, parameters, input.name);
  const dispose = async () => {
    for (const sql of statements.dispose) await engine.execute(sql);
  };
  try {
    for (const sql of statements.prepare) await engine.execute(sql, signal);
    return { results: await queryAll(engine, statements.results, signal), dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Compares two runs of one analysis that are still prepared, by their names. */
export const compareRuns = async <Id extends string>(
  engine: Engine,
  comparison: Comparison<Id>,
  { before, after }: { before: string; after: string },
  signal?: CancelSignal,
): Promise<Record<Id, ResultTable>> => queryAll(engine, comparison.statements(before, after), signal);

/** Quoted name of a run's temporary table, unlike any that a source or a steward would have. */
export const temporary = (name: string, table: string): string =>
  duckdb.identifier(`analysis:${name}:${table}`);

function readParameters<P>(definition: Analysis<P>, parameters: unknown): P {
  const read = definition.parameters.safeParse(parameters);
  if (read.success) return read.data;
  throw new Fault({
    code: 'analysis.parameters',
    message: `The parameters of “${definition.title}” are wrong: ${z.prettifyError(read.error)}`,
    unaffected: 'Data and rules are as they were.',
    advice: 'Correct them and run the analysis again.',
  });
}

async function queryAll<Id extends string>(
  engine: Engine,
  queries: Readonly<Record<Id, string>>,
  signal?: CancelSignal,
): Promise<Record<Id, ResultTable>> {
  const results = {} as Record<Id, ResultTable>;
  for (const id of Object.keys(queries) as Id[]) results[id] = await engine.query(queries[id], signal);
  return results;
}
