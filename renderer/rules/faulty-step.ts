import { compilePlan } from '../../shared/compile/compile';
import type { Plan } from '../../shared/compile/plan';
import { Fault, isFault } from '../../shared/contract/errors';
import type { RuleSet } from '../../shared/document/rule-set';
import type { NoticeButton } from '../shell/faults';
import { useWorkbench } from '../state/context';
import { compilePreview, sentenceOf } from '../state/preview/plan';
import { stepFaultWords } from '../state/preview/step-fault';

type Of = { readonly source: string; readonly ruleSet: RuleSet; readonly columns: readonly string[] };

/** Keys are asked for when rows are cleaned, and missed then. */
const anyKey = () => ({ status: 'known', check: '', keyring: false }) as const;

/**
 * Compiles the steps of a source that are on, for input with these columns.
 * @throws Fault `analysis.step`, which names the first faulty step as the window does
 */
export function compileSteps({ source, ruleSet, columns }: Of): Plan {
  const steps = ruleSet.steps.filter(({ enabled }) => enabled);
  try {
    return compilePlan({ ...ruleSet, columns: [], steps }, columns);
  } catch (error) {
    if (!isFault(error)) throw error;
    const { stopsAt } = compilePreview(ruleSet, columns, anyKey);
    const index = ruleSet.steps.findIndex(({ id }) => id === stopsAt?.step);
    const step = ruleSet.steps[index];
    if (!stopsAt || !step) throw error;
    throw new Fault({
      code: 'analysis.step',
      message: [
        `Step ${index + 1}, ${sentenceOf(step)}, needs attention: without it there is no cleaned table.`,
        ...stopsAt.messages.map((one) => stepFaultWords(one, step)),
      ].join('\n'),
      unaffected: 'The table as it was read can be queried.',
      advice: 'Correct the step, or switch it off.',
      details: { source, step: step.id },
      cause: error,
    });
  }
}

/** For a failure that names a faulty step: the button that leads to it. */
export function useStepButton(): (error: unknown) => NoticeButton | undefined {
  const workbench = useWorkbench();
  return (error) => {
    if (!isFault(error, 'analysis.step')) return undefined;
    const { source, step } = error.details as { source: string; step: string };
    return {
      label: 'Go to the step',
      run: () => {
        workbench.show('clean');
        if (workbench.store.getState().source !== source) workbench.selectSource(source);
        workbench.selectStep(step);
      },
    };
  };
}
