import { useCallback, useEffect, useRef, useState } from 'react';
import type { Join } from '../../shared/document/join';
import type { JoinCounts } from '../../shared/joins/check';
import type { Problem } from '../../shared/joins/problems';
import { useRuleSets } from '../analysis/use-rule-sets';
import { useWorkspace } from '../analysis/workspace-context';
import { runTask } from '../shell/tasks';
import { useWorkbenchState } from '../state/context';
import { isCancelled } from '../state/fault';
import { drawnBy, rememberChecked, stateOf } from './checked';
import { countJoin, type ProblemRows, readProblems } from './read-join';

export type JoinCheck =
  | { readonly status: 'checking' }
  | { readonly status: 'stopped' }
  | { readonly status: 'failed'; readonly error: unknown }
  | { readonly status: 'ready'; readonly counts: JoinCounts };

/** Counts along a join in the cleaned samples whenever join, rules or rows change. */
export function useJoinCheck(join: Join): JoinCheck & { readonly again: () => void } {
  const workspace = useWorkspace();
  const ruleSets = useRuleSets();
  const rows = workspace.use((state) => state.rows);
  const sources = useWorkbenchState((state) => state.project?.project.sources) ?? [];
  const state = stateOf(join, ruleSets, drawnBy(join, sources, rows));
  const [check, setCheck] = useState<JoinCheck>({ status: 'checking' });
  const [turn, setTurn] = useState(0);
  const latest = useRef({ join, ruleSets });
  latest.current = { join, ruleSets };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the state stands for join, rules and rows
  useEffect(() => {
    const stop = new AbortController();
    const { join: mine, ruleSets: rules } = latest.current;
    setCheck({ status: 'checking' });
    const work = async () => {
      const counts = await runTask(
        'Checking keys',
        async (context) => {
          await workspace.ensure([mine.from.source, mine.to.source], rules, context);
          context.progress({ words: 'comparing keys' });
          const now = workspace.use.getState().sources;
          return countJoin(await workspace.engine(), mine, now, context.signal);
        },
        { signal: stop.signal },
      );
      rememberChecked(mine.id, state, counts);
      return counts;
    };
    work().then(
      (counts) => !stop.signal.aborted && setCheck({ status: 'ready', counts }),
      (error: unknown) => {
        if (stop.signal.aborted) return;
        setCheck(isCancelled(error) ? { status: 'stopped' } : { status: 'failed', error });
      },
    );
    return () => stop.abort();
  }, [workspace, state, turn]);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  return { ...check, again };
}

/** Rows that are listed at most. */
export const MOST_LISTED = 200;

/** The rows with a problem, once counts are there. */
export function useProblemRows(join: Join, problem: Problem, counts: JoinCounts) {
  const workspace = useWorkspace();
  const [found, setFound] = useState<{ of: string; rows: ProblemRows } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const of = `${join.id} ${problem}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: other counts come from other rows
  useEffect(() => {
    const stop = new AbortController();
    const read = async () => {
      const { sources } = workspace.use.getState();
      const options = { limit: MOST_LISTED, signal: stop.signal };
      return readProblems(await workspace.engine(), join, problem, sources, options);
    };
    setError(null);
    read().then(
      (rows) => !stop.signal.aborted && setFound({ of, rows }),
      (failure: unknown) => !stop.signal.aborted && !isCancelled(failure) && setError(failure),
    );
    return () => stop.abort();
  }, [workspace, of, counts]);
  return { rows: found?.of === of ? found.rows : null, error };
}
