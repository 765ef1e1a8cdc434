import { useCallback, useEffect, useState } from 'react';
import type { Suggestion } from '../../shared/suggest/suggestion';
import { useWorkbench, useWorkbenchState } from '../state/context';
import { isCancelled } from '../state/fault';
import { lookFor } from './look-for';

export type Looking = {
  readonly suggestions: readonly Suggestion[];
  /** Columns looked at so far, and how many there are; null when it is not under way. */
  readonly progress: { readonly looked: number; readonly of: number } | null;
  /** They hold for the rules as they are. */
  readonly current: boolean;
  readonly error: unknown;
  readonly givenUp: boolean;
  cancel(): void;
  again(): void;
};

/** How long nothing must change before columns are looked at, in ms: what is being typed comes first. */
const PAUSE_MS = 500;
const NONE: readonly Suggestion[] = [];

/** Suggestions for the sample as it is after the selected step, sought anew when that changes. */
export function useSuggestions(only: string | null, pause = PAUSE_MS): Looking {
  const workbench = useWorkbench();
  const version = useWorkbenchState((state) => state.preview.version);
  const ready = useWorkbenchState((state) => state.preview.status === 'current');
  const step = useWorkbenchState((state) => state.step);
  const [attempt, setAttempt] = useState(0);
  const [suggestions, setSuggestions] = useState(NONE);
  const [progress, setProgress] = useState<Looking['progress']>(null);
  const [error, setError] = useState<unknown>(null);
  const [givenUp, setGivenUp] = useState(false);
  const [shown, setShown] = useState('');
  const [running, setRunning] = useState<AbortController | null>(null);
  const wanted = JSON.stringify([version, step, only]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version or attempt looks again
  useEffect(() => {
    if (!ready) return;
    const aborting = new AbortController();
    const { signal } = aborting;
    const look = async () => {
      setRunning(aborting);
      setError(null);
      setGivenUp(false);
      try {
        const found = await lookFor(workbench, {
          step,
          only: only === null ? null : [only],
          signal,
          progress: (looked, of) => {
            if (!signal.aborted) setProgress({ looked, of });
          },
        });
        if (signal.aborted) return;
        setSuggestions(found);
        setShown(wanted);
      } catch (failure) {
        if (signal.aborted || isCancelled(failure)) return;
        setError(failure);
      } finally {
        if (!signal.aborted) {
          setProgress(null);
          setRunning(null);
        }
      }
    };
    const timer = setTimeout(() => void look(), pause);
    return () => {
      clearTimeout(timer);
      aborting.abort();
      setProgress(null);
      setRunning(null);
    };
  }, [workbench, wanted, ready, attempt, pause]);

  const cancel = useCallback(() => {
    running?.abort();
    setProgress(null);
    setRunning(null);
    setGivenUp(true);
  }, [running]);
  const again = useCallback(() => setAttempt((before) => before + 1), []);
  return { suggestions, progress, current: shown === wanted, error, givenUp, cancel, again };
}
