import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Counts } from '../../shared/compile/measures';
import type { Plan } from '../../shared/compile/plan';
import { quarantineColumns } from '../../shared/compile/quarantine';
import type { SparkPlan } from '../../shared/compile/spark';
import type { RunProgress } from '../../shared/contract/calls/runs';
import type { CancelSignal } from '../../shared/ports/signal';
import type { NativeEngine } from '../engine/native';
import { readCsvSql } from '../reading/clean-copy';

/** A plan to be run on a Spark by the real job, over a file of this computer. */
export type SparkTask = {
  readonly plan: Plan;
  readonly sparkPlan: SparkPlan;
  /** Absolute path of the file. */
  readonly input: string;
  /** An absolute folder for the result; made, and not there before. */
  readonly folder: string;
  readonly signal: CancelSignal | undefined;
  readonly tell: (phase: RunProgress['phase']) => void;
};

/** What the job made of it: folders of this computer that hold CSV files. */
export type SparkAnswer = {
  readonly version: string;
  readonly counts: Counts;
  readonly output: string;
  readonly quarantine: string;
};

/** Runs a task on some Spark. Throws a Fault when it cannot, or when the job fails. */
export type SparkRunner = (task: SparkTask) => Promise<SparkAnswer>;

/** Loads the CSV files that a job wrote into the tables `spark_output` and `spark_quarantine`, columns `c0 … cn`. */
export async function loadAnswer(
  engine: NativeEngine,
  answer: SparkAnswer,
  { plan, sparkPlan, signal }: Pick<SparkTask, 'plan' | 'sparkPlan' | 'signal'>,
): Promise<void> {
  const widths = { output: plan.output.length, quarantine: quarantineColumns(plan, 'duckdb').length };
  for (const part of ['output', 'quarantine'] as const) {
    const files = (await readdir(answer[part])).filter((name) => name.endsWith('.csv'));
    // Spark's quarantine ends with the place of records that could not be read; those have no step.
    const extra = part === 'quarantine' ? sparkPlan.place.length : 0;
    const names = Array.from({ length: widths[part] }, (_, i) => `c${i}`);
    const relations = files.map((name) =>
      readCsvSql(join(answer[part], name), widths[part] + extra, {
        delimiter: ',',
        header: true,
        longest: 64_000_000,
      }),
    );
    const nothing = `SELECT ${names.map((name) => `CAST(NULL AS VARCHAR) AS ${name}`).join(', ')} WHERE FALSE`;
    const all = relations.map((relation) => `SELECT ${names.join(', ')} FROM ${relation}`);
    const steps = part === 'quarantine' ? ` WHERE c${plan.input.length + 1} IS NOT NULL` : '';
    await engine.execute(
      `CREATE OR REPLACE TABLE spark_${part} AS SELECT * FROM (${all.join(' UNION ALL ') || nothing})${steps}`,
      signal,
    );
  }
}
