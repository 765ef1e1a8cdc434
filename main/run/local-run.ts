import { randomUUID } from 'node:crypto';
import { copyFile, rm, stat } from 'node:fs/promises';
import { compilePlan } from '../../shared/compile/compile';
import { checkKeys } from '../../shared/compile/keys';
import { countsFrom } from '../../shared/compile/measures';
import type { Plan } from '../../shared/compile/plan';
import { noteNames } from '../../shared/compile/quarantine';
import type { RunProgress, RunReport } from '../../shared/contract/calls/runs';
import { Fault } from '../../shared/contract/errors';
import type { Dialect, OutputFormat } from '../../shared/document/dialect';
import type { RuleSet } from '../../shared/document/rule-set';
import type { CancelSignal } from '../../shared/ports/signal';
import { brokenExamplesFault, checkExamples } from '../../shared/trace/examples';
import { findKey } from '../engine/keys';
import { answerLookup } from '../engine/lookups';
import { type NativeEngine, openNative } from '../engine/native';
import { readCsvSql } from '../reading/clean-copy';
import { type Input, openInputAt } from '../reading/input';
import type { Source } from '../reading/reader';
import { makeResult, RESULT } from './make-result';
import { type Watch, watchProgress } from './progress';
import { type Judgement, judge, localReport } from './report';
import { keptRows, leftRows, type Rows, resultCountsQuery } from './result';
import {
  assertDistinct,
  assertOutside,
  prepareTarget,
  publishTargets,
  removeParts,
  type Target,
  withTargetNamed,
  writePart,
} from './targets';
import { withTemporaryFolder } from './temporary-folder';
import { assertWritable, headerRows, writeSql } from './write';

type Output = { readonly path: string; readonly format: OutputFormat };

export type LocalRun = {
  readonly ruleSet: RuleSet;
  readonly input: string;
  readonly dialect: Dialect;
  readonly output: Output;
  /** Where rows that left go; what cannot be read goes to a file of that name and `.unreadable.jsonl` besides. */
  readonly rejects?: Output | undefined;
  readonly report?: string | undefined;
  /** Whether files that exist are replaced; yes unless told. */
  readonly overwrite?: boolean;
  readonly memoryBytes?: number;
  readonly signal?: CancelSignal | undefined;
  readonly onProgress?: ((progress: RunProgress) => void) | undefined;
};

type Targets = {
  readonly output: Target;
  readonly rejects: Target | undefined;
  readonly unreadable: Target | undefined;
  readonly report: Target | undefined;
};

async function prepareTargets(run: LocalRun, runId: string): Promise<Targets> {
  const { output, rejects, report, overwrite = true } = run;
  return {
    output: await prepareTarget(output.path, runId, overwrite),
    rejects: rejects && (await prepareTarget(rejects.path, runId, overwrite)),
    unreadable: rejects && (await prepareTarget(`${rejects.path}.unreadable.jsonl`, runId, true)),
    report: report === undefined ? undefined : await prepareTarget(report, runId, true),
  };
}

const present = (targets: Targets): Target[] =>
  Object.values(targets).filter((one): one is Target => one !== undefined);

function assertFormats({ output, rejects }: LocalRun, plan: Plan): void {
  const names = plan.output.map((one) => one.column);
  assertWritable(output.format, names, output.path);
  if (rejects)
    assertWritable(rejects.format, [...plan.input, ...Object.values(noteNames(plan.input))], rejects.path);
}

const miscounted = (file: string, rows: number, done: string, expected: number) =>
  new Fault({
    code: 'run.counts',
    message: `${file}: ${rows} rows were ${done} where ${expected} were counted.`,
    unaffected: 'Nothing was written.',
    advice: 'Report this: it is a fault of the program.',
  });

async function write(
  engine: NativeEngine,
  rows: Rows,
  { format }: Output,
  target: Target,
  expected: number,
  signal?: CancelSignal,
): Promise<{ path: string; format: OutputFormat; rows: number; bytes: number }> {
  const answer = await engine.query(writeSql(rows, format, target.part), signal);
  const written = Number(answer.columns[0]?.[0] ?? -1) - headerRows(rows, format);
  if (written !== expected) throw miscounted(target.named, written, 'written', expected);
  return { path: target.path, format, rows: written, bytes: (await stat(target.part)).size };
}

type Context = {
  readonly runId: string;
  readonly file: Input;
  readonly folder: string;
  readonly targets: Targets;
  readonly engine: NativeEngine;
  readonly watch: Watch;
};

async function carryOut(run: LocalRun, context: Context): Promise<RunReport> {
  const { dialect, signal } = run;
  const { file, folder, engine, watch } = context;
  const started = new Date().toISOString();
  const source = await file.source(dialect, { engine, folder, signal, told: watch.told });
  try {
    return await cleanSource(run, context, source, started);
  } finally {
    await source.close();
  }
}

async function cleanSource(
  run: LocalRun,
  context: Context,
  source: Source,
  started: string,
): Promise<RunReport> {
  const { ruleSet, dialect, signal } = run;
  const { runId, file, targets, engine, watch } = context;
  const plan = await checkKeys(compilePlan(ruleSet, source.columns), findKey);
  assertFormats(run, plan);
  const broken = await checkExamples(engine, answerLookup, ruleSet);
  if (broken.length > 0) throw brokenExamplesFault(ruleSet, broken);
  watch.phase('reading', source.rows);
  const originals = run.rejects !== undefined;
  const read = await makeResult({ plan, source, engine, originals, watch, signal });
  await file.assertUnchanged();
  if (read.rows !== read.records) throw miscounted(run.input, read.rows, 'read', read.records);

  watch.phase('counting', read.rows);
  const { names, columns } = await engine.query(resultCountsQuery(plan, RESULT), signal);
  const values = Object.fromEntries(names.map((name, i) => [name, Number(columns[i]?.[0] ?? 0)]));
  const unreadable = read.unreadable?.count ?? 0;
  const counts = countsFrom(plan, values, unreadable);
  const judgement: Judgement = judge(counts, ruleSet);
  const outputs: RunReport['outputs'] = [];
  const finished: Target[] = [];

  watch.phase('writing', counts.read);
  if (!judgement.failure) {
    const kept = keptRows(plan, RESULT, read.ordered);
    outputs.push({
      role: 'output',
      ...(await write(engine, kept, run.output, targets.output, counts.kept, signal)),
    });
    finished.push(targets.output);
  }
  if (!judgement.failure && run.rejects && targets.rejects) {
    const reasons = read.unreadable?.reasonFile;
    const relation = reasons
      ? `(SELECT c0 AS reason FROM ${readCsvSql(reasons, 1, { delimiter: ',', header: true, longest: 0 })})`
      : null;
    const left = leftRows(plan, RESULT, read.ordered, relation);
    const rows = counts.read + counts.added - counts.kept;
    outputs.push({
      role: 'quarantine',
      ...(await write(engine, left, run.rejects, targets.rejects, rows, signal)),
    });
    finished.push(targets.rejects);
  }
  if (!judgement.failure && targets.unreadable && read.unreadable && unreadable > 0) {
    await copyFile(read.unreadable.rawFile, targets.unreadable.part);
    finished.push(targets.unreadable);
  }
  const report = localReport({
    ...{ runId, started, ruleSet, plan, file, dialect, counts, unreadable, judgement, outputs },
    engineVersion: engine.version,
    blankLines: read.blankLines,
  });
  if (targets.report) {
    await writePart(targets.report, `${JSON.stringify(report, null, 2)}\n`);
    finished.push(targets.report);
  }
  await file.assertUnchanged();
  await publishTargets(finished);
  // What an earlier run left beside rejects of the same name.
  if (!judgement.failure && targets.unreadable && unreadable === 0)
    await rm(targets.unreadable.path, { force: true });
  watch.done(counts.read);
  return report;
}

/**
 * Cleans all of a file with native DuckDB. What it writes appears when all of it is there and the counts add up;
 * otherwise no file is left. A run that a check or an expectation stops answers a report with status `failed`, and
 * only that is written. Faults: `source.*` and `local.*` for the input, `plan.*` for the rules, `target.refused`,
 * `target.exists`, `cancelled`, `engine.*`, `run.*` (`run.examples`: a pinned example is not kept).
 */
export async function runLocally(run: LocalRun): Promise<RunReport> {
  const file = await openInputAt(run.input);
  try {
    return await withTemporaryFolder((folder) => runIn(folder, file, run));
  } finally {
    await file.close();
  }
}

async function runIn(folder: string, file: Input, run: LocalRun): Promise<RunReport> {
  const runId = randomUUID();
  let targets: Targets | undefined;
  let engine: NativeEngine | undefined;
  let watch: Watch | undefined;
  try {
    targets = await prepareTargets(run, runId);
    assertDistinct([file, ...present(targets)]);
    assertOutside(file, present(targets));
    engine = await openNative({
      folders: [folder],
      files: [...file.files, targets.output.part, ...(targets.rejects ? [targets.rejects.part] : [])],
      temporaryFolder: folder,
      ...(run.memoryBytes !== undefined && { memoryBytes: run.memoryBytes }),
    });
    watch = watchProgress(engine, run.onProgress);
    return await carryOut(run, { runId, file, folder, targets, engine, watch });
  } catch (error) {
    throw withTargetNamed(error, targets ? present(targets) : []);
  } finally {
    watch?.stop();
    await engine?.close();
    if (targets) await removeParts(present(targets));
  }
}
