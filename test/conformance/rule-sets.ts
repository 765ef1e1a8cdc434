import type { PinnedExample, RuleSet } from '../../shared/document/rule-set';

export type StepGiven = {
  readonly operation: string;
  readonly columns: readonly string[];
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly examples?: readonly PinnedExample[];
};

/** A rule set of these steps. */
export function ruleSetOf(name: string, steps: readonly StepGiven[]): RuleSet {
  return {
    format: 'dataharmonize/ruleset',
    version: 1,
    name,
    columns: [],
    expectations: [],
    steps: steps.map(({ operation, columns, parameters, examples = [] }, i) => ({
      id: `s${i + 1}`,
      operation,
      version: 1,
      columns: [...columns],
      parameters: { ...parameters },
      enabled: true,
      note: '',
      examples: [...examples],
    })),
  };
}
