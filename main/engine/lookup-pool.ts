import { existsSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Fault } from '../../shared/contract/errors';
import { answerHere } from '../../shared/lookup/registry';
import type { LookupAnswers, LookupReply, LookupRequest } from './lookup-worker';

const WORKERS = 2;
// Beside whatever was bundled: out/cli/main.js, out/web/main.js. Unbundled, as in unit tests, there is none.
const SCRIPT = fileURLToPath(new URL('../engine/lookup-worker.js', import.meta.url));

type Job = {
  readonly request: LookupRequest;
  readonly resolve: (answers: LookupAnswers) => void;
  readonly reject: (error: unknown) => void;
};

const waiting: Job[] = [];
const idle: Worker[] = [];
let started = 0;

const crashed = (cause: unknown) =>
  new Fault({
    code: 'engine.lookup',
    message: 'The worker that answers lookups stopped.',
    unaffected: 'Nothing was written.',
    advice: 'Run again.',
    cause,
  });

function startWorker(): Worker {
  started++;
  const worker = new Worker(SCRIPT);
  // A process that has nothing else to do may end.
  worker.unref();
  return worker;
}

function give(worker: Worker, { request, resolve, reject }: Job): void {
  const settle = () => {
    worker.off('message', answered).off('error', lost).off('exit', lost);
    worker.unref();
  };
  const answered = (reply: LookupReply) => {
    settle();
    idle.push(worker);
    if ('fault' in reply) reject(Fault.fromJSON(reply.fault));
    else resolve(reply.answers);
    next();
  };
  const lost = (cause: unknown) => {
    settle();
    started--;
    void worker.terminate();
    reject(crashed(cause));
    next();
  };
  worker.ref();
  worker.once('message', answered).once('error', lost).once('exit', lost);
  worker.postMessage(request);
}

function next(): void {
  const job = waiting[0];
  const worker = job && (idle.pop() ?? (started < WORKERS ? startWorker() : undefined));
  if (!worker) return;
  waiting.shift();
  give(worker, job);
}

async function answerInPlace({ kind, inputs }: LookupRequest): Promise<LookupAnswers> {
  await setImmediate();
  return answerHere(kind, inputs);
}

/** Answers a part of a lookup in one of a few workers; without the workers' script, on this thread. */
export function askPool(request: LookupRequest): Promise<LookupAnswers> {
  if (!existsSync(SCRIPT)) return answerInPlace(request);
  return new Promise((resolve, reject) => {
    waiting.push({ request, resolve, reject });
    next();
  });
}
