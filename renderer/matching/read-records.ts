import { readable } from '../../shared/compile/duckdb';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import type { Step } from '../../shared/document/rule-set';
import { lowercaseTable, mapCase } from '../../shared/expression/case-table';
import type { MatchOptions } from '../../shared/matching/options';
import { FIELD_SEPARATOR, type MatchRecord, readRecord } from '../../shared/matching/record';
import { fieldsOf, matchDuplicates, matchOptions } from '../../shared/operations/match-duplicates';
import { present, viewColumns } from '../../shared/trace/view';
import type { PreviewPlan } from '../state/preview/plan';
import type { Workbench } from '../state/workbench';

/** A record with the number of its first row and the cells that are compared, in order. */
export type ReadRecord = {
  readonly record: MatchRecord;
  readonly row: number;
  readonly cells: readonly (string | null)[];
};
export type Records = { readonly records: readonly ReadRecord[]; readonly options: MatchOptions };

/** How long records are read or compared before the window gets a turn, in ms. */
const TURN_MS = 12;

/** Lets the window have a turn where the last one is long ago. */
export function createTurns(signal: AbortSignal): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < TURN_MS) return undefined;
    return new Promise((resolve, reject) =>
      setTimeout(() => {
        since = performance.now();
        if (signal.aborted) reject(new DOMException('Given up.', 'AbortError'));
        else resolve();
      }),
    );
  };
}

/** The different records that reach a step which matches them; null while its parameters are not valid. */
export async function readRecords(
  workbench: Workbench,
  step: Step,
  signal: AbortSignal,
): Promise<Records | null> {
  const parsed = matchDuplicates.parameters.safeParse(step.parameters);
  if (!parsed.success) return null;
  const options = matchOptions(parsed.data);
  const fields = fieldsOf(parsed.data);
  const compared = parsed.data.compare.map((one) => one.column);
  const names = [...new Set([...fields.map((one) => one.column), ...compared])];
  const idsIn = (plan: PreviewPlan) => {
    const index = plan.steps.findIndex(({ id }) => id === step.id);
    const before = new Map(viewColumns(plan, index).map((one) => [one.column, one.before]));
    return names.map((name) => before.get(name) ?? null);
  };
  const rows = await workbench.preview.query(
    step.id,
    (plan) => idsIn(plan).filter((id) => id !== null),
    async (relation, plan, engine) => {
      const index = plan.steps.findIndex(({ id }) => id === step.id);
      const cells = idsIn(plan).map(
        (id, i) => `${id === null ? 'NULL' : readable(quote.identifier(id))} AS v${i}`,
      );
      return engine.query(
        `SELECT CAST(r AS DOUBLE) AS r, ${cells.join(', ')} FROM ${relation} WHERE ${present(plan, index)} ORDER BY r`,
        signal,
      );
    },
    signal,
  );
  const turn = createTurns(signal);
  const found = new Map<string, ReadRecord>();
  for (let i = 0; i < rows.rows; i++) {
    await turn();
    const cell = (name: string) => {
      const value = rows.columns[names.indexOf(name) + 1]?.[i] ?? null;
      return value === null ? null : String(value);
    };
    const text = fields
      .map(({ column, raw }) => {
        const value = (cell(column) ?? '').replaceAll(FIELD_SEPARATOR, '');
        return raw ? value : mapCase(value, lowercaseTable);
      })
      .join(FIELD_SEPARATOR);
    if (!found.has(text))
      found.set(text, {
        record: readRecord(text, options),
        row: Number(rows.columns[0]?.[i]),
        cells: compared.map(cell),
      });
  }
  return { records: [...found.values()], options };
}
