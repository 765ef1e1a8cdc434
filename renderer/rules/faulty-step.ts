import { compilePlan } from '../../shared/compile/compile';
import type { Plan } from '../../shared/compile/plan';
import { Fault, isFault } from '../../shared/contract/errors';
import type { RuleSet } from '../../shared/document/rule-set';
import type { NoticeButton } from '../shell/faults';
import { useRuleSet, useWorkbench, useWorkbenchState } from '../state/context';
import type { PreviewState } from '../state/model';
import { compilePreview, sentenceOf } from '../state/preview/plan';
import { stepFaultWords } from '../state/preview/step-fault';

/** Keys are asked for when rows are cleaned, and missed then. */
const anyKey = () => ({ status: 'known', check: '', keyring: false }) as const;

type Rules = { readonly source: string; readonly ruleSet: RuleSet };

/**
 * A Fault `rules.step` that names the step at which the rules stop, as the window names it, in place of one that
 * names it as the command line does; that one where no step is known to be faulty.
 */
function stepFault(
  { source, ruleSet }: Rules,
  stopsAt: PreviewState['stopsAt'],
  error: Fault,
  unaffected: string | undefined,
): Fault {
  const index = ruleSet.steps.findIndex(({ id }) => id === stopsAt?.step);
  const step = ruleSet.steps[index];
  if (!stopsAt || !step) return error;
  return new Fault({
    code: 'rules.step',
    message: [
      `Step ${index + 1}, ${sentenceOf(step)}, needs attention.`,
      ...stopsAt.messages.map((one) => stepFaultWords(one, step)),
    ].join('\n'),
    ...(unaffected !== undefined && { unaffected }),
    advice: 'Correct the step, or switch it off.',
    details: { source, step: step.id },
    cause: error,
  });
}

/**
 * Compiles the steps of a source for a sample with these columns.
 * @throws Fault `rules.step`
 */
export function compileSteps(rules: Rules, columns: readonly string[]): Plan {
  const ruleSet = { ...rules.ruleSet, columns: [] };
  try {
    return compilePlan(ruleSet, columns);
  } catch (error) {
    if (!isFault(error)) throw error;
    const { stopsAt } = compilePreview(ruleSet, columns, anyKey);
    throw stepFault(rules, stopsAt, error, 'The table as it was read can be queried.');
  }
}

/** Names the faulty step of the source that is looked at, where the host refused its rules for one. */
export function useNamedStep(): (error: unknown) => unknown {
  const source = useWorkbenchState((state) => state.source);
  const ruleSet = useRuleSet();
  const stopsAt = useWorkbenchState((state) => state.preview.stopsAt);
  return (error) =>
    isFault(error, 'plan.invalid') && source !== null && ruleSet !== null
      ? stepFault({ source, ruleSet }, stopsAt, error, error.unaffected)
      : error;
}

/** For a failure that names a faulty step: the button that leads to it. */
export function useStepButton(): (error: unknown) => NoticeButton | undefined {
  const workbench = useWorkbench();
  return (error) => {
    if (!isFault(error, 'rules.step')) return undefined;
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
