import { Fault, type FaultJson } from '../../shared/contract/errors';
import { type FindKey, type Key, requireKey } from '../../shared/lookup/key';
import type { Texts } from '../../shared/lookup/lookup';
import { isWhole, keyIn, type LookupKind, lookupOf } from '../../shared/lookup/registry';
import type { CancelSignal } from '../../shared/ports/signal';
import type { LookupAnswerer } from '../../shared/trace/trace';

export type LookupQuestion = {
  readonly id: number;
  readonly kind: LookupKind;
  readonly inputs: readonly Texts[];
  /** The secret key that it needs. */
  readonly key?: Key;
};
export type LookupReply = {
  readonly id: number;
  readonly answers: readonly Texts[];
  /** Why there are none. */
  readonly fault?: FaultJson;
};

/** The worker as this side sees it. */
export type LookupWorker = {
  ask(question: LookupQuestion): void;
  /** `failed` is told when the worker cannot be started or has crashed; it answers nothing more. */
  listen(listener: (reply: LookupReply) => void, failed: () => void): void;
  end(): void;
};

/** Lookups of the window: answered in a worker of their own; what was expensive is asked once. */
export type Lookups = {
  /** Answers for the whole sample; gives way to urgent ones. */
  readonly answer: LookupAnswerer;
  /** Answers for the rows on screen. */
  readonly answerUrgently: LookupAnswerer;
};

/** Inputs sent at once: about 10 ms of work, which is how long an urgent question waits. */
const PART = { heavy: 500, light: 4000 };
const MOST_REMEMBERED = 1_000_000;

type Job = {
  readonly question: Omit<LookupQuestion, 'id'>;
  readonly done: (reply: LookupReply) => void;
  readonly fail: (error: unknown) => void;
};

const lost = () =>
  new Fault({
    code: 'engine.lookup',
    message: 'Answers cannot be looked up: the part of the window that does so has stopped.',
    unaffected: 'The rules are saved, and steps before the one that asked are shown.',
    advice: 'Change the step to try again, or open the window anew.',
  });
const cancelled = () => new Fault({ code: 'cancelled', message: 'The lookup was given up.' });

/** Starts the worker with the first question. */
export function createLookups(start: () => LookupWorker, find: FindKey = async () => null): Lookups {
  const remembered = new Map<string, Texts>();
  const waiting: Record<'urgent' | 'patient', Job[]> = { urgent: [], patient: [] };
  let worker: LookupWorker | null = null;
  let busy: Job | null = null;
  let lastId = 0;

  /** The question under way fails; the next one starts a new worker. */
  function crashed() {
    worker?.end();
    worker = null;
    const job = busy;
    busy = null;
    job?.fail(lost());
    next();
  }

  function next() {
    if (busy) return;
    busy = waiting.urgent.shift() ?? waiting.patient.shift() ?? null;
    if (!busy) return;
    if (!worker) {
      worker = start();
      worker.listen((reply) => {
        const job = busy;
        busy = null;
        if (reply.fault) job?.fail(Fault.fromJSON(reply.fault));
        else job?.done(reply);
        next();
      }, crashed);
    }
    worker.ask({ id: ++lastId, ...busy.question });
  }

  const ask = (queue: Job[], question: Job['question']): Promise<LookupReply> =>
    new Promise((done, fail) => {
      queue.push({ question, done, fail });
      next();
    });

  async function answer(
    queue: Job[],
    kind: LookupKind,
    inputs: readonly Texts[],
    signal: CancelSignal | undefined,
  ): Promise<readonly Texts[]> {
    const { heavy, outputs } = lookupOf(kind.lookup);
    const needed = keyIn(kind);
    const key = needed && { key: await requireKey(needed, find) };
    const rows = inputs[0]?.length ?? 0;
    if (isWhole(kind.lookup)) return (await ask(queue, { kind, inputs })).answers;
    const asker = JSON.stringify([kind.lookup, kind.options]);
    const keyAt = (row: number) => asker + JSON.stringify(inputs.map((column) => column[row] ?? null));
    const keys = Array.from({ length: heavy ? rows : 0 }, (_, row) => keyAt(row));
    const found: (Texts | undefined)[] = keys.map((key) => remembered.get(key));
    const unknown = Array.from({ length: rows }, (_, row) => row).filter((row) => !found[row]);
    if (remembered.size + unknown.length > MOST_REMEMBERED) remembered.clear();
    const size = heavy ? PART.heavy : PART.light;
    for (let from = 0; from < unknown.length; from += size) {
      if (signal?.aborted) throw cancelled();
      const part = unknown.slice(from, from + size);
      const asked = inputs.map((column) => part.map((row) => column[row] ?? null));
      const { answers } = await ask(queue, { kind, inputs: asked, ...key });
      for (const [at, row] of part.entries()) {
        const one = answers.map((column) => column[at] ?? null);
        found[row] = one;
        if (heavy) remembered.set(keys[row] ?? '', one);
      }
    }
    return outputs.map((_, o) => Array.from({ length: rows }, (_, row) => found[row]?.[o] ?? null));
  }

  const kindOf = ({ lookup, options }: LookupKind): LookupKind => ({ lookup, options });
  return {
    answer: (lookup, inputs, signal) => answer(waiting.patient, kindOf(lookup), inputs, signal),
    answerUrgently: (lookup, inputs, signal) => answer(waiting.urgent, kindOf(lookup), inputs, signal),
  };
}

/** The window's lookups. */
export const startLookups = (find: FindKey): Lookups =>
  createLookups(() => {
    // In one expression: the bundler knows a worker by this form only.
    const worker = new Worker(new URL('./lookup.worker.ts', import.meta.url), {
      type: 'module',
      name: 'lookups',
    });
    return {
      ask: (question) => worker.postMessage(question),
      listen(listener, failed) {
        worker.addEventListener('message', ({ data }) => listener(data));
        worker.addEventListener('error', failed);
        worker.addEventListener('messageerror', failed);
      },
      end: () => worker.terminate(),
    };
  }, find);
