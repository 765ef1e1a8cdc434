import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { History } from '../../shared/document/history';
import type { RuleSet } from '../../shared/document/rule-set';
import type { WorkbenchState } from './model';
import type { Workbench } from './workbench';

const WorkbenchContext = createContext<Workbench | null>(null);

export function WorkbenchProvider({ workbench, children }: { workbench: Workbench; children: ReactNode }) {
  return <WorkbenchContext value={workbench}>{children}</WorkbenchContext>;
}

/** The workbench, to act on: it never changes, so reading it here repaints nothing. */
export function useWorkbench(): Workbench {
  const workbench = useContext(WorkbenchContext);
  if (!workbench) throw new Error('There is no workbench around this component.');
  return workbench;
}

/** A part of the state; the component repaints when that part changes. */
export function useWorkbenchState<T>(select: (state: WorkbenchState) => T): T {
  return useStore(useWorkbench().store, select);
}

const historyOf = ({ source, histories }: WorkbenchState): History | null =>
  source === null ? null : (histories[source] ?? null);

/** Rule set, undo and redo of the current source. */
export const useHistory = (): History | null => useWorkbenchState(historyOf);
/** The current source's rule set. */
export const useRuleSet = (): RuleSet | null =>
  useWorkbenchState((state) => historyOf(state)?.ruleSet ?? null);
