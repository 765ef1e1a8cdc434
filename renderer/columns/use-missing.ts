import { useMemo, useRef } from 'react';
import { type MissingColumn, missingColumns } from '../../shared/columns/missing';
import { useRuleSet, useWorkbenchState } from '../state/context';

const NONE: readonly MissingColumn[] = [];

/**
 * Columns that the steps need and the data does not have; none while there is no sample.
 * @param held while true, nothing is added to what was found before: a name that is being typed is none yet
 */
export function useMissing(held = false): readonly MissingColumn[] {
  const ruleSet = useRuleSet();
  const columns = useWorkbenchState(({ sample }) =>
    sample.status === 'ready' ? sample.sample.columns : null,
  );
  // Rules that compile to their end miss nothing: no need to look at each edit.
  const stopped = useWorkbenchState((state) => state.preview.stopsAt !== null);
  const missing = useMemo(
    () => (stopped && ruleSet && columns ? missingColumns(ruleSet, columns) : NONE),
    [stopped, ruleSet, columns],
  );
  const shown = useRef(missing);
  if (!held) shown.current = missing;
  else if (!shown.current.every((one) => isAmong(one, missing)))
    shown.current = shown.current.filter((one) => isAmong(one, missing));
  return shown.current;
}

const isAmong = ({ column }: MissingColumn, missing: readonly MissingColumn[]): boolean =>
  missing.some((one) => one.column === column);

/** Of the missing columns, those that a step names. */
export const missedBy = (missing: readonly MissingColumn[], step: string): readonly string[] =>
  missing.filter(({ steps }) => steps.includes(step)).map(({ column }) => column);
