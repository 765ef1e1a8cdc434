import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { SPARK_SETTINGS, type SparkPlan } from '../../shared/compile/spark';
import type { PointAnswers } from './point-answers';
import { joinSpark } from './shared-spark';
import { type Channel, type Line, startSpark } from './spark-process';

export type Cells = readonly (string | null)[];
export type SparkTrace = {
  readonly measures: Readonly<Record<string, number>>;
  /** Index of the row that each came from. */
  readonly from: readonly number[];
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

/** A Spark session that answers several requests at a time. */
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
  /** For each expression over `c0`: the code points whose answer differs from them. */
  sweep(expressions: readonly string[]): Promise<PointAnswers[]>;
  /** The exit code of the job. */
  runJob(args: readonly string[]): Promise<number>;
  /** Makes a new keystore of these credentials the cluster’s provider; null takes the provider away. */
  setCredentials(path: string | null, entries?: Readonly<Record<string, string>>): Promise<void>;
  close(): Promise<void>;
};

type Waiting = { resolve(value: never): void; reject(error: Error): void };
type Opened = { readonly server: SparkServer; readonly isOpen: () => boolean };
let shared: Promise<Opened> | undefined;

/**
 * Spark in local mode, on loopback. All tests share the third line's, so closing leaves that one alone; it ends with
 * them. Where no process is there to hold it, this one starts one of its own. Closing ends a Spark 4, and one of its
 * `own`.
 */
export async function startSparkServer(line: Line = 3, { own = line !== 3 } = {}): Promise<SparkServer> {
  if (own) return (await open(await startSpark(line))).server;
  if (!shared || !(await shared).isOpen()) shared = openShared();
  return { ...(await shared).server, close: async () => {} };
}

async function openShared(): Promise<Opened> {
  const place = inject('sparkSocket');
  return open(place === undefined ? await startSpark(3) : joinSpark(place));
}

async function open(channel: Channel): Promise<Opened> {
  const waiting = new Map<string, Waiting>();
  let isOpen = true;
  channel.listen(
    (text) => {
      const space = text.indexOf(' ');
      const one = waiting.get(text.slice(0, space));
      waiting.delete(text.slice(0, space));
      const { answer, error } = JSON.parse(text.slice(space)) as { answer?: never; error?: string };
      if (error === undefined) one?.resolve(answer as never);
      else one?.reject(new Error(error));
    },
    (complaints) => {
      isOpen = false;
      for (const one of waiting.values()) one.reject(new Error(complaints));
    },
  );
  const expect = <T>(id: number) =>
    new Promise<T>((resolve, reject) => {
      if (!isOpen) throw new Error('Spark has ended.');
      waiting.set(String(id), { resolve: resolve as Waiting['resolve'], reject });
    });
  let next = 0;
  const ask = <T>(request: Record<string, unknown>): Promise<T> => {
    const id = ++next;
    const answer = expect<T>(id);
    channel.send(`${id} ${JSON.stringify(request)}`);
    return answer;
  };
  // Tables that Spark has: they are sent once.
  const tables = new Map<readonly Cells[], string>();
  const { version } = await expect<{ version: string }>(0);
  // An idle Spark keeps no process of tests from ending.
  channel.unref();
  const server: SparkServer = {
    version,
    evaluate(expressions, rows, columns) {
      const known = tables.get(rows);
      const table = known ?? randomUUID();
      tables.set(rows, table);
      const sent = known === undefined ? { rows, columns } : {};
      return ask({ do: 'evaluate', settings: SPARK_SETTINGS, expressions, table, ...sent });
    },
    runPlan: (plan, rows, options = {}) => ask({ do: 'plan', plan, rows, ...options }),
    runPlans: (plans) => ask({ do: 'plans', plans }),
    sweep: (expressions) => ask({ do: 'sweep', settings: SPARK_SETTINGS, expressions }),
    runJob: (args) => ask({ do: 'job', arguments: args }),
    setCredentials: (path, entries = {}) => ask({ do: 'credentials', path, entries }),
    close: channel.close,
  };
  return { server, isOpen: () => isOpen };
}
