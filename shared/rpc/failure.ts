import { Fault, type FaultJson, isFault } from '../contract/errors';
import type { CancelSignal } from '../ports/signal';
import { findUnfit } from './wire';

declare const crypto: { randomUUID(): string };

/** What the host's log gets to know of a failure nobody foresaw. It holds no message: those may quote values. */
export type FailureRecord = {
  /** Also shown to the user, so that the two can be brought together. */
  reference: string;
  call: string;
  error: string;
  /** Where it was thrown, and where its causes were. */
  frames: string[];
};

const DETAILS_BYTES = 64 * 1024;

/** What a caller gets to know of a failed call. A failure that is not a Fault is told to `log`. */
export function describeFailure(
  error: unknown,
  call: string,
  signal: CancelSignal,
  log: (record: FailureRecord) => void,
): FaultJson {
  if (isFault(error)) return sendable(error);
  if (signal.aborted) return cancelled().toJSON();
  const reference = crypto.randomUUID().slice(0, 8);
  log({ reference, call, ...trace(error) });
  return new Fault({
    code: 'internal',
    message: `The program failed in a way it should not (${call}).`,
    unaffected: 'Your rules and files are as they were before.',
    advice: `Try again. If it fails again, report it with the reference ${reference}, which is also in the log.`,
    details: { reference },
  }).toJSON();
}

/** The fault of a call that its caller gave up. */
export function cancelled(): Fault {
  return new Fault({ code: 'cancelled', message: 'It was cancelled.' });
}

function sendable(fault: Fault): FaultJson {
  const { details, ...rest } = fault.toJSON();
  return details === undefined || findUnfit(details, DETAILS_BYTES) !== null ? rest : { ...rest, details };
}

function trace(error: unknown): { error: string; frames: string[] } {
  if (!(error instanceof Error)) return { error: typeof error, frames: [] };
  const code: unknown = Reflect.get(error, 'code');
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const cause = error.cause === undefined ? { error: '', frames: [] } : trace(error.cause);
  return {
    error:
      [error.name, ...(typeof code === 'string' ? [code] : [])].join(' ') +
      (cause.error && ` < ${cause.error}`),
    frames: [...frames.map((frame) => frame.trim()), ...cause.frames],
  };
}
