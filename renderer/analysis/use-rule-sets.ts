import { useMemo } from 'react';
import type { RuleSet } from '../../shared/document/rule-set';
import { useWorkbenchState } from '../state/context';

/** The rule sets of all sources as they are now, by source id. */
export function useRuleSets(): ReadonlyMap<string, RuleSet> {
  const histories = useWorkbenchState((state) => state.histories);
  return useMemo(
    () => new Map(Object.entries(histories).map(([id, history]) => [id, history.ruleSet])),
    [histories],
  );
}
