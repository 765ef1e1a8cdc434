import {
  type PinnedExample,
  RULE_SET_FORMAT,
  RULE_SET_VERSION,
  type RuleSet,
} from '../../shared/document/rule-set';

/** A step of a starter rule set; what is left out is as in a new step. */
export type StarterStep = {
  readonly operation: string;
  readonly columns: string[];
  readonly parameters: Record<string, unknown>;
  readonly note?: string;
  readonly examples?: PinnedExample[];
};

/** A rule set of numbered steps. */
export function starterRuleSet(name: string, steps: readonly StarterStep[]): RuleSet {
  return {
    format: RULE_SET_FORMAT,
    version: RULE_SET_VERSION,
    name,
    columns: [],
    steps: steps.map(({ note = '', examples = [], ...step }, index) => ({
      id: `s${index + 1}`,
      version: 1,
      enabled: true,
      ...step,
      note,
      examples,
    })),
    expectations: [],
  };
}
