import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { spark4Venv, sparkIn } from '../../build/setup/find-spark.mjs';
import { findSpark, sparkEnvironment } from '../../main/verify/spark-local';
import { SPARK_SETTINGS, type SparkPlan } from '../../shared/compile/spark';
import { EXAMPLE_KEY } from '../../shared/lookup/hmac';
import { environmentName } from '../../shared/lookup/key';

export type Cells = readonly (string | null)[];
export type SparkTrace = {
  readonly measures: Readonly<Record<string, number>>;
  readonly fates: readonly (number | null)[];
  readonly cells: readonly Cells[];
  readonly quarantined: readonly Cells[];
};
export type SparkRequest = {
  readonly plan: SparkPlan;
  readonly rows: readonly Cells[];
  readonly partitions?: number;
  /** Shuffles the rows before they are parted. */
  readonly seed?: number;
};

/** A Spark session that answers one request after another. */
export type SparkServer = {
  readonly version: string;
  /** Values of expressions over rows: a list for each expression. The same array of rows is sent only once. */
  evaluate(
    expressions: readonly string[],
    rows: readonly Cells[],
    columns: number,
  ): Promise<(string | number | boolean | null)[][]>;
  runPlan(
    plan: SparkPlan,
    rows: readonly Cells[],
    options?: { partitions?: number; seed?: number },
  ): Promise<SparkTrace>;
  /** Several plans at once, in the order given; a fault in place of what could not be run. */
  runPlans(plans: readonly SparkRequest[]): Promise<(SparkTrace | { readonly fault: string })[]>;
  /** For each expression over `c0`: code points whose answer differs from them, with its UTF-8 in hex. */
  sweep(expressions: readonly string[]): Promise<[point: number, hex: string][][]>;
  /** The exit code of the job. */
  runJob(args: readonly string[]): Promise<number>;
  /** Makes a new keystore of these credentials the cluster’s provider; null takes the provider away. */
  setCredentials(path: string | null, entries?: Readonly<Record<string, string>>): Promise<void>;
  close(): Promise<void>;
};

type Waiting = { resolve(value: never): void; reject(error: Error): void };

/** The Spark of production, and the newer one that tests compare with. */
const SPARKS = {
  3: { find: findSpark, advice: 'npm run setup:spark' },
  4: { find: () => sparkIn(spark4Venv), advice: 'npm test' },
} as const;

type Line = keyof typeof SPARKS;
type Launched = { readonly server: SparkServer; readonly isAlive: () => boolean };
const shared = new Map<Line, Promise<Launched>>();

/**
 * Spark in local mode, on loopback, with a folder of its own. All tests of one process share the third line's: it
 * takes long to start, so closing leaves it alone, and it ends with the process. Closing ends a Spark 4.
 */
export async function startSparkServer(line: Line = 3): Promise<SparkServer> {
  if (line !== 3) return (await launch(line)).server;
  let launched = shared.get(line);
  if (!launched || !(await launched).isAlive()) {
    launched = launch(line);
    shared.set(line, launched);
  }
  return { ...(await launched).server, close: async () => {} };
}

async function launch(line: Line): Promise<Launched> {
  const spark = SPARKS[line].find();
  if (!spark) throw new Error(`There is no Spark ${line}: type  ${SPARKS[line].advice}`);
  const folder = await mkdtemp(path.join(tmpdir(), 'dataharmonize-spark-'));
  const child = spawn(spark.python, [path.join(import.meta.dirname, 'spark_server.py')], {
    cwd: folder,
    // It removes the folder itself: the process that asks may be gone before it.
    env: {
      ...process.env,
      ...sparkEnvironment(spark, folder),
      CONFORMANCE_FOLDER: folder,
      [environmentName(EXAMPLE_KEY.name)]: EXAMPLE_KEY.key,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const waiting = new Map<number, Waiting>();
  let next = 0;
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-20_000);
  });
  const exited = new Promise<void>((resolve) => {
    child.once('close', () => {
      for (const one of waiting.values()) one.reject(new Error(`Spark ended.\n${complaints}`));
      resolve();
    });
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, answer, error } = JSON.parse(line) as { id: number; answer?: never; error?: string };
    const one = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) one?.resolve(answer as never);
    else one?.reject(new Error(error));
  });
  const expect = <T>(id: number) =>
    new Promise<T>((resolve, reject) => waiting.set(id, { resolve: resolve as Waiting['resolve'], reject }));
  const ask = <T>(request: Record<string, unknown>): Promise<T> => {
    const id = ++next;
    const answer = expect<T>(id);
    child.stdin.write(`${JSON.stringify({ id, ...request })}\n`);
    return answer;
  };
  // Tables that Spark has: they are sent once.
  const tables = new Map<readonly Cells[], number>();
  const { version } = await expect<{ version: string }>(0).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  // An idle Spark keeps no process of tests from ending.
  child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr]) (stream as Socket).unref();
  const server: SparkServer = {
    version,
    evaluate(expressions, rows, columns) {
      const known = tables.get(rows);
      const table = known ?? tables.size;
      tables.set(rows, table);
      const sent = known === undefined ? { rows, columns } : {};
      return ask({ do: 'evaluate', settings: SPARK_SETTINGS, expressions, table, ...sent });
    },
    runPlan: (plan, rows, options = {}) => ask({ do: 'plan', plan, rows, ...options }),
    runPlans: (plans) => ask({ do: 'plans', plans }),
    sweep: (expressions) => ask({ do: 'sweep', settings: SPARK_SETTINGS, expressions }),
    runJob: (args) => ask({ do: 'job', arguments: args }),
    setCredentials: (path, entries = {}) => ask({ do: 'credentials', path, entries }),
    async close() {
      child.stdin.end();
      await ended(child, exited);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  return { server, isAlive: () => child.exitCode === null && child.signalCode === null };
}

async function ended(child: ChildProcess, exited: Promise<void>): Promise<void> {
  const limit = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await exited;
  clearTimeout(limit);
}
