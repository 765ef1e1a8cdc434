import { useEffect, useRef, useState } from 'react';
import { checkStep } from '../../shared/compile/compile';
import { canonicalJson } from '../../shared/compile/hash';
import { isFault } from '../../shared/contract/errors';
import { emptyRuleSet, type Step } from '../../shared/document/rule-set';
import { type BrokenExample, checkExamples } from '../../shared/trace/examples';
import { useRuleSet, useWorkbench, useWorkbenchState } from '../state/context';
import { isCancelled } from '../state/fault';
import type { Workbench } from '../state/workbench';

/** Pinned examples that a step does not keep, by the step's id; `example` counts from 0. */
export type BrokenExamples = ReadonlyMap<string, readonly BrokenExample[]>;

const NONE: BrokenExamples = new Map();

/** What a step's examples depend on. */
const contentOf = ({ operation, version, columns, parameters, examples }: Step) =>
  canonicalJson([operation, version, columns, parameters, examples]);

const isChecked = (step: Step) => step.enabled && step.examples.length > 0 && 'checked' in checkStep(step, 0);

/** Runs the examples of a step in the background of the preview's engine. */
export async function brokenOf(workbench: Workbench, step: Step): Promise<readonly BrokenExample[]> {
  const ruleSet = { ...emptyRuleSet('examples'), steps: [step] };
  return workbench.preview.query(
    null,
    () => [],
    (_, __, engine) =>
      checkExamples(engine, workbench.preview.answer, ruleSet).catch((error: unknown) => {
        // A step that does not compile by itself says so in its own place.
        if (isFault(error, 'plan.invalid')) return [];
        throw error;
      }),
  );
}

/** Keeps an eye on all pinned examples: after each edit, those of the steps that it changed are run. */
export function useBrokenExamples(): BrokenExamples {
  const workbench = useWorkbench();
  const ruleSet = useRuleSet();
  const ready = useWorkbenchState((state) => state.preview.status === 'current');
  const [broken, setBroken] = useState(NONE);
  const known = useRef(new Map<string, readonly BrokenExample[]>());
  useEffect(() => {
    if (!ready || !ruleSet) return;
    let over = false;
    const run = async () => {
      const found = new Map<string, readonly BrokenExample[]>();
      const used = new Map<string, readonly BrokenExample[]>();
      for (const step of ruleSet.steps.filter(isChecked)) {
        const content = contentOf(step);
        const answer = known.current.get(content) ?? (await brokenOf(workbench, step));
        if (over) return;
        used.set(content, answer);
        if (answer.length > 0) found.set(step.id, answer);
      }
      known.current = used;
      setBroken((before) => (before.size === 0 && found.size === 0 ? before : found));
    };
    run().catch((error: unknown) => {
      // What fails here fails in the preview too, which says so.
      if (!over && !isCancelled(error)) setBroken(NONE);
    });
    return () => {
      over = true;
    };
  }, [workbench, ruleSet, ready]);
  return broken;
}
