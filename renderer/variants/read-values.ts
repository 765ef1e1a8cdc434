import { readable } from '../../shared/compile/duckdb';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import { present, viewColumns } from '../../shared/trace/view';
import type { ValueCount } from '../../shared/variants/cluster';
import type { PreviewPlan } from '../state/preview/plan';
import type { Workbench } from '../state/workbench';

/** Values looked at; a column with more has no variants that a person could go through. */
export const MOST_VALUES = 20_000;

/** How often each value occurs in a column before a step, the most frequent first. */
export async function readValues(
  workbench: Workbench,
  { step, column }: { readonly step: string; readonly column: string },
  signal: AbortSignal,
): Promise<readonly ValueCount[]> {
  const idIn = (plan: PreviewPlan) => {
    const index = plan.steps.findIndex(({ id }) => id === step);
    return viewColumns(plan, index).find((one) => one.column === column)?.before ?? null;
  };
  return workbench.preview.query(
    step,
    (plan) => [idIn(plan)].filter((id) => id !== null),
    async (relation, plan, engine) => {
      const id = idIn(plan);
      if (id === null) return [];
      const index = plan.steps.findIndex((one) => one.id === step);
      const value = quote.identifier(id);
      const { columns } = await engine.query(
        `SELECT ${readable(value)} AS value, CAST(n AS DOUBLE) AS n FROM (SELECT ${value}, count(*) AS n ` +
          `FROM ${relation} WHERE ${present(plan, index)} AND coalesce(${value}, '') <> '' GROUP BY 1) ` +
          `ORDER BY n DESC, ${value} LIMIT ${quote.integer(MOST_VALUES)}`,
        signal,
      );
      const [values = [], counts = []] = columns;
      return values.map((one, i) => ({ value: String(one), rows: Number(counts[i]) }));
    },
    signal,
  );
}
