import { FATE } from '../compile/duckdb';
import { isExit, type Plan } from '../compile/plan';
import { duckdb as quote } from '../compile/sql/quote';
import { Fault } from '../contract/errors';
import type { JoinSide } from '../document/join';

/** How a row left, beside its cells: `filtered`, `rejected`, `merged`; null for a row that is kept. */
export const LEFT = 'l';

/** A relation of all rows of a cleaned source, those that left too: `l`, and its keys as text. */
export type Keyed = {
  /** SQL of the relation. */
  readonly relation: string;
  /** SQL of each key column over it. */
  readonly keys: readonly string[];
};

/** How a row left in words, over a trace or a result: from the action that its fate names. */
export function leftWord(plan: Plan): string {
  const cases = plan.actions.flatMap((action, i) => {
    if (!isExit(action)) return [];
    const fate = action.kind === 'merge' ? 'merged' : action.fate;
    return [`WHEN ${i} THEN ${quote.text(fate)}`];
  });
  const fate = quote.identifier(FATE);
  return cases.length === 0 ? 'CAST(NULL AS VARCHAR)' : `CASE ${fate} ${cases.join(' ')} END`;
}

/** Places of a side's columns among those that a source's rules leave. @throws Fault `join.column` for a missing one */
export const keyPlaces = (side: JoinSide, columns: readonly string[], name: string): readonly number[] =>
  side.columns.map((column) => {
    const place = columns.indexOf(column);
    if (place >= 0) return place;
    throw new Fault({
      code: 'join.column',
      message: `${name} has no column “${column}” once its steps are done.`,
      unaffected: 'Sources and rules are as they were.',
      advice: 'Choose another column for the key, or mend the step that renames or drops it.',
    });
  });
