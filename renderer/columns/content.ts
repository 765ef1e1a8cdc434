import type { Fits } from '../../shared/columns/mapping';
import type { MissingColumn } from '../../shared/columns/missing';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import type { RuleSet, Step } from '../../shared/document/rule-set';
import { createLooks } from '../../shared/suggest/look';
import type { Workbench } from '../state/workbench';

let searches = 0;

/** Parameters that name a column of countries. */
const OF_COUNTRIES = ['regionColumn', 'countryColumn'];

type Judge = Pick<Step, 'operation' | 'parameters'>;

/** What can tell whether cells are what the steps expect of a missing column: one of them, or what it is for them. */
function judgeOf(ruleSet: RuleSet, { column, steps }: MissingColumn): Judge | undefined {
  const concerned = ruleSet.steps.filter((step) => steps.includes(step.id));
  const own = concerned.find((step) => step.columns.includes(column) && 'invalid' in step.parameters);
  const isCountry = concerned.some(({ parameters }) =>
    OF_COUNTRIES.some((name) => parameters[name] === column),
  );
  return (
    own ?? (isCountry ? { operation: 'country', parameters: { to: 'alpha2', invalid: 'keep' } } : undefined)
  );
}

/** How well columns of the sample fit in place of the missing ones: by what the steps themselves accept. */
export async function fitsByContent(
  workbench: Workbench,
  ruleSet: RuleSet,
  missing: readonly MissingColumn[],
  signal: AbortSignal,
): Promise<Fits> {
  const shares = new Map<string, number>();
  const gone = new Set(missing.map(({ column }) => column));
  await workbench.preview.query(
    null,
    (plan) => plan.input.map((_, i) => `c${i}`),
    async (relation, plan, engine) => {
      const table = `mapping_${++searches}`;
      const ids = plan.input.map((_, i) => quote.identifier(`c${i}`)).join(', ');
      await engine.execute(
        `CREATE OR REPLACE TEMP TABLE ${quote.identifier(table)} AS SELECT ${ids} FROM ${relation} WHERE r <= 2000`,
        signal,
      );
      const { answer } = workbench.preview;
      const looks = createLooks({ engine, answer, columns: plan.input, rows: 0, table, signal });
      try {
        for (const one of missing) {
          const judge = judgeOf(ruleSet, one);
          if (!judge) continue;
          // What else is missing can't be read: the step judges without it.
          const known = Object.entries(judge.parameters).filter(
            ([, value]) => !(typeof value === 'string' && gone.has(value)),
          );
          for (const column of plan.input) {
            const look = await looks.at(column);
            if (look.filled === 0) continue;
            const share = await look.accepts({
              operation: judge.operation,
              columns: [column],
              parameters: Object.fromEntries(known),
            });
            shares.set(JSON.stringify([one.column, column]), share);
          }
        }
      } finally {
        await looks.close();
        await engine.execute(`DROP TABLE IF EXISTS ${quote.identifier(table)}`);
      }
    },
    signal,
  );
  return (one, column) => shares.get(JSON.stringify([one.column, column])) ?? null;
}
