import type { CancelSignal } from '../../shared/ports/signal';

/** The AbortSignal that follows a call's signal, for APIs of Node that want a real one. */
export function abortable(signal: CancelSignal | undefined): AbortSignal | undefined {
  if (signal === undefined || signal instanceof AbortSignal) return signal;
  const controller = new AbortController();
  if (signal.aborted) controller.abort(signal.reason);
  else signal.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
  return controller.signal;
}
