import { keysOf } from '../../shared/compile/keys';
import { countsFrom } from '../../shared/compile/measures';
import type { Plan } from '../../shared/compile/plan';
import { Fault } from '../../shared/contract/errors';
import { findKey } from '../engine/keys';
import { abortable } from '../http/abortable';
import type { SparkRunner } from './spark';
import { findSpark, runOnSpark } from './spark-local';

async function keysFor(plan: Plan): Promise<ReadonlyMap<string, string>> {
  const keys = new Map<string, string>();
  for (const name of keysOf(plan)) keys.set(name, (await findKey(name)) ?? '');
  return keys;
}

/** Runs a task on the Spark of this computer, in local mode. Throws `verify.no-spark` where there is none. */
export const sparkHere: SparkRunner = async ({ plan, sparkPlan, input, folder, signal, tell }) => {
  const spark = findSpark();
  if (spark === null) {
    throw new Fault({
      code: 'verify.no-spark',
      message: 'There is no Spark on this computer.',
      unaffected: 'Nothing was written.',
      advice: 'Type  npm run setup:spark  or set SPARK_HOME; or leave Spark out.',
    });
  }
  tell('waiting');
  const real = abortable(signal);
  const { report, output, quarantine } = await runOnSpark({
    spark,
    plan: sparkPlan,
    input,
    folder,
    outputFormat: 'csv',
    keys: await keysFor(plan),
    ...(real && { signal: real }),
  });
  const unreadable = report.unreadable ?? 0;
  const counts = countsFrom(
    plan,
    { ...report.measures, read: (report.counts?.read ?? 0) - unreadable },
    unreadable,
  );
  return { version: report.engine.version, counts, output, quarantine };
};
