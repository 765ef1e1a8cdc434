import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compilePlan } from '../../shared/compile/compile';
import { FATE, ROW, readable } from '../../shared/compile/duckdb';
import { checkKeys, keysOf } from '../../shared/compile/keys';
import type { Counts } from '../../shared/compile/measures';
import { countsFrom } from '../../shared/compile/measures';
import type { Plan } from '../../shared/compile/plan';
import { quarantineColumns } from '../../shared/compile/quarantine';
import { compileSpark } from '../../shared/compile/spark';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import type { RunProgress, VerifyReport } from '../../shared/contract/calls/runs';
import { Fault } from '../../shared/contract/errors';
import { csvDialectSchema, type Dialect, type RuleSet } from '../../shared/document/rule-set';
import type { CancelSignal } from '../../shared/ports/signal';
import { countTrace, materialise } from '../../shared/trace/trace';
import { createLocalConnector } from '../connectors/local/connector';
import { findKey } from '../engine/keys';
import { answerLookup } from '../engine/lookups';
import { type NativeEngine, openNative } from '../engine/native';
import { abortable } from '../http/abortable';
import { openInput } from '../reading/file';
import { openSource, readCsvSql } from '../reading/source';
import { withTemporaryFolder } from '../run/temporary-folder';
import { spool } from '../sampling/spool';
import { compareCounts, compareTables, type Difference } from './compare';
import { withHistories } from './histories';
import { findSpark, runOnSpark } from './spark-local';
import { copySource, openWasm, textsOf } from './wasm';

export type VerifiedEngine = VerifyReport['engines'][number]['engine'];
const MOST_TOLD = 50;

export type Verification = {
  readonly ruleSet: RuleSet;
  readonly input: string;
  readonly dialect: Dialect;
  readonly engines: readonly VerifiedEngine[];
  /** The first rows only; null for all. */
  readonly rows: number | null;
  readonly signal?: CancelSignal | undefined;
  readonly onProgress?: ((progress: RunProgress) => void) | undefined;
};

/** What an engine answered, as tables of the comparing engine: `<engine>_output` and `<engine>_quarantine`. */
type Answered = { readonly version: string; readonly counts: Counts; readonly seconds: number };

type Bench = {
  readonly engine: NativeEngine;
  readonly folder: string;
  readonly plan: Plan;
  /** The file that every engine reads, and how. */
  readonly input: string;
  readonly dialect: Dialect;
  readonly unreadable: number;
  readonly signal: CancelSignal | undefined;
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

async function keysFor(plan: Plan): Promise<ReadonlyMap<string, string>> {
  const keys = new Map<string, string>();
  for (const name of keysOf(plan)) keys.set(name, (await findKey(name)) ?? '');
  return keys;
}

async function onSpark({
  engine,
  plan,
  folder,
  input,
  dialect,
  signal,
}: Bench): Promise<Omit<Answered, 'seconds'>> {
  const spark = findSpark();
  if (spark === null) {
    throw new Fault({
      code: 'verify.no-spark',
      message: 'There is no Spark on this computer.',
      unaffected: 'Nothing was written.',
      advice: 'Type  npm run setup:spark  or set SPARK_HOME; or leave spark out of --engines.',
    });
  }
  const real = abortable(signal);
  const result = await runOnSpark({
    spark,
    plan: compileSpark(plan, dialect),
    input,
    folder: join(folder, 'spark'),
    outputFormat: 'csv',
    keys: await keysFor(plan),
    ...(real && { signal: real }),
  });
  const quarantine = quarantineColumns(plan, 'duckdb').length;
  const widths = { output: plan.output.length, quarantine };
  for (const part of ['output', 'quarantine'] as const) {
    const files = (await readdir(result[part])).filter((name) => name.endsWith('.csv'));
    // Spark's quarantine ends with the place of records that could not be read; those have no step.
    const extra = part === 'quarantine' ? compileSpark(plan, dialect).place.length : 0;
    const columns = Array.from({ length: widths[part] }, (_, i) => `c${i}`).join(', ');
    const relations = files.map((name) =>
      readCsvSql(join(result[part], name), widths[part] + extra, {
        delimiter: ',',
        header: true,
        longest: 64_000_000,
      }),
    );
    const all = relations.map((relation) => `SELECT ${columns} FROM ${relation}`).join(' UNION ALL ');
    const steps = part === 'quarantine' ? ` WHERE c${plan.input.length + 1} IS NOT NULL` : '';
    const empty = `SELECT ${Array.from({ length: widths[part] }, (_, i) => `CAST(NULL AS VARCHAR) AS c${i}`).join(', ')} WHERE FALSE`;
    await engine.execute(
      `CREATE OR REPLACE TABLE ${tableOf('spark', part)} AS SELECT * FROM (${all === '' ? empty : all})${steps}`,
      signal,
    );
  }
  const { report } = result;
  const unreadable = report.unreadable ?? 0;
  const counts = countsFrom(
    plan,
    { ...report.measures, read: (report.counts?.read ?? 0) - unreadable },
    unreadable,
  );
  return { version: report.engine.version, counts };
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

/** Makes the file that all engines read: the source itself, or its first rows; JSON Lines become CSV. */
async function prepare(verification: Verification, folder: string, engine: NativeEngine) {
  const { dialect, rows, signal } = verification;
  let input = verification.input;
  if (rows !== null && dialect.format !== 'parquet') {
    const header = dialect.format === 'csv' && dialect.header ? 1 : 0;
    const part = join(folder, 'part');
    await spool(
      createLocalConnector().open(input, { signal: abortable(signal) }),
      dialect,
      part,
      rows + header,
      () => {},
    );
    input = part;
  }
  const file = await openInput(input);
  try {
    const source = await openSource({ ...file, named: verification.input }, dialect, engine);
    const limit = rows === null ? '' : ` LIMIT ${quote.integer(rows)}`;
    const outcome = await source.read(
      folder,
      async (relation, stop) => {
        await engine.execute(
          `CREATE OR REPLACE TABLE source AS SELECT row_number() OVER () AS ${ROW}, * FROM (SELECT * FROM ${relation}${limit})`,
          stop,
        );
        return Number((await engine.query('SELECT count(*) FROM source')).columns[0]?.[0] ?? 0);
      },
      signal,
    );
    const unreadable = outcome.unreadable?.count ?? 0;
    const whole = dialect.format === 'csv' || (dialect.format === 'parquet' && rows === null);
    if (whole) return { input: file.path, dialect, unreadable, columns: source.columns };
    // Spark reads what the host read: JSON Lines, and the first rows of Parquet.
    const copy = join(folder, 'copy.csv');
    const names = source.columns.map((name, i) => `c${i} AS ${quote.identifier(name)}`).join(', ');
    await engine.execute(
      `COPY (SELECT ${names} FROM source ORDER BY ${ROW}) TO ${quote.text(copy)} (FORMAT csv, HEADER true, DELIMITER ',', QUOTE '"', ESCAPE '"', NULLSTR '')`,
      signal,
    );
    return {
      input: copy,
      dialect: csvDialectSchema.parse({ format: 'csv', lineBreaks: true }),
      unreadable: 0,
      columns: source.columns,
    };
  } finally {
    await file.handle.close();
  }
}

/**
 * Runs a rule set on several engines over the same file and compares output, quarantine and counts, cell by cell,
 * whatever the order of rows. The first engine that is native, or else the first named, is what others are held to.
 */
export const verify = (verification: Verification): Promise<VerifyReport> =>
  withTemporaryFolder((folder) => verifyIn(folder, verification));

async function verifyIn(folder: string, verification: Verification): Promise<VerifyReport> {
  const { ruleSet, engines, signal, onProgress } = verification;
  const input = await openInput(verification.input);
  await input.handle.close();
  const engine = await openNative({
    folders: [folder],
    files: [input.path],
    temporaryFolder: folder,
  });
  try {
    const tell = (phase: RunProgress['phase']) =>
      onProgress?.({ phase, rows: 0, of: null, rowsPerSecond: null });
    tell('reading');
    const prepared = await prepare({ ...verification, input: input.path }, folder, engine);
    const plan = await checkKeys(compilePlan(ruleSet, prepared.columns), findKey);
    const bench: Bench = { engine, folder, plan, signal, ...prepared };
    const answers = new Map<VerifiedEngine, Answered>();
    for (const one of new Set(engines)) {
      tell(one === 'spark' ? 'waiting' : 'cleaning');
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
      differences:
        reference === 'native'
          ? await withHistories(engine, plan, 'trace', differences.slice(0, MOST_TOLD))
          : differences.slice(0, MOST_TOLD),
      differing,
    };
  } finally {
    await engine.close();
  }
}
