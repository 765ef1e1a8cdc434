import type { Expression } from '../expression/expression';
import { call } from '../expression/primitives';
import { matchesPattern } from '../operations/conditions';
import type { Look } from './suggestion';

/** Share of a column's filled cells that must be of a kind for the column to be of that kind. */
export const MOST_CELLS = 0.6;
/** A kind is worth looking for only where so many cells hold something. */
const FEWEST = 5;

export const shareOf = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** Whether a whole text matches a pattern of the documented subset. */
export const isLike = (value: Expression, pattern: string, ignoreCase = false): Expression =>
  matchesPattern(value, pattern, { ignoreCase, whole: true });

/** Whether any of the conditions holds. */
export const anyOf = (conditions: readonly Expression[]): Expression => call('or', conditions);

/** Whether most filled cells meet a condition. */
export async function isMostly(look: Look, condition: Expression, share = MOST_CELLS): Promise<boolean> {
  return look.filled >= FEWEST && (await look.share(condition)) >= share;
}

/** The column most of whose cells, trimmed and upper-cased, are listed; those named like `hint` come first. */
export async function columnOf(look: Look, values: readonly string[], hint: RegExp): Promise<string | null> {
  const others = look.columns.filter((name) => name !== look.column);
  const sorted = [...others].sort((a, b) => Number(hint.test(b)) - Number(hint.test(a)));
  for (const name of sorted) {
    const other = await look.at(name);
    // Few different values: a column of all kinds of things may hold some by chance.
    if (other.distinct > 1000) continue;
    const listed = call('isOneOf', [call('upper', [other.trimmed])], { values });
    if (await isMostly(other, listed, 0.8)) return name;
  }
  return null;
}
