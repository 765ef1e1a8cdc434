import { compilePlan } from '../../shared/compile/compile';
import type { Plan } from '../../shared/compile/plan';
import type { OperationExample } from '../../shared/operations/operation';
import { operations } from '../../shared/operations/registry';
import { ruleSetOf } from './rule-sets';
import type { SparkServer } from './spark-server';
import { type Outcome, runAllOnSparkServer } from './trace';

export type ExampleCase = {
  readonly operation: string;
  readonly example: OperationExample;
  readonly plan: Plan;
};

/** Every example of every operation, as a rule set of one step. */
export const exampleCases: readonly ExampleCase[] = operations.flatMap(({ id, examples }) =>
  examples.map((example) => ({
    operation: id,
    example,
    plan: compilePlan(ruleSetOf(id, [{ ...example, operation: id }]), example.header),
  })),
);

/** The outcome of every example on Spark, in order: three partitions, rows shuffled. */
export const examplesOnSpark = (spark: SparkServer): Promise<(Outcome | Error)[]> =>
  runAllOnSparkServer(
    spark,
    exampleCases.map(({ plan, example }) => ({ plan, rows: example.rows, partitions: 3, seed: 7 })),
  );

/** The columns that an example expects: their names, where it does not state them, are those of the input. */
export const expectedColumns = ({ header, columnsAfter }: OperationExample, { columns }: Outcome) =>
  columnsAfter ?? [...header, ...columns.slice(header.length)];

/** Rows of an outcome as an example states them. */
export const asExpected = ({ rows }: Outcome) =>
  rows.map((row) => ('left' in row ? { left: row.left } : row));
