import { join } from 'node:path';
import { compilePlan } from '../../shared/compile/compile';
import { FATE, readable } from '../../shared/compile/duckdb';
import { checkKeys } from '../../shared/compile/keys';
import type { Counts } from '../../shared/compile/measures';
import type { Plan } from '../../shared/compile/plan';
import { quarantineColumns } from '../../shared/compile/quarantine';
import { compileSpark } from '../../shared/compile/spark';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import type { RunProgress, VerifyReport } from '../../shared/contract/calls/runs';
import type { RuleSet } from '../../shared/document/rule-set';
import type { CancelSignal } from '../../shared/ports/signal';
import { countTrace, materialise } from '../../shared/trace/trace';
import { findKey } from '../engine/keys';
import { answerLookup } from '../engine/lookups';
import { type NativeEngine, openNative } from '../engine/native';
import { openInputAt } from '../reading/input';
import { withTemporaryFolder } from '../run/temporary-folder';
import { compareCounts, compareTables, type Difference } from './compare';
import { withHistories } from './histories';
import { type Compared, type Prepared, prepare } from './prepare';
import { loadAnswer, type SparkRunner } from './spark';
import { sparkHere } from './spark-here';
import { copySource, openWasm, textsOf } from './wasm';

export type VerifiedEngine = VerifyReport['engines'][number]['engine'];
const MOST_TOLD = 50;

export type Verification = Compared & {
  readonly ruleSet: RuleSet;
  readonly engines: readonly VerifiedEngine[];
  /** The Spark that is asked; this computer's own unless told. */
  readonly spark?: SparkRunner;
  readonly onProgress?: ((progress: RunProgress) => void) | undefined;
};

/** What an engine answered, as tables of the comparing engine: `<engine>_output` and `<engine>_quarantine`. */
type Answered = { readonly version: string; readonly counts: Counts; readonly seconds: number };

type Bench = Prepared & {
  readonly engine: NativeEngine;
  readonly folder: string;
  readonly plan: Plan;
  readonly spark: SparkRunner;
  readonly signal: CancelSignal | undefined;
  readonly tell: (phase: RunProgress['phase']) => void;
};

const tableOf = (engine: VerifiedEngine, part: 'output' | 'quarantine') => `${engine}_${part}`;

/** Kept rows and rows that left, from a trace of the plan, as columns `c0 … cn`. */
function partsOf(plan: Plan, trace: string): Record<'output' | 'quarantine', string> {
  const kept = plan.output.map(({ id }, i) => `${quote.identifier(id)} AS c${i}`).join(', ');
  const left = quarantineColumns(plan, 'duckdb')
    .map(({ sql }, i) => `${sql} AS c${i}`)
    .join(', ');
  return {
    output: `SELECT ${kept} FROM ${trace} WHERE ${FATE} IS NULL`,
    quarantine: `SELECT ${left} FROM ${trace} WHERE ${FATE} IS NOT NULL`,
  };
}

async function onNative({ engine, plan, unreadable, signal }: Bench): Promise<Omit<Answered, 'seconds'>> {
  await materialise({
    engine,
    plan,
    source: 'source',
    table: 'trace',
    answer: answerLookup,
    ...(signal && { signal }),
  });
  for (const [part, sql] of Object.entries(partsOf(plan, 'trace'))) {
    await engine.execute(`CREATE OR REPLACE TABLE ${tableOf('native', part as 'output')} AS ${sql}`, signal);
  }
  return { version: engine.version, counts: await countTrace(engine, plan, 'trace', { unreadable }) };
}

async function onWasm({ engine, plan, unreadable, signal }: Bench): Promise<Omit<Answered, 'seconds'>> {
  const wasm = await openWasm();
  try {
    await copySource(engine, wasm, plan.input.length, signal);
    await materialise({
      engine: wasm,
      plan,
      source: 'source',
      table: 'trace',
      answer: answerLookup,
      ...(signal && { signal }),
    });
    for (const [part, sql] of Object.entries(partsOf(plan, 'trace'))) {
      const width = part === 'output' ? plan.output.length : quarantineColumns(plan, 'duckdb').length;
      const columns = Array.from({ length: width }, (_, i) => `c${i}`);
      const read = columns.map((name) => `${readable(name)} AS ${name}`).join(', ');
      const { columns: values } = await wasm.query(`SELECT ${read} FROM (${sql})`);
      await engine.load(tableOf('wasm', part as 'output'), columns, textsOf(values));
    }
    return { version: wasm.version, counts: await countTrace(wasm, plan, 'trace', { unreadable }) };
  } finally {
    await wasm.close();
  }
}

async function onSpark({
  engine,
  plan,
  folder,
  input,
  dialect,
  signal,
  spark,
  tell,
}: Bench): Promise<Omit<Answered, 'seconds'>> {
  const sparkPlan = compileSpark(plan, dialect);
  const task = { plan, sparkPlan, input, folder: join(folder, 'spark'), signal, tell };
  const answer = await spark(task);
  await loadAnswer(engine, answer, task);
  return { version: answer.version, counts: answer.counts };
}

const RUNNERS: Record<VerifiedEngine, (bench: Bench) => Promise<Omit<Answered, 'seconds'>>> = {
  native: onNative,
  wasm: onWasm,
  spark: onSpark,
};

/** Every count under a name of its own. */
function flatCounts({
  read,
  added,
  kept,
  filtered,
  rejected,
  merged,
  steps,
}: Counts): Record<string, number> {
  const named = steps.flatMap((step, i) => [
    ...(['changedCells', 'filtered', 'rejected', 'merged', 'added', 'failing'] as const).map(
      (key) => [`step ${i + 1} ${key}`, step[key]] as const,
    ),
    ...Object.entries(step.changedByColumn).map(
      ([column, count]) => [`step ${i + 1} changed ${column}`, count] as const,
    ),
  ]);
  return { read, added, kept, filtered, rejected, merged, ...Object.fromEntries(named) };
}

/** The canonical path of a source of this computer, and of its files; a cluster's own path as it stands. */
async function filesOf({ connector, path }: Compared): Promise<{ path: string; files: readonly string[] }> {
  if (connector.kind !== 'local') return { path, files: [] };
  const input = await openInputAt(path);
  await input.close();
  return { path: input.path, files: input.files };
}

/**
 * Runs a rule set on several engines over the same file or folder and compares output, quarantine and counts, cell by cell,
 * whatever the order of rows. The first engine that is native, or else the first named, is what others are held to.
 */
export const verify = (verification: Verification): Promise<VerifyReport> =>
  withTemporaryFolder((folder) => verifyIn(folder, verification));

async function verifyIn(folder: string, verification: Verification): Promise<VerifyReport> {
  const { ruleSet, engines, signal, spark = sparkHere, onProgress } = verification;
  const { path, files } = await filesOf(verification);
  const compared = { ...verification, path };
  const engine = await openNative({ folders: [folder], files, temporaryFolder: folder });
  try {
    const tell = (phase: RunProgress['phase']) =>
      onProgress?.({ phase, rows: 0, of: null, rowsPerSecond: null });
    tell('reading');
    const prepared = await prepare(compared, { folder, engine, takesFolders: spark === sparkHere });
    const plan = await checkKeys(compilePlan(ruleSet, prepared.columns), findKey);
    const bench: Bench = { ...prepared, engine, folder, plan, spark, signal, tell };
    const answers = new Map<VerifiedEngine, Answered>();
    for (const one of new Set(engines)) {
      tell('cleaning');
      const started = performance.now();
      const answer = await RUNNERS[one](bench);
      answers.set(one, { ...answer, seconds: (performance.now() - started) / 1000 });
    }
    tell('comparing');
    const reference = answers.has('native') ? 'native' : (engines[0] ?? 'native');
    const differences: Difference[] = [];
    let differing = 0;
    const names = {
      output: plan.output.map((one) => one.column),
      quarantine: quarantineColumns(plan, 'duckdb').map((one) => one.column),
    };
    for (const [one, answer] of answers) {
      if (one === reference) continue;
      for (const where of ['output', 'quarantine'] as const) {
        const compared = {
          expected: tableOf(reference, where),
          found: tableOf(one, where),
          columns: names[where],
        };
        const { rows, first } = await compareTables(engine, compared, { engine: one, where });
        differing += rows;
        differences.push(...first);
      }
      const expected = answers.get(reference);
      const counts = expected
        ? compareCounts(flatCounts(expected.counts), flatCounts(answer.counts), one)
        : [];
      differing += counts.length;
      differences.push(...counts);
    }
    // Histories are read from the trace of the comparing engine.
    if (differing > 0 && reference !== 'native') await onNative(bench);
    return {
      equal: differing === 0,
      engines: [...answers].map(([one, { version, counts, seconds }]) => ({
        engine: one,
        version,
        rows: counts.read,
        cells:
          counts.kept * plan.output.length +
          (counts.read + counts.added - counts.kept) * names.quarantine.length,
        seconds: Math.round(seconds * 100) / 100,
      })),
      differences: await withHistories(engine, plan, 'trace', differences.slice(0, MOST_TOLD)),
      differing,
    };
  } finally {
    await engine.close();
  }
}
