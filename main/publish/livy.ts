import { z } from 'zod';
import { Fault, isFault } from '../../shared/contract/errors';
import { createRest, type RestOptions } from '../http/rest';

const STATES = [
  'not_started',
  'starting',
  'recovering',
  'idle',
  'running',
  'busy',
  'shutting_down',
  'error',
  'dead',
  'killed',
  'success',
] as const;

/** Livy's own states, and `unknown` for one that this version does not know. */
export type LivyState = (typeof STATES)[number] | 'unknown';

/** States that a batch never leaves. `success` alone proves nothing: the run report does (LIVY-620). */
export const FINAL_STATES: ReadonlySet<LivyState> = new Set(['error', 'dead', 'killed', 'success']);

const batch = z.object({
  id: z.int(),
  name: z
    .string()
    .nullish()
    .transform((name) => name ?? null),
  owner: z
    .string()
    .nullish()
    .transform((owner) => owner ?? null),
  state: z.enum([...STATES, 'unknown']).catch('unknown'),
  appId: z
    .string()
    .nullish()
    .transform((id) => id ?? null),
  log: z
    .array(z.string())
    .nullish()
    .transform((log) => log ?? []),
});

/** A batch as Livy describes it. `appId` is YARN's id once there is one; `log` the newest few lines. */
export type LivyBatch = z.infer<typeof batch>;

const listing = z.object({ from: z.int(), total: z.int(), sessions: z.array(batch) });
const logLines = z.object({ from: z.int(), total: z.int(), log: z.array(z.string()) });
const nothing = z.unknown();

/** What to run. Files are HDFS URLs; master and deploy mode are the server's to decide. */
export type LivySubmission = {
  file: string;
  args?: string[];
  pyFiles?: string[];
  jars?: string[];
  files?: string[];
  archives?: string[];
  conf?: Record<string, string>;
  queue?: string;
  driverMemory?: string;
  driverCores?: number;
  executorMemory?: string;
  executorCores?: number;
  numExecutors?: number;
};

const SERVER_DECIDES = ['spark.master', 'spark.submit.deployMode'];
const MAYBE_STARTED = 'Nothing else was changed; the run may or may not have started.';

type Cancel = { signal?: AbortSignal | undefined };

/** Livy's batches. Failures are `Fault`s with a `livy.` code; an aborted call throws its signal's reason. */
export type Livy = ReturnType<typeof createLivy>;

export function createLivy({
  requestedBy = 'dataharmonize',
  ...options
}: RestOptions & { requestedBy?: string }) {
  const rest = createRest({ name: 'Livy', prefix: 'livy', errorWords }, options);
  const headers = { 'x-requested-by': requestedBy };
  const read = (path: string, { signal }: Cancel) =>
    ({ method: 'GET', path, headers, signal, unaffected: 'The run is not affected.' }) as const;

  /**
   * Submits once. Codes that matter: `livy.duplicate-name` when a batch of that name is known already, and
   * `livy.reply-lost` when the batch may have been made without our learning of it (also when `signal` aborts
   * under way): look for the run by its name and YARN tag before submitting again. After `livy.refused` Livy
   * keeps the name, as a batch that stays `starting` and never gets an `appId`; submit again under another name.
   */
  async function submit(
    submission: LivySubmission,
    { name, signal }: Cancel & { name: string },
  ): Promise<LivyBatch> {
    const forbidden = Object.keys(submission.conf ?? {}).filter((key) => SERVER_DECIDES.includes(key));
    if (forbidden.length > 0) {
      throw new Fault({
        code: 'livy.refused',
        message: `A submission must not set ${forbidden.join(' and ')}: the server decides it.`,
        unaffected: 'Nothing was sent.',
        advice: "Remove it from the run's Spark settings.",
        details: { delivered: false },
      });
    }
    signal?.throwIfAborted();
    const json = { ...submission, name };
    const call = {
      method: 'POST',
      path: '/batches',
      headers,
      json,
      signal,
      unaffected: 'No run was started.',
    } as const;
    try {
      return await rest.ask(call, batch);
    } catch (error) {
      throw submitFault(error, name, rest.host);
    }
  }

  /** Every batch Livy still remembers, oldest first. */
  async function list(cancel: Cancel = {}): Promise<LivyBatch[]> {
    // one page: batches that are forgotten while paging would shift the rest past us
    for (let size = 1000; ; ) {
      const query = { from: '0', size: String(size) };
      const { sessions, total } = await rest.ask({ ...read('/batches', cancel), query }, listing);
      if (sessions.length >= total || sessions.length < size) return sessions;
      size = total + 1000;
    }
  }

  /** The batch of a name, or null. Livy forgets batches when it restarts or some time after they end. */
  async function find(name: string, cancel: Cancel = {}): Promise<LivyBatch | null> {
    return (await list(cancel)).find((each) => each.name === name) ?? null;
  }

  /** A batch by its id, or null when Livy does not know it (any more). */
  async function get(id: number, cancel: Cancel = {}): Promise<LivyBatch | null> {
    return nullIfForgotten(rest.ask(read(`/batches/${id}`, cancel), batch));
  }

  /** Lines of what spark-submit printed, the newest when `from` is left out; null when Livy forgot the batch. */
  async function log(
    id: number,
    { from, size = 100, signal }: Cancel & { from?: number; size?: number } = {},
  ) {
    const query = { size: String(size), ...(from !== undefined && { from: String(from) }) };
    return nullIfForgotten(rest.ask({ ...read(`/batches/${id}/log`, { signal }), query }, logLines));
  }

  /** Ends a batch and its YARN application; false when Livy does not know it. */
  async function remove(id: number, { signal }: Cancel = {}): Promise<boolean> {
    const unaffected = 'The run goes on as it was.';
    const call = { method: 'DELETE', path: `/batches/${id}`, headers, signal, unaffected } as const;
    return (await nullIfForgotten(rest.ask(call, nothing).then(() => true))) ?? false;
  }

  return { submit, list, find, get, log, delete: remove, close: rest.close };
}

function errorWords(body: unknown): string | undefined {
  const parsed = z.union([z.string(), z.object({ msg: z.string() })]).safeParse(body);
  if (!parsed.success) return undefined;
  return typeof parsed.data === 'string' ? parsed.data : parsed.data.msg;
}

async function nullIfForgotten<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (isFault(error, 'livy.not-found')) return null;
    throw error;
  }
}

function submitFault(error: unknown, name: string, host: string): unknown {
  if (isFault(error)) {
    if (/duplicate session name/i.test(String(error.details?.said))) {
      return new Fault({
        code: 'livy.duplicate-name',
        message: `Livy already has a run named ${name}.`,
        unaffected: 'No second run was started.',
        advice: 'Follow the run that is there.',
        details: { ...error.details, name },
        cause: error,
      });
    }
    if (error.details?.delivered === false) return error;
  }
  return new Fault({
    code: 'livy.reply-lost',
    message: `Livy's answer to the submission of ${name} did not arrive.`,
    unaffected: MAYBE_STARTED,
    advice: 'Look for the run by its name before starting it again.',
    details: { name, host, reason: isFault(error) ? error.code : 'aborted' },
    cause: error,
  });
}
