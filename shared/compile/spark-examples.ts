import type { RuleSet } from '../document/rule-set';
import { exampleTable } from '../trace/examples';
import { compileSpark, type SparkPlan } from './spark';
import type { SparkStage } from './spark-stages';
import { spark as quote } from './sql/quote';

/** Pinned examples of one step, as the job checks them before it writes. */
export type SparkExamples = {
  /** Place of the step in the rule set, from 1. */
  readonly place: number;
  readonly id: string;
  readonly operation: string;
  /** A query whose rows are the examples: their number `n` from 0, the cells `c0 … cn`, and the kind `k` of a row. */
  readonly sql: string;
  /** The step alone, over those columns. */
  readonly stages: readonly SparkStage[];
  readonly tables: SparkPlan['tables'];
  /** Ids of the columns whose answer is held against the example's. */
  readonly outputs: readonly string[];
  /** What each example must answer, in order. */
  readonly expected: readonly (string | null)[];
};

/** A plan with the pinned examples of its rules; without any, just the plan. */
export type SparkPlanWithExamples = SparkPlan & { readonly examples?: readonly SparkExamples[] };

/** Adds the examples of the enabled steps to a plan. The rules must be those that the plan was compiled from. */
export function withExamples(plan: SparkPlan, ruleSet: RuleSet): SparkPlanWithExamples {
  const examples = ruleSet.steps.flatMap((step, index): SparkExamples[] => {
    if (!step.enabled || step.examples.length === 0) return [];
    const table = exampleTable(step);
    const rows = table.rows.map((row, n) => `(${[quote.integer(n), ...row.map(quote.text)].join(', ')})`);
    const ids = table.columns.map((_, i) => quote.identifier(`c${i}`));
    const outputs = step.columns.flatMap(
      (name) => table.plan.output.find(({ column }) => column === name)?.id ?? [],
    );
    const { stages, tables } = compileSpark(table.plan, plan.source);
    return [
      {
        place: index + 1,
        id: step.id,
        operation: step.operation,
        sql: `SELECT *, 'row' AS k FROM VALUES ${rows.join(', ')} AS v(${['n', ...ids].join(', ')})`,
        stages,
        tables,
        outputs,
        expected: step.examples.map(({ output }) => output),
      },
    ];
  });
  return examples.length === 0 ? plan : { ...plan, examples };
}
