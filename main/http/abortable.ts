import { setMaxListeners } from 'node:events';
import type { CancelSignal } from '../../shared/ports/signal';

/** One call makes some requests at once, each of which listens to its signal; Node takes more than ten for a leak. */
const LISTENERS = 50;

/** The AbortSignal that follows a call's signal, for APIs of Node that want a real one. */
export function abortable(signal: CancelSignal | undefined): AbortSignal | undefined {
  if (signal === undefined) return undefined;
  const real = signal instanceof AbortSignal ? signal : following(signal);
  setMaxListeners(LISTENERS, real);
  return real;
}

function following(signal: CancelSignal): AbortSignal {
  const controller = new AbortController();
  if (signal.aborted) controller.abort(signal.reason);
  else signal.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
  return controller.signal;
}
