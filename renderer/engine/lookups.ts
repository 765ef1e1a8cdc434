import { Fault } from '../../shared/contract/errors';
import type { PhoneOptions } from '../../shared/lookup/phone-options';
import type { CancelSignal } from '../../shared/ports/signal';
import type { LookupAnswerer } from '../../shared/trace/trace';

type Texts = readonly (string | null)[];
export type PhoneQuestion = {
  readonly id: number;
  readonly numbers: Texts;
  readonly regions: Texts;
  readonly options: PhoneOptions;
};
export type PhoneReply = { readonly id: number; readonly numbers: Texts; readonly extensions: Texts };

/** The worker as this side sees it. */
export type PhoneWorker = {
  ask(question: PhoneQuestion): void;
  /** `failed` is told when the worker cannot be started or has crashed; it answers nothing more. */
  listen(listener: (reply: PhoneReply) => void, failed: () => void): void;
  end(): void;
};

/** Phone lookups of the window: answered in a worker of their own, each input once. */
export type Phones = {
  /** Answers for the whole sample; gives way to urgent ones. */
  readonly answer: LookupAnswerer;
  /** Answers for the rows on screen. */
  readonly answerUrgently: LookupAnswerer;
};

/** Inputs sent at once: about 10 ms of work, which is how long an urgent question waits. */
const PART = 500;
const MOST_REMEMBERED = 1_000_000;

type Answer = readonly [number: string | null, extension: string | null];
type Job = {
  readonly question: Omit<PhoneQuestion, 'id'>;
  readonly done: (reply: PhoneReply) => void;
  readonly fail: (error: unknown) => void;
};

const lost = () =>
  new Fault({
    code: 'engine.phone',
    message: 'Phone numbers cannot be looked up: the part of the window that does so has stopped.',
    unaffected: 'The rules are saved, and steps before the phone step are shown.',
    advice: 'Change the step to try again, or open the window anew.',
  });
const cancelled = () => new Fault({ code: 'cancelled', message: 'The lookup was given up.' });

/** Starts the worker with the first question. */
export function createPhones(start: () => PhoneWorker): Phones {
  const remembered = new Map<string, Answer>();
  const waiting: Record<'urgent' | 'patient', Job[]> = { urgent: [], patient: [] };
  let worker: PhoneWorker | null = null;
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
        job?.done(reply);
        next();
      }, crashed);
    }
    worker.ask({ id: ++lastId, ...busy.question });
  }

  const ask = (queue: Job[], question: Job['question']): Promise<PhoneReply> =>
    new Promise((done, fail) => {
      queue.push({ question, done, fail });
      next();
    });

  async function answer(
    queue: Job[],
    options: PhoneOptions,
    [numbers = [], regions = []]: readonly Texts[],
    signal: CancelSignal | undefined,
  ): Promise<readonly Texts[]> {
    const keyAt = (i: number) =>
      JSON.stringify([options.format, options.extension, regions[i] ?? null, numbers[i]]);
    const keys = numbers.map((_, i) => keyAt(i));
    const unknown = [...keys.keys()].filter((i) => !remembered.has(keys[i] ?? ''));
    if (remembered.size + unknown.length > MOST_REMEMBERED) remembered.clear();
    const found = new Map<string, Answer>();
    for (let from = 0; from < unknown.length; from += PART) {
      if (signal?.aborted) throw cancelled();
      const part = unknown.slice(from, from + PART);
      const pick = (texts: Texts) => part.map((i) => texts[i] ?? null);
      const reply = await ask(queue, { numbers: pick(numbers), regions: pick(regions), options });
      for (const [at, i] of part.entries()) {
        const one: Answer = [reply.numbers[at] ?? null, reply.extensions[at] ?? null];
        remembered.set(keys[i] ?? '', one);
        found.set(keys[i] ?? '', one);
      }
    }
    const answers = keys.map((key) => remembered.get(key) ?? found.get(key) ?? [null, null]);
    return [answers.map(([number]) => number), answers.map(([, extension]) => extension)];
  }

  return {
    answer: ({ options }, inputs, signal) => answer(waiting.patient, options, inputs, signal),
    answerUrgently: ({ options }, inputs, signal) => answer(waiting.urgent, options, inputs, signal),
  };
}

/** The window's phone lookups. */
export const startPhones = (): Phones =>
  createPhones(() => {
    // In one expression: the bundler knows a worker by this form only.
    const worker = new Worker(new URL('./phone.worker.ts', import.meta.url), {
      type: 'module',
      name: 'phones',
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
  });
