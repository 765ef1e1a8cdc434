import { type Fault, isFault } from '../../shared/contract/errors';
import type { Edit } from '../../shared/document/edit';
import { faultFrom } from './fault';
import type { HostClient } from './host';
import type { SaveState } from './model';

type Waiting = { readonly source: string; readonly edit: Edit };

export type EditQueue = {
  /** Puts an edit last; it is sent once all before it are saved. */
  push(source: string, edit: Edit): void;
  /** Tries a failed save again at once. */
  retry(): void;
  /** Resolves once everything is saved; rejects with the fault of a save that failed. */
  settled(): Promise<void>;
  /** Forgets everything: the project at this path is open, whose last edit had this number. */
  reset(project: string, last: number): void;
};

/** What trying again does not mend: the host has other rules by now than those the edit was made for. */
export const isOvertaken = (fault: Fault): boolean => isFault(fault, 'project.sequence', 'project.other');

const RETRY_MS = [1_000, 2_000, 5_000, 10_000, 30_000];

/** Sends edits one by one in their order, with a running number; a failed one is kept and tried again. */
export function createEditQueue(
  host: HostClient,
  report: (state: SaveState) => void,
  wait: (task: () => void, milliseconds: number) => () => void = waitBy,
): EditQueue {
  let waiting: Waiting[] = [];
  const window = crypto.randomUUID();
  let project = '';
  let sequence = 1;
  let generation = 0;
  let running = false;
  let failures = 0;
  let cancelRetry = () => {};
  let failed: (SaveState & { status: 'failed' }) | null = null;
  let listeners: ((fault: Fault | null) => void)[] = [];

  const tell = (fault: Fault | null) => {
    const told = listeners;
    listeners = [];
    for (const listener of told) listener(fault);
  };

  async function run() {
    if (running) return;
    running = true;
    cancelRetry();
    const mine = generation;
    let at: string | null = null;
    while (mine === generation) {
      const next = waiting[0];
      if (!next) break;
      report({ status: 'saving', pending: waiting.length });
      try {
        at = (await host.call('project.edit', { ...next, project, window, sequence })).saved;
      } catch (error) {
        if (mine !== generation) return;
        running = false;
        const delay = RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)] ?? 30_000;
        const fault = faultFrom(error);
        cancelRetry = isOvertaken(fault) ? () => {} : wait(() => void run(), delay);
        failed = { status: 'failed', pending: waiting.length, fault };
        report(failed);
        tell(fault);
        return;
      }
      if (mine !== generation) return;
      failures = 0;
      failed = null;
      sequence++;
      waiting.shift();
    }
    running = false;
    report({ status: 'saved', at });
    tell(null);
  }

  return {
    push(source, edit) {
      waiting.push({ source, edit });
      if (failed && !running) report({ ...failed, pending: waiting.length });
      else void run();
    },
    retry: () => void run(),
    settled: () =>
      waiting.length === 0
        ? Promise.resolve()
        : new Promise((resolve, reject) => {
            listeners.push((fault) => (fault ? reject(fault) : resolve()));
          }),
    reset(path, last) {
      generation++;
      project = path;
      cancelRetry();
      waiting = [];
      sequence = last + 1;
      failures = 0;
      failed = null;
      running = false;
      report({ status: 'saved', at: null });
      tell(null);
    },
  };
}

function waitBy(task: () => void, milliseconds: number): () => void {
  const timer = setTimeout(task, milliseconds);
  return () => clearTimeout(timer);
}
