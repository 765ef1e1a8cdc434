import type { CallName, Contract, EventData, EventName, Input, Output, Progress } from '../contract/define';
import { Fault, isFault } from '../contract/errors';
import type { CancelSignal } from '../ports/signal';
import { cancelled } from './failure';
import { type Response, readResponse } from './frames';
import { malformed } from './malformed';
import type { Transport } from './transport';
import { findUnfit, limits } from './wire';

export type CallOptions<C extends Contract, N extends CallName<C>> = {
  /** Aborting rejects the call at once with a Fault `cancelled` and tells the host to stop. */
  signal?: CancelSignal;
  onProgress?: (value: Progress<C, N>) => void;
};

export type Client<C extends Contract> = {
  /** @throws Fault of the call, `rpc.closed` when the connection is gone, or `cancelled` */
  call: <N extends CallName<C>>(
    name: N,
    input: Input<C, N>,
    options?: CallOptions<C, N>,
  ) => Promise<Output<C, N>>;
  /** Listens until the returned function is called. */
  on: <N extends EventName<C>>(name: N, listener: (data: EventData<C, N>) => void) => () => void;
  /** Told once, and why, when the connection is gone, also when that was before. */
  onClose: (listener: (reason: Fault) => void) => void;
  close: () => void;
};

type Pending = {
  resolve: (output: unknown) => void;
  reject: (fault: Fault) => void;
  progress: (value: unknown) => void;
};

/** A typed client of the contract. What the host sends is checked for its form, not against the contract. */
export function createClient<C extends Contract>(transport: Transport, _contract: C): Client<C> {
  const pending = new Map<number, Pending>();
  // Given up, but the host has yet to answer.
  const abandoned = new Set<number>();
  const listeners = new Map<string, Set<(data: never) => void>>();
  const closeListeners = new Set<(reason: Fault) => void>();
  let lastId = 0;
  let ended: Fault | null = null;

  const call: Client<C>['call'] = (name, input, { signal, onProgress } = {}) =>
    new Promise((resolve, reject) => {
      if (ended !== null) return reject(connectionClosed());
      if (signal?.aborted) return reject(cancelled());
      const unfit = findUnfit(input, limits.requestBytes);
      if (unfit !== null) return reject(unfitInput(name, unfit));
      const id = ++lastId;
      const abort = () => {
        pending.delete(id);
        abandoned.add(id);
        transport.send({ kind: 'cancel', id });
        reject(cancelled());
      };
      signal?.addEventListener('abort', abort, { once: true });
      const settle = () => signal?.removeEventListener('abort', abort);
      pending.set(id, {
        resolve: (output) => {
          settle();
          resolve(output as Output<C, typeof name>);
        },
        reject: (fault) => {
          settle();
          reject(fault);
        },
        progress: (value) => onProgress?.(value as Progress<C, typeof name>),
      });
      transport.send({ kind: 'call', id, name, input });
    });

  const on: Client<C>['on'] = (name, listener) => {
    const group = listeners.get(name) ?? new Set();
    listeners.set(name, group.add(listener));
    return () => {
      group.delete(listener);
    };
  };

  function receive(message: unknown): void {
    if (ended !== null) return;
    try {
      deliver(readResponse(message, limits.responseBytes));
    } catch (error) {
      end(isFault(error) ? error : malformed('it cannot be read'));
      transport.close();
    }
  }

  function deliver(response: Response): void {
    if (response.kind === 'event') {
      for (const listener of listeners.get(response.name) ?? [])
        isolate(() => listener(response.data as never));
      return;
    }
    const { id } = response;
    const waiting = pending.get(id);
    if (waiting === undefined) {
      if (!abandoned.has(id)) throw malformed('it answers a call that was never made');
      if (response.kind !== 'progress') abandoned.delete(id);
      return;
    }
    if (response.kind === 'progress') {
      isolate(() => waiting.progress(response.value));
      return;
    }
    pending.delete(id);
    if (response.kind === 'result') waiting.resolve(response.output);
    else waiting.reject(Fault.fromJSON(response.fault));
  }

  function end(reason: Fault): void {
    if (ended !== null) return;
    ended = reason;
    for (const waiting of [...pending.values()]) waiting.reject(connectionClosed());
    pending.clear();
    for (const listener of closeListeners) isolate(() => listener(reason));
  }

  function onClose(listener: (reason: Fault) => void): void {
    const reason = ended;
    if (reason === null) closeListeners.add(listener);
    else isolate(() => listener(reason));
  }

  function close(): void {
    end(connectionClosed());
    transport.close();
  }

  transport.start({ receive, closed: () => end(connectionClosed()) });
  return { call, on, onClose, close };
}

/** Runs a listener so that its failure is reported, and does not reach the connection or other listeners. */
function isolate(work: () => void): void {
  try {
    work();
  } catch (error) {
    Promise.reject(error);
  }
}

function connectionClosed(): Fault {
  return new Fault({
    code: 'rpc.closed',
    message: 'The connection to the host is closed.',
    unaffected: 'Edits that were marked as saved are in the project file.',
    advice: 'Reload the window; if that does not help, start the program again.',
  });
}

function unfitInput(name: string, what: string): Fault {
  return new Fault({
    code: 'rpc.invalid-input',
    message: `What was asked for (${name}) cannot be sent: ${what}.`,
    unaffected: 'Nothing was done.',
  });
}
