import type { RuleSet } from '../document/rule-set';
import { isWhole } from '../lookup/registry';
import type { MessagesDialect } from '../messages/dialect';
import { MESSAGE_FAULTS, reasonOf } from '../messages/faults';
import { capabilitiesOf } from '../operations/capabilities';
import { findOperation } from '../operations/registry';
import type { Action, Plan } from './plan';
import { freeName } from './quarantine';
import { compileSpark, type SparkPlan } from './spark';
import { type SparkPlanWithExamples, withExamples } from './spark-examples';

/** The plan as stream.py runs it on a topic: the stages of the batch job, over messages. */
export type StreamPlan = Omit<SparkPlanWithExamples, 'source' | 'unreadable'> & {
  readonly source: MessagesDialect;
  /** Words for what keeps a message from being read, by `FAULT` of its value and `key/FAULT` of its key. */
  readonly unreadable: Readonly<Record<string, string>>;
};

/** Names of the quarantine's columns with the place of a message, and with its value where it could not be read. */
const placeNames = (input: readonly string[]): readonly string[] =>
  ['_topic', '_partition', '_offset', '_value'].map((wanted) => freeName(wanted, input));

const ANY_FILE: SparkPlan['source'] = { format: 'parquet' };

/** The plan for a topic, as JSON for stream.py. The rules must be those that the plan was compiled from. */
export function compileStream(plan: Plan, ruleSet: RuleSet, source: MessagesDialect): StreamPlan {
  return {
    ...withExamples(compileSpark(plan, ANY_FILE), ruleSet),
    source,
    place: placeNames(plan.input),
    unreadable: Object.fromEntries(
      MESSAGE_FAULTS.flatMap((fault) => [
        [fault, reasonOf('value', fault)],
        [`key/${fault}`, reasonOf('key', fault)],
      ]),
    ),
  };
}

const percent = (share: number): string => `${Number((share * 100).toFixed(2))} %`;

/** Why an action has no answer before the last row has come; null where it has one. */
function needOf(action: Action): string | null {
  switch (action.kind) {
    case 'assign':
    case 'leave':
    case 'join':
    case 'explode':
      return null;
    case 'merge':
    case 'size':
    case 'tally':
    case 'golden':
      return 'it compares rows with one another, and later ones may always follow';
    case 'lookup':
      return isWhole(action.lookup) ? 'it needs all rows at once' : null;
    case 'stop':
      return `it stops the run where more than ${percent(action.most)} of all rows fail, and a stream has no last row`;
  }
}

/** What keeps rules from running in a stream, a sentence each; empty where nothing does. */
export function streamObstacles(
  plan: Plan,
  { expectations }: Pick<RuleSet, 'expectations'>,
): readonly string[] {
  const ofSteps = plan.steps.flatMap(({ operation: id }, index) => {
    const named = `Step ${index + 1} (${id}) does not run in a stream`;
    const operation = findOperation(id);
    if (operation && !capabilitiesOf(operation).streams) return [`${named}. ${operation.stream}`];
    const need = plan.actions
      .filter(({ step }) => step === index)
      .flatMap((action) => needOf(action) ?? [])[0];
    return need === undefined ? [] : [`${named}: ${need}.`];
  });
  const ofShares = expectations.map(
    ({ measure }) =>
      `The rules expect a share of ${measure} rows among all of them, and a stream never has all: take the expectation away.`,
  );
  return [...ofSteps, ...ofShares];
}
