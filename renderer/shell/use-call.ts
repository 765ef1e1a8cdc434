import { useCallback, useEffect, useRef, useState } from 'react';
import { isCancelled } from '../state/fault';

export type Loaded<T> =
  | { readonly status: 'loading'; readonly value: T | null }
  | { readonly status: 'ready'; readonly value: T }
  | { readonly status: 'failed'; readonly value: T | null; readonly error: unknown };

/**
 * Loads something whenever `key` changes, cancelling what is stale; `reload` loads it again. While it loads, and
 * after a failure, `value` keeps what was there for the same key.
 */
export function useLoaded<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
): Loaded<T> & { reload: () => void } {
  const [state, setState] = useState<{ key: string; loaded: Loaded<T> }>({
    key,
    loaded: { status: 'loading', value: null },
  });
  const [turn, setTurn] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn loads again
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    setState((before) => ({
      key,
      loaded: { status: 'loading', value: before.key === key ? before.loaded.value : null },
    }));
    latest.current(signal).then(
      (value) => !signal.aborted && setState({ key, loaded: { status: 'ready', value } }),
      (error: unknown) => {
        if (signal.aborted || isCancelled(error)) return;
        setState((before) => ({ key, loaded: { status: 'failed', value: before.loaded.value, error } }));
      },
    );
    return () => controller.abort();
  }, [key, turn]);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  const loaded: Loaded<T> = state.key === key ? state.loaded : { status: 'loading', value: null };
  return { ...loaded, reload };
}

export type Attempt = { readonly busy: boolean; readonly error: unknown };

/** For a button that does something: whether it is under way, and how it failed last. A second press while busy does nothing. */
export function useAttempt(): Attempt & {
  run: (work: () => Promise<void>) => Promise<void>;
  clear: () => void;
} {
  const [state, setState] = useState<Attempt>({ busy: false, error: null });
  const busy = useRef(false);
  const run = useCallback(async (work: () => Promise<void>) => {
    if (busy.current) return;
    busy.current = true;
    setState({ busy: true, error: null });
    try {
      await work();
      setState({ busy: false, error: null });
    } catch (error) {
      setState({ busy: false, error: isCancelled(error) ? null : error });
    } finally {
      busy.current = false;
    }
  }, []);
  const clear = useCallback(() => setState((before) => ({ ...before, error: null })), []);
  return { ...state, run, clear };
}
