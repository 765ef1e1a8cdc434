import type { z } from 'zod';
import type { CallName, Contract, Emit, Handlers } from '../contract/define';
import { Fault } from '../contract/errors';
import type { CancelSignal } from '../ports/signal';
import { describeFailure, type FailureRecord } from './failure';
import { describeIssue, type Frame, type Request, readRequest } from './frames';
import { malformed } from './malformed';
import type { Transport } from './transport';
import { findUnfit, limits } from './wire';

declare const AbortController: new () => Work;

export type ServerOptions = {
  /** Told of failures nobody foresaw, and why a connection was closed. */
  log: (record: FailureRecord) => void;
  /** Also holds outputs, progress and events against the contract: for development and tests. */
  checkOutputs?: boolean;
  /** Most bytes of one request. */
  maxBytes?: number;
  onClose?: () => void;
};

export type Server<C extends Contract> = { emit: Emit<C>; close: () => void };

type Work = { readonly signal: CancelSignal; abort(): void };
type Context = { signal: CancelSignal; progress: (value: unknown) => void; emit: Emit<Contract> };
type AnyHandler = (input: unknown, context: Context) => Promise<unknown>;

/**
 * Serves the contract to one connection. Every input is validated before its handler sees it; a failure
 * answers the call with a fault. A malformed message closes the connection, and closing aborts what runs.
 */
export function createServer<C extends Contract>(
  transport: Transport,
  contract: C,
  handlers: Handlers<C>,
  options: ServerOptions,
): Server<C> {
  const maxBytes = options.maxBytes ?? limits.requestBytes;
  const running = new Map<number, Work>();
  let lastId = 0;
  let open = true;

  function receive(message: unknown): void {
    if (!open) return;
    try {
      const request = readRequest(message, maxBytes);
      if (request.kind === 'cancel') running.get(request.id)?.abort();
      else begin(request);
    } catch (error) {
      const reason = error instanceof Fault ? `${error.code}: ${error.message}` : String(error);
      options.log({ reference: '', call: 'connection', error: reason, frames: [] });
      close();
    }
  }

  function begin({ id, name, input }: Request & { kind: 'call' }): void {
    if (id <= lastId) throw malformed('a call came with an id used before');
    lastId = id;
    const work = new AbortController();
    const isBusy = running.size >= limits.calls;
    running.set(id, work);
    const progress = (value: unknown) => {
      check(contract.calls[name]?.progress, value, `progress of ${name}`);
      if (running.has(id)) post({ kind: 'progress', id, value });
    };
    const answer = isBusy
      ? Promise.reject(busy())
      : run(name, input, { signal: work.signal, progress, emit });
    answer.then(
      (output) => finish(id, { kind: 'result', id, output }),
      (error: unknown) =>
        finish(id, { kind: 'error', id, fault: describeFailure(error, name, work.signal, options.log) }),
    );
  }

  async function run(name: string, input: unknown, context: Context): Promise<unknown> {
    const definition = Object.hasOwn(contract.calls, name) ? contract.calls[name] : undefined;
    if (definition === undefined) throw unknownCall(name);
    const outcome = definition.input.safeParse(input);
    if (!outcome.success) throw invalidInput(name, outcome.error);
    const handler = handlers[name as CallName<C>] as unknown as AnyHandler;
    const output = await handler(outcome.data, context);
    check(definition.output, output, `output of ${name}`);
    return output;
  }

  function emit(name: string, data: unknown): void {
    check(contract.events[name], data, `event ${name}`);
    post({ kind: 'event', name, data });
  }

  /** What we send ourselves is wrong only by a mistake in the program. */
  function check(schema: z.ZodType | undefined, value: unknown, what: string): void {
    const unfit = findUnfit(value, limits.responseBytes);
    if (unfit !== null) throw breach(`${what}: ${unfit}`);
    if (!options.checkOutputs) return;
    if (schema === undefined) throw breach(`${what}: not in the contract`);
    const outcome = schema.safeParse(value);
    if (!outcome.success) throw breach(`${what}: ${describeIssues(outcome.error)}`);
  }

  function finish(id: number, frame: Frame): void {
    running.delete(id);
    post(frame);
  }

  function post(frame: Frame): void {
    if (open) transport.send(frame);
  }

  function close(): void {
    transport.close();
    closed();
  }

  function closed(): void {
    if (!open) return;
    open = false;
    for (const work of running.values()) work.abort();
    options.onClose?.();
  }

  transport.start({ receive, closed });
  return { emit: emit as Emit<C>, close };
}

function describeIssues(error: z.ZodError): string {
  const shown = error.issues.slice(0, 3).map(describeIssue);
  const more = error.issues.length - shown.length;
  return shown.join('; ') + (more > 0 ? `; and ${more} more` : '');
}

/** An error whose log line names the breach: schemas speak of keys and types, never of values. */
function breach(what: string): Error {
  return Object.assign(new Error(what), { name: 'ContractBreach', code: what });
}

function unknownCall(name: string): Fault {
  return new Fault({
    code: 'rpc.unknown-call',
    message: `The host does not know the call "${name}".`,
    advice: 'The window and the host seem to be of different versions: start the program again.',
  });
}

function invalidInput(name: string, error: z.ZodError): Fault {
  return new Fault({
    code: 'rpc.invalid-input',
    message: `What was asked for (${name}) is not valid: ${describeIssues(error)}.`,
    unaffected: 'Nothing was done.',
    place: { path: error.issues[0]?.path.map(String).join('.') ?? '' },
  });
}

function busy(): Fault {
  return new Fault({
    code: 'rpc.busy',
    message: `The host already works on ${limits.calls} calls of this window.`,
    unaffected: 'What is running goes on.',
    advice: 'Wait for some of it to end, or cancel it.',
  });
}
