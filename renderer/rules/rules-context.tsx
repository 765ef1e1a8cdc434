import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { Step } from '../../shared/document/rule-set';
import { useWorkbench } from '../state/context';
import { type BrokenExamples, useBrokenExamples } from './use-broken-examples';

/** What the areas of the Clean place ask of the rules. */
export type Rules = {
  /** Puts a step after the selected one (or last) and opens its form. */
  add(step: Step): void;
  /** Opens the list of operations, for a column or for none yet. */
  choose(column: string | null): void;
  close(): void;
  /** Opens or closes the mapping of columns that are not in the data. */
  mapColumns(open: boolean): void;
  readonly mapping: boolean;
  /** Tells that a step’s form is being typed in, or is no longer. */
  type(typing: boolean): void;
  readonly typing: boolean;
  /** Pinned examples that are not kept. */
  readonly broken: BrokenExamples;
  /** The list of operations is open, for this column. */
  readonly choosing: { readonly column: string | null } | null;
};

const RulesContext = createContext<Rules | null>(null);

export function RulesProvider({ children }: { children: ReactNode }) {
  const workbench = useWorkbench();
  const [choosing, setChoosing] = useState<Rules['choosing']>(null);
  const [mapping, setMapping] = useState(false);
  const [typing, setTyping] = useState(false);
  const broken = useBrokenExamples();
  const rules = useMemo<Rules>(
    () => ({
      choosing,
      mapping,
      type: setTyping,
      typing,
      broken,
      add(step) {
        const { source, histories, step: selected } = workbench.store.getState();
        const steps = (source === null ? undefined : histories[source])?.ruleSet.steps ?? [];
        const at = steps.findIndex(({ id }) => id === selected);
        workbench.edit({ kind: 'insert-step', index: at < 0 ? steps.length : at + 1, step });
        workbench.selectStep(step.id);
        setChoosing(null);
        setMapping(false);
      },
      choose: (column) => setChoosing({ column }),
      close() {
        setChoosing(null);
        setMapping(false);
      },
      mapColumns(open) {
        setMapping(open);
        setChoosing(null);
      },
    }),
    [workbench, choosing, mapping, typing, broken],
  );
  return <RulesContext value={rules}>{children}</RulesContext>;
}

export function useRules(): Rules {
  const rules = useContext(RulesContext);
  if (!rules) throw new Error('There are no rules around this component.');
  return rules;
}
