import { Fault, isFault } from '../../shared/contract/errors';

/** Any failure as a fault the window can show; what is not a fault already is a defect of ours and keeps its cause. */
export function faultFrom(error: unknown): Fault {
  if (isFault(error)) return error;
  return new Fault({
    code: 'window.unexpected',
    message: 'Something went wrong in the window.',
    unaffected: 'Your rules and the data are as they were.',
    advice: 'Try again; if it happens once more, reload the window.',
    cause: error,
  });
}

/** Whether a failure only says that the call was given up. */
export const isCancelled = (error: unknown): boolean =>
  isFault(error, 'cancelled') || (error instanceof Error && error.name === 'AbortError');
