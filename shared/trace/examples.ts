import { compilePlan, stepName } from '../compile/compile';
import { readable, rowOrder, sourceRow } from '../compile/duckdb';
import type { Plan } from '../compile/plan';
import { duckdb as quote } from '../compile/sql/quote';
import { Fault } from '../contract/errors';
import { emptyRuleSet, type RuleSet, type Step } from '../document/rule-set';
import { findOperation } from '../operations/registry';
import type { Engine } from '../ports/engine';
import { type LookupAnswerer, materialise } from './trace';

/** A pinned example that its step no longer keeps. Indexes count from 0. */
export type BrokenExample = {
  readonly step: number;
  readonly example: number;
  readonly column: string;
  readonly expected: string | null;
  /** What the step answers now; `left` when the row leaves by the step. */
  readonly found: string | null | { readonly left: true };
};

const TABLE = 'pinned_examples';

/** Columns that a step's examples must provide: its targets and what it reads. */
function columnsOf(step: Step): readonly string[] {
  const operation = findOperation(step.operation);
  const parameters = operation?.parameters.safeParse(step.parameters);
  const reads = operation && parameters?.success ? operation.reads(parameters.data) : [];
  const named = step.examples.flatMap((example) => Object.keys(example.row ?? {}));
  return [...new Set([...step.columns, ...reads, ...named])];
}

/** A step's examples as a table of its own: the columns it needs, a row for each, and the plan of the step alone. */
export type ExampleTable = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly plan: Plan;
};

/** Throws a Fault `plan.invalid` where the step is not valid by itself. */
export function exampleTable(step: Step): ExampleTable {
  const columns = columnsOf(step);
  const rows = step.examples.map((example) =>
    columns.map((name) => (step.columns.includes(name) ? example.input : (example.row?.[name] ?? null))),
  );
  const plan = compilePlan({ ...emptyRuleSet('examples'), steps: [{ ...step, enabled: true }] }, columns);
  return { columns, rows, plan };
}

async function checkStepExamples(
  engine: Engine,
  answer: LookupAnswerer,
  step: Step,
  index: number,
): Promise<BrokenExample[]> {
  const { columns, rows: given, plan } = exampleTable(step);
  const rows = given.map((row, i) => `(${[String(i), ...row.map(quote.text)].join(', ')})`);
  const source = `(VALUES ${rows.join(', ')}) v(${['r', ...columns.map((_, i) => `c${i}`)].join(', ')})`;
  await materialise({ engine, plan, source, table: TABLE, answer });
  const outputs = step.columns.map((name) => plan.output.find((one) => one.column === name));
  const cells = outputs.map((output, i) =>
    output ? `${readable(quote.identifier(output.id))} AS o${i}` : `NULL AS o${i}`,
  );
  const { columns: found } = await engine.query(
    `SELECT ${[`CAST(${sourceRow(plan)} AS DOUBLE)`, 'f', ...cells].join(', ')} FROM ${TABLE} ORDER BY ${rowOrder(plan)}`,
  );
  await engine.execute(`DROP TABLE ${TABLE}`);
  const [examples = [], fates = [], ...answers] = found;
  return step.examples.flatMap((example, i) =>
    step.columns.flatMap((column, j): BrokenExample[] => {
      const rows = examples.flatMap((one, row) => (one === i ? [row] : []));
      const answered = rows.map((row): BrokenExample['found'] => {
        const value = answers[j]?.[row] ?? null;
        if ((fates[row] ?? null) !== null) return { left: true };
        return value === null ? null : String(value);
      });
      // Where the row was split, one of its parts answers.
      if (answered.includes(example.output)) return [];
      return [
        { step: index, example: i, column, expected: example.output, found: answered[0] ?? { left: true } },
      ];
    }),
  );
}

/** Runs every pinned example of the enabled steps and answers those that are not kept. Steps must be valid. */
export async function checkExamples(
  engine: Engine,
  answer: LookupAnswerer,
  ruleSet: RuleSet,
): Promise<BrokenExample[]> {
  const broken: BrokenExample[] = [];
  for (const [index, step] of ruleSet.steps.entries()) {
    if (step.enabled && step.examples.length > 0)
      broken.push(...(await checkStepExamples(engine, answer, step, index)));
  }
  return broken;
}

const MOST_NAMED = 5;

/** The fault of rules whose steps answer otherwise than their pinned examples say; it names no cell value. */
export function brokenExamplesFault(ruleSet: RuleSet, broken: readonly BrokenExample[]): Fault {
  const named = [
    ...new Set(
      broken.map(({ step, example }) => {
        const one = ruleSet.steps[step];
        return `${one ? stepName(step, one) : `step ${step + 1}`}, example ${example + 1}`;
      }),
    ),
  ];
  const more = named.length > MOST_NAMED ? ` and ${named.length - MOST_NAMED} more` : '';
  return new Fault({
    code: 'run.examples',
    message: `Steps do not answer as their pinned examples say: ${named.slice(0, MOST_NAMED).join('; ')}${more}.`,
    details: { steps: [...new Set(broken.map(({ step }) => ruleSet.steps[step]?.id ?? ''))] },
    unaffected: 'Nothing was written.',
    advice: 'Change the steps back, or let go of the examples that no longer hold.',
  });
}
