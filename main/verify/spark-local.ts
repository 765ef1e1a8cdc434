import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { canonicalJson, hashOf } from '../../shared/compile/hash';
import type { SparkPlan } from '../../shared/compile/spark';
import { Fault } from '../../shared/contract/errors';
import { environmentName } from '../../shared/lookup/key';

export type Spark = { readonly sparkHome: string; readonly python: string };

/** The folder of the program: the nearest one above this file whose package.json is ours. */
function programFolder(): string {
  let folder = import.meta.dirname;
  for (;;) {
    const file = path.join(folder, 'package.json');
    if (
      existsSync(file) &&
      (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === 'dataharmonize'
    )
      return folder;
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('The program folder was not found.');
    folder = parent;
  }
}

/** Where job.py and its modules are. */
export const jobFolder = (): string => path.join(programFolder(), 'main', 'publish', 'pyspark');

/** The Spark of SPARK_HOME (with PYSPARK_PYTHON or python3), else the one in the checkout's .venv, else null. */
export function findSpark(environment: NodeJS.ProcessEnv = process.env): Spark | null {
  if (environment.SPARK_HOME) {
    return { sparkHome: environment.SPARK_HOME, python: environment.PYSPARK_PYTHON ?? 'python3' };
  }
  const venv = path.join(programFolder(), '.venv');
  const [python, lib] = [path.join(venv, 'bin', 'python'), path.join(venv, 'lib')];
  if (!existsSync(python) || !existsSync(lib)) return null;
  const homes = readdirSync(lib).map((name) => path.join(lib, name, 'site-packages', 'pyspark'));
  const sparkHome = homes.find((home) => existsSync(path.join(home, 'bin', 'spark-submit')));
  return sparkHome ? { sparkHome, python } : null;
}

/** Environment of a Spark on loopback that reads no configuration but its own and leaves its files in one folder. */
export function sparkEnvironment({ sparkHome, python }: Spark, folder: string): NodeJS.ProcessEnv {
  const library = path.join(sparkHome, 'python', 'lib');
  const py4j = existsSync(library) ? readdirSync(library).filter((name) => /^py4j.*\.zip$/.test(name)) : [];
  return {
    SPARK_HOME: sparkHome,
    PYSPARK_PYTHON: python,
    PYSPARK_DRIVER_PYTHON: python,
    PYTHONPATH: [
      jobFolder(),
      path.join(sparkHome, 'python'),
      ...py4j.map((name) => path.join(library, name)),
    ].join(path.delimiter),
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUTF8: '1',
    SPARK_LOCAL_IP: '127.0.0.1',
    SPARK_LOCAL_DIRS: folder,
    SPARK_CONF_DIR: folder,
    HADOOP_CONF_DIR: folder,
    YARN_CONF_DIR: folder,
    TMPDIR: folder,
  };
}

/** What the job reports of a run; counts only, never cell values. */
export type SparkReport = {
  readonly format: 'dataharmonize/run-report';
  readonly status: 'succeeded' | 'failed';
  readonly code?: string;
  readonly message?: string;
  readonly engine: { readonly kind: 'spark'; readonly version: string };
  readonly libraries: Readonly<Record<string, string>>;
  readonly applicationId: string;
  readonly counts?: Readonly<Record<'read' | 'added' | 'kept' | 'filtered' | 'rejected' | 'merged', number>>;
  readonly unreadable?: number;
  /** By measure name: what countsFrom() reads. */
  readonly measures?: Readonly<Record<string, number>>;
};

export type SparkRun = {
  readonly spark: Spark;
  readonly plan: SparkPlan;
  /** Absolute path of a file or a folder of files. */
  readonly input: string;
  /** An absolute folder for the result; made, and not there before. */
  readonly folder: string;
  readonly outputFormat: 'csv' | 'parquet';
  /** Keys that the plan needs, by name; they go through the environment. */
  readonly keys?: ReadonlyMap<string, string>;
  readonly signal?: AbortSignal;
};

export type SparkResult = {
  readonly report: SparkReport;
  readonly output: string;
  readonly quarantine: string;
};

/** Settings of Spark in local mode on two cores. */
export const LOCAL_SPARK = {
  'spark.master': 'local[2]',
  'spark.ui.enabled': 'false',
  'spark.ui.showConsoleProgress': 'false',
  'spark.driver.host': '127.0.0.1',
  'spark.driver.bindAddress': '127.0.0.1',
  'spark.driver.memory': '2g',
  // Two cores gain nothing from the usual 200 partitions.
  'spark.sql.shuffle.partitions': '4',
  'spark.hadoop.fs.defaultFS': 'file:///',
};

/**
 * Runs the real job on Spark in local mode. Throws a Fault: the job's own code where it reported one,
 * `spark.failed` where it could not, `cancelled`.
 */
export async function runOnSpark(run: SparkRun): Promise<SparkResult> {
  const { spark, plan, folder, signal } = run;
  await mkdir(folder, { recursive: true });
  const scratch = await mkdtemp(path.join(tmpdir(), 'dataharmonize-spark-'));
  try {
    const planFile = path.join(scratch, 'plan.json');
    await writeFile(planFile, canonicalJson(plan));
    const [output, quarantine] = [path.join(folder, 'output'), path.join(folder, 'quarantine')];
    // Hadoop takes what follows as it stands: %20 would be a name of its own.
    const uri = (file: string) =>
      `file://${process.platform === 'win32' ? `/${file.replaceAll('\\', '/')}` : file}`;
    const child = spawn(
      path.join(spark.sparkHome, 'bin', process.platform === 'win32' ? 'spark-submit.cmd' : 'spark-submit'),
      [
        ...Object.entries(LOCAL_SPARK).flatMap(([key, value]) => ['--conf', `${key}=${value}`]),
        path.join(jobFolder(), 'job.py'),
        ...['--plan', uri(planFile), '--approved-hash', hashOf(plan), '--run-id', 'local'],
        ...['--root', uri(folder), '--input', uri(run.input), '--output', uri(output)],
        ...['--quarantine', uri(quarantine)],
        ...['--input-format', plan.source.format, '--output-format', run.outputFormat],
      ],
      {
        cwd: scratch,
        env: { ...process.env, ...sparkEnvironment(spark, scratch), ...keyEnvironment(run.keys) },
        stdio: ['ignore', 'ignore', 'pipe'],
        // A group of its own: spark-submit starts Java, which starts Python.
        detached: process.platform !== 'win32',
      },
    );
    const { code, complaints } = await ended(child, signal);
    const report = await readReport(path.join(folder, '_runs', 'local', 'report.json'));
    if (code === 0 && report?.status === 'succeeded') return { report, output, quarantine };
    throw new Fault({
      code: report?.code ?? 'spark.failed',
      message: report?.message ?? lastFault(complaints) ?? `Spark ended with exit code ${code ?? 'none'}.`,
      unaffected: 'The files that were compared are as they were.',
      advice: 'Correct what it says, then verify again.',
    });
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

const keyEnvironment = (keys: ReadonlyMap<string, string> = new Map()): NodeJS.ProcessEnv =>
  Object.fromEntries([...keys].map(([name, key]) => [environmentName(name), key]));

/** The job's own last words: `code: message`, without the engine's, which may hold cell values. */
function lastFault(complaints: string): string | null {
  const lines = complaints.split('\n').filter((line) => /^[a-z]+\.[a-z-]+: /.test(line));
  return lines.at(-1) ?? null;
}

async function readReport(file: string): Promise<SparkReport | null> {
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as SparkReport) : null;
}

function ended(
  child: ChildProcess,
  signal?: AbortSignal,
): Promise<{ code: number | null; complaints: string }> {
  return new Promise((resolve, reject) => {
    let complaints = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      complaints = (complaints + chunk.toString()).slice(-20_000);
    });
    const stop = () => {
      if (child.pid === undefined) return;
      if (process.platform === 'win32') child.kill('SIGKILL');
      else process.kill(-child.pid, 'SIGKILL');
    };
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
    child.once('error', reject);
    child.once('close', (code) => {
      signal?.removeEventListener('abort', stop);
      if (signal?.aborted) reject(new Fault({ code: 'cancelled', message: 'The work was cancelled.' }));
      else resolve({ code, complaints });
    });
  });
}
