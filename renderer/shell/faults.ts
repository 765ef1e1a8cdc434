import { create } from 'zustand';
import { Fault } from '../../shared/contract/errors';
import { isCancelled } from '../state/fault';

/** What a steward is told of a failure. */
export type FaultWords = {
  readonly what: string;
  readonly lines: readonly string[];
  readonly unaffected: string | undefined;
  readonly advice: string | undefined;
  readonly code: string;
};

/** A failure in words. What is no Fault is a defect of the program and is called one. */
export function faultWords(error: unknown): FaultWords {
  if (error instanceof Fault) {
    const [what = '', ...lines] = error.message.split('\n');
    return { what, lines, unaffected: error.unaffected, advice: error.advice, code: error.code };
  }
  return {
    what: 'The program made a mistake.',
    lines: [error instanceof Error ? `${error.name}: ${error.message}` : String(error)],
    unaffected: 'Your rules are saved up to the last change.',
    advice: 'Try again; if it happens again, report it with these words.',
    code: 'window.defect',
  };
}

export type NoticeButton = { readonly label: string; readonly run: () => void };
export type Notice = {
  readonly id: number;
  readonly error: unknown;
  /** What was being done: `Opening the project`. */
  readonly doing: string;
  readonly button: NoticeButton | undefined;
};

export const useNotices = create<{ readonly notices: readonly Notice[] }>(() => ({ notices: [] }));

let lastId = 0;

/**
 * Shows a failure that has no place of its own on the screen; one that has belongs there, in a `FaultNotice`.
 * Being cancelled is no failure and is not shown.
 */
export function reportFault(error: unknown, doing: string, button?: NoticeButton): void {
  if (isCancelled(error)) return;
  if (!(error instanceof Fault)) console.error(error);
  const notice: Notice = { id: ++lastId, error, doing, button };
  // The same failure again replaces its notice.
  useNotices.setState(({ notices }) => ({
    notices: [...notices.filter((one) => one.doing !== doing), notice].slice(-3),
  }));
}

/** Takes a notice away. */
export const dismissNotice = (id: number): void =>
  useNotices.setState(({ notices }) => ({ notices: notices.filter((one) => one.id !== id) }));
