import { z } from 'zod';
import type { PlanTable } from '../compile/plan';
import { lowercaseTable, mapCase } from '../expression/case-table';
import { inRanges, WHITE_SPACE } from '../expression/characters';
import type { Expression } from '../expression/expression';
import { call } from '../expression/primitives';

/** Bounds of a table that a rule set carries: it travels in the rules, in the plan and to every worker. */
export const MOST_ENTRIES = 10_000;
export const MOST_COLUMNS = 20;
export const LONGEST_CELL = 1000;
export const MOST_CHARACTERS = 1_000_000;
/** The bounds in words. */
export const BOUNDS = `at most ${MOST_ENTRIES.toLocaleString('en')} entries and a million characters`;

/** A cell of a carried table: text that every engine can hold. */
export const carriedText = z
  .string()
  .max(LONGEST_CELL)
  .refine((text) => !/[\ud800-\udfff]/u.test(text), 'holds half of a surrogate pair, which is no character');

/** How keys are compared: code point for code point, after white space around and letter case are taken away. */
export type KeySettings = { readonly ignoreCase: boolean; readonly trim: boolean };

/** A key as it is compared; the same as keyExpression() on every engine. */
export function keyOf(text: string, { ignoreCase, trim }: KeySettings): string {
  // Most keys are ASCII, where the language's own functions mean the same.
  if (/^[\0-\x7f]*$/.test(text)) {
    const kept = trim ? text.trim() : text;
    return ignoreCase ? kept.toLowerCase() : kept;
  }
  const points = [...text];
  const isBlank = (character: string | undefined) =>
    character !== undefined && inRanges(character.codePointAt(0) ?? 0, WHITE_SPACE);
  let [from, to] = [0, points.length];
  while (trim && from < to && isBlank(points[from])) from++;
  while (trim && to > from && isBlank(points[to - 1])) to--;
  const kept = points.slice(from, to).join('');
  return ignoreCase ? mapCase(kept, lowercaseTable) : kept;
}

/** A value as it is compared with the keys of a carried table; `bind` names what is used more than once. */
export function keyExpression(
  value: Expression,
  { ignoreCase, trim }: KeySettings,
  bind: (one: Expression) => Expression = (one) => one,
): Expression {
  const trimmed = trim ? bind(call('trimWhiteSpace', [value], { sides: 'both' })) : value;
  return ignoreCase ? call('lower', [trimmed]) : trimmed;
}

/** Entries whose key an earlier one has, by index; each with that earlier one's. */
export function repeatedKeys(
  keys: readonly (readonly string[])[],
): readonly (readonly [at: number, first: number])[] {
  const seen = new Map<string, number>();
  return keys.flatMap((key, at): (readonly [number, number])[] => {
    const text = JSON.stringify(key);
    const first = seen.get(text);
    if (first !== undefined) return [[at, first]];
    seen.set(text, at);
    return [];
  });
}

/** Whether a table is within the bounds of characters. */
export const isBounded = (rows: readonly (readonly (string | null)[])[]): boolean =>
  rows.reduce((sum, row) => sum + row.reduce((length, cell) => length + (cell?.length ?? 0), 0), 0) <=
  MOST_CHARACTERS;

/** A table for the plan: keys as they are compared, then the values. */
export const planTable = (
  entries: readonly { readonly keys: readonly string[]; readonly values: readonly (string | null)[] }[],
  settings: KeySettings,
): PlanTable => ({
  keys: entries[0]?.keys.length ?? 0,
  rows: entries.map(({ keys, values }) => [...keys.map((key) => keyOf(key, settings)), ...values]),
});
