import { useMemo } from 'react';
import { stepsWithWholeGroups } from '../../shared/sampling/whole-groups';
import { useWorkbenchState } from './context';

const NONE: ReadonlySet<number> = new Set();

/** Steps of the plan, by their index, whose groups are whole in the sample. */
export function useWholeGroups(): ReadonlySet<number> {
  const plan = useWorkbenchState((state) => state.preview.plan);
  const sampling = useWorkbenchState(({ sample }) =>
    sample.status === 'ready' ? sample.sample.drawn.sampling : null,
  );
  return useMemo(
    () => (plan && sampling?.method === 'groups' ? stepsWithWholeGroups(plan, sampling.keys) : NONE),
    [plan, sampling],
  );
}
