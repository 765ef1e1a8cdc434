import { useMemo } from 'react';
import { type MissingColumn, missingColumns } from '../../shared/columns/missing';
import { useRuleSet, useWorkbenchState } from '../state/context';

const NONE: readonly MissingColumn[] = [];

/** Columns that the steps need and the data does not have; none while there is no sample. */
export function useMissing(): readonly MissingColumn[] {
  const ruleSet = useRuleSet();
  const columns = useWorkbenchState(({ sample }) =>
    sample.status === 'ready' ? sample.sample.columns : null,
  );
  // Rules that compile to their end miss nothing: no need to look at each edit.
  const stopped = useWorkbenchState((state) => state.preview.stopsAt !== null);
  return useMemo(
    () => (stopped && ruleSet && columns ? missingColumns(ruleSet, columns) : NONE),
    [stopped, ruleSet, columns],
  );
}

/** Of the missing columns, those that a step names. */
export const missedBy = (missing: readonly MissingColumn[], step: string): readonly string[] =>
  missing.filter(({ steps }) => steps.includes(step)).map(({ column }) => column);
