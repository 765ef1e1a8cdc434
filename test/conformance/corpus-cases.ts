import { compilePlan } from '../../shared/compile/compile';
import { isExit, isGrouped, type Plan } from '../../shared/compile/plan';
import { isFault } from '../../shared/contract/errors';
import type { OperationExample } from '../../shared/operations/operation';
import { type AnyOperation, operations } from '../../shared/operations/registry';
import { columnParameters } from './generate/parameters';
import { renamed } from './generate/rule-sets';
import { ruleSetOf, type StepGiven } from './rule-sets';

/** A rule set for rows of awkward cells, and what it is about. */
export type AwkwardCase = { readonly name: string; readonly plan: Plan };

/** A plan of more columns is wide enough to be slow. */
const MOST_COLUMNS = 14;

type Candidate = {
  /** Number of the example. */
  readonly n: number;
  readonly header: readonly string[];
  readonly step: StepGiven;
  readonly plan: Plan;
};

function compiled(name: string, steps: readonly StepGiven[], header: readonly string[]): Plan | null {
  try {
    return compilePlan(ruleSetOf(name, steps), header);
  } catch (error) {
    if (isFault(error)) return null;
    throw error;
  }
}

/** An example's step on columns of its own, which no other example has; on its own columns where it can't be moved. */
function candidate(operation: AnyOperation, example: OperationExample, n: number): Candidate {
  const own = (name: string) => (example.header.includes(name) ? `${operation.id} ${n} ${name}` : name);
  const names = columnParameters(operation.form);
  const moved = {
    header: example.header.map(own),
    step: {
      operation: operation.id,
      columns: example.columns.map(own),
      parameters: renamed(example.parameters, '', names, own) as StepGiven['parameters'],
    },
  };
  const plan = compiled(operation.id, [moved.step], moved.header);
  if (plan) return { n, ...moved, plan };
  const step = { operation: operation.id, columns: example.columns, parameters: example.parameters };
  return {
    n,
    header: example.header,
    step,
    plan: compilePlan(ruleSetOf(operation.id, [step]), example.header),
  };
}

const leaves = ({ plan }: Candidate) => plan.actions.some(isExit);
/** Whether rows depend on each other in it, or columns are lost: such a step is a rule set of its own. */
const isApart = ({ plan }: Candidate) =>
  plan.actions.some(isGrouped) || plan.output.length < plan.input.length;

const namesOf = ({ header, plan }: Candidate) => [...header, ...plan.output.map(({ column }) => column)];

/** Rule sets of up to so many steps, as long as their columns stay apart. */
function together(candidates: readonly Candidate[], mostSteps: number): AwkwardCase[] {
  const groups: Candidate[][] = [];
  for (const one of candidates) {
    const group = groups.at(-1) ?? [];
    const taken = new Set(group.flatMap(namesOf));
    const fits =
      group.length < mostSteps &&
      group.flatMap(({ header }) => header).length + one.header.length <= MOST_COLUMNS &&
      !namesOf(one).some((name) => taken.has(name));
    if (fits && groups.length > 0) group.push(one);
    else groups.push([one]);
  }
  return groups.map((group) => {
    const [header, steps] = [group.flatMap((one) => one.header), group.map((one) => one.step)];
    const name = group.map(({ step, n }) => `${step.operation} ${n}`).join(', ');
    return { name, plan: compilePlan(ruleSetOf(name, steps), header) };
  });
}

/** Every example of every operation over awkward cells; a number is that of the example. */
export function awkwardCases(): AwkwardCase[] {
  const candidates = operations.flatMap((operation) =>
    operation.examples.map((example, n) => candidate(operation, example, n + 1)),
  );
  const free = candidates.filter((one) => !isApart(one));
  return [
    ...together(
      free.filter((one) => !leaves(one)),
      MOST_COLUMNS,
    ),
    // A row that left shows nothing of the steps after: each sees most rows only if there are few.
    ...together(free.filter(leaves), 3),
    ...together(candidates.filter(isApart), 1),
  ];
}
