import { randomUUID } from 'node:crypto';
import { copyFile, rm, stat, writeFile } from 'node:fs/promises';
import { compilePlan } from '../../shared/compile/compile';
import { countsFrom } from '../../shared/compile/measures';
import { noteNames } from '../../shared/compile/quarantine';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import type { RunProgress, RunReport } from '../../shared/contract/calls/runs';
import { Fault } from '../../shared/contract/errors';
import type { Dialect, Format, RuleSet } from '../../shared/document/rule-set';
import type { CancelSignal } from '../../shared/ports/signal';
import { writeFault } from '../engine/faults';
import { type NativeEngine, openNative } from '../engine/native';
import { answerLookup } from '../engine/phone';
import { assertUnchanged, openInput } from '../reading/file';
import { openSource, type ReadOutcome, readCsvSql, type Source } from '../reading/source';
import { prepareLookupsInParts } from './lookups';
import { watchProgress } from './progress';
import { judge, localReport } from './report';
import { keptRows, leftRows, type Rows, resultCountsQuery, resultQuery } from './result';
import {
  assertDistinct,
  prepareTarget,
  publishTargets,
  removeParts,
  type Target,
  temporaryFolder,
} from './targets';
import { assertWritable, headerRows, writeSql } from './write';

type Output = { readonly path: string; readonly format: Format };

export type LocalRun = {
  readonly ruleSet: RuleSet;
  readonly input: string;
  readonly dialect: Dialect;
  readonly output: Output;
  readonly rejects?: Output | undefined;
  readonly report?: string | undefined;
  readonly overwrite?: boolean;
  readonly memoryBytes?: number;
  readonly signal?: CancelSignal | undefined;
  readonly onProgress?: ((progress: RunProgress) => void) | undefined;
};

const RESULT = 'result';
const STAGED = 'staged';

/** Makes the result table from a source and answers how it was read. */
async function makeResult(
  run: LocalRun,
  plan: ReturnType<typeof compilePlan>,
  source: Source,
  engine: NativeEngine,
  folder: string,
  watch: ReturnType<typeof watchProgress>,
): Promise<ReadOutcome & { ordered: boolean }> {
  const { signal } = run;
  const countOf = async (table: string) =>
    Number((await engine.query(`SELECT count(*) FROM ${quote.identifier(table)}`)).columns[0]?.[0] ?? 0);
  const make = (relation: string, lookups: readonly string[], ordered: boolean, stop?: CancelSignal) => {
    const originals = run.rejects !== undefined;
    const query = resultQuery(plan, { source: relation, lookups, originals, ordered });
    return engine.execute(`CREATE OR REPLACE TEMP TABLE ${RESULT} AS ${query}`, stop);
  };
  const staged = plan.actions.some((action) => action.kind === 'lookup' || action.kind === 'merge');
  // Joins and windows lose the order of the source.
  const ordered = staged;
  watch.phase(staged ? 'reading' : 'cleaning');
  const outcome = await source.read(
    folder,
    async (relation, stop) => {
      if (staged)
        await engine.execute(`CREATE OR REPLACE TEMP TABLE ${STAGED} AS SELECT * FROM ${relation}`, stop);
      else await make(relation, [], false, stop);
      return countOf(staged ? STAGED : RESULT);
    },
    signal,
  );
  if (staged) {
    const relation = `(SELECT rowid AS r, * FROM ${STAGED})`;
    watch.phase('looking-up', outcome.rows);
    const lookups = await prepareLookupsInParts({
      engine,
      plan,
      source: relation,
      answer: answerLookup,
      signal,
      told: watch.answered,
    });
    watch.phase('cleaning', outcome.rows);
    await make(relation, lookups, ordered, signal);
    await engine.execute([STAGED, ...lookups].map((one) => `DROP TABLE ${quote.identifier(one)}`).join('; '));
  }
  return { ...outcome, ordered };
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
): Promise<void> {
  const answer = await engine.query(writeSql(rows, format, target.part), signal);
  const written = Number(answer.columns[0]?.[0] ?? -1) - headerRows(rows, format);
  if (written !== expected) throw miscounted(target.named, written, 'written', expected);
}

/**
 * Cleans all of a file with native DuckDB. What it writes appears when all of it is there and the counts add up;
 * otherwise no file is left. A run that a check or an expectation stops answers a report with status `failed`, and
 * only that is written. Faults: `source.*` and `local.*` for the input, `plan.*` for the rules, `target.refused`,
 * `cancelled`, `engine.*`, `run.*`.
 */
export async function runLocally(run: LocalRun): Promise<RunReport> {
  const { ruleSet, dialect, signal, overwrite = true } = run;
  const runId = randomUUID();
  const started = new Date().toISOString();
  const file = await openInput(run.input);
  const folder = await temporaryFolder();
  const targets: Target[] = [];
  let engine: NativeEngine | undefined;
  try {
    const output = await prepareTarget(run.output.path, runId, overwrite);
    const rejects = run.rejects && (await prepareTarget(run.rejects.path, runId, overwrite));
    const raw = run.rejects && (await prepareTarget(`${run.rejects.path}.unreadable.jsonl`, runId, true));
    const report = run.report === undefined ? undefined : await prepareTarget(run.report, runId, true);
    targets.push(...[output, rejects, raw, report].filter((one) => one !== undefined));
    assertDistinct([file, ...targets]);

    engine = await openNative({
      folders: [folder.path],
      files: [file.path, output.part, ...(rejects ? [rejects.part] : [])],
      temporaryFolder: folder.path,
      ...(run.memoryBytes !== undefined && { memoryBytes: run.memoryBytes }),
    });
    const source = await openSource(file, dialect, engine, signal);
    const plan = compilePlan(ruleSet, source.columns);
    assertWritable(
      run.output.format,
      plan.output.map((one) => one.column),
      run.output.path,
    );
    if (run.rejects)
      assertWritable(
        run.rejects.format,
        [...plan.input, ...Object.values(noteNames(plan.input))],
        run.rejects.path,
      );

    const watch = watchProgress(engine, run.onProgress);
    try {
      const read = await makeResult(run, plan, source, engine, folder.path, watch);
      await assertUnchanged(file);
      if (read.rows !== read.records) throw miscounted(run.input, read.rows, 'read', read.records);
      watch.phase('counting', read.rows);
      const { names, columns } = await engine.query(resultCountsQuery(plan, RESULT), signal);
      const values = Object.fromEntries(names.map((name, i) => [name, Number(columns[i]?.[0] ?? 0)]));
      const unreadable = read.unreadable?.count ?? 0;
      const counts = countsFrom(plan, values, unreadable);
      const judgement = judge(counts, ruleSet);
      const outputs: RunReport['outputs'] = [];
      const finished: Target[] = [];

      if (!judgement.failure) {
        watch.phase('writing', counts.read);
        await write(engine, keptRows(plan, RESULT, read.ordered), run.output, output, counts.kept, signal);
        finished.push(output);
        const sized = async (role: 'output' | 'quarantine', target: Target, format: Format, rows: number) =>
          outputs.push({ role, path: target.path, format, rows, bytes: (await stat(target.part)).size });
        await sized('output', output, run.output.format, counts.kept);
        if (run.rejects && rejects) {
          const reasons = read.unreadable?.reasonFile;
          const relation = reasons
            ? `(SELECT c0 AS reason FROM ${readCsvSql(reasons, 1, { delimiter: ',', header: true, longest: 0 })})`
            : null;
          const left = leftRows(plan, RESULT, read.ordered, relation);
          await write(engine, left, run.rejects, rejects, counts.read - counts.kept, signal);
          finished.push(rejects);
          if (raw && read.unreadable) {
            await copyFile(read.unreadable.rawFile, raw.part);
            finished.push(raw);
          }
          await sized('quarantine', rejects, run.rejects.format, counts.read - counts.kept);
        }
      }
      const made = localReport({
        runId,
        started,
        ruleSet,
        plan,
        file,
        dialect,
        engineVersion: engine.version,
        counts,
        unreadable,
        blankLines: read.blankLines,
        judgement,
        outputs,
      });
      if (report) {
        await writeFile(report.part, `${JSON.stringify(made, null, 2)}\n`);
        finished.push(report);
      }
      await assertUnchanged(file);
      await publishTargets(finished);
      // What an earlier run left beside rejects of the same name.
      if (raw && !judgement.failure && !finished.includes(raw)) await rm(raw.path, { force: true });
      watch.done(counts.read);
      return made;
    } finally {
      watch.stop();
    }
  } catch (error) {
    throw writeFault(error);
  } finally {
    await engine?.close();
    await file.handle.close();
    await removeParts(targets);
    await folder.remove();
  }
}
