import { applyEdit, type Edit } from './edit';
import type { RuleSet } from './rule-set';

/** A rule set with what can be undone and redone. `past` and `future` hold the edits that would be applied next, last first. */
export type History = {
  readonly ruleSet: RuleSet;
  readonly past: readonly Edit[];
  readonly future: readonly Edit[];
};

/** A history with nothing to undo. */
export const beginHistory = (ruleSet: RuleSet): History => ({ ruleSet, past: [], future: [] });

/** Applies a new edit; what had been undone is gone. */
export function edit(history: History, change: Edit): History {
  const { ruleSet, inverse } = applyEdit(history.ruleSet, change);
  return { ruleSet, past: [...history.past, inverse], future: [] };
}

/** Takes the last edit back: the history and the edit that did so, or null when there is none. */
export function undo(history: History): { history: History; applied: Edit } | null {
  const applied = history.past.at(-1);
  if (!applied) return null;
  const { ruleSet, inverse } = applyEdit(history.ruleSet, applied);
  return {
    applied,
    history: { ruleSet, past: history.past.slice(0, -1), future: [...history.future, inverse] },
  };
}

/** Applies the last undone edit again: the history and the edit that did so, or null when there is none. */
export function redo(history: History): { history: History; applied: Edit } | null {
  const applied = history.future.at(-1);
  if (!applied) return null;
  const { ruleSet, inverse } = applyEdit(history.ruleSet, applied);
  return {
    applied,
    history: { ruleSet, past: [...history.past, inverse], future: history.future.slice(0, -1) },
  };
}
