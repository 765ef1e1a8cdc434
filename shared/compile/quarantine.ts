import { isExit, type Plan } from './plan';
import { type Dialect, quoting } from './render';

/** What the quarantine says of a row beside its original cells. */
export const NOTES = ['fate', 'step', 'column', 'reason'] as const;
export type Note = (typeof NOTES)[number];
export type QuarantineColumn = { readonly column: string; readonly sql: string };

/** A name for an added column that no input column has, even apart from case. */
export function freeName(wanted: string, taken: readonly string[]): string {
  const lowered = new Set(taken.map((one) => one.toLowerCase()));
  let name = wanted;
  while (lowered.has(name.toLowerCase())) name = `_${name}`;
  return name;
}

/** The names of the added columns, in order: `_fate`, `_step`, `_column`, `_reason`. */
export const noteNames = (input: readonly string[]): Readonly<Record<Note, string>> =>
  Object.fromEntries(NOTES.map((note) => [note, freeName(`_${note}`, input)])) as Record<Note, string>;

/** Names of the columns with the place of a row that could not be read: `_file`, `_block`, `_line`. */
export const placeNames = (input: readonly string[]): readonly string[] =>
  ['_file', '_block', '_line'].map((wanted) => freeName(wanted, input));

/**
 * Ids of the versions that the quarantine shows of the input's columns: the original, or what the last step made of
 * it that hides personal data. All versions are there for all rows, those that left before that step too.
 */
export function quarantinedIds(plan: Plan): readonly string[] {
  const inputOf = new Map(plan.input.map((_, i) => [`c${i}`, i]));
  const shown = plan.input.map((_, i) => `c${i}`);
  for (const action of plan.actions) {
    const input = action.kind === 'assign' && action.from !== null ? inputOf.get(action.from) : undefined;
    if (action.kind !== 'assign' || input === undefined) continue;
    inputOf.set(action.id, input);
    if (plan.steps[action.step]?.hides) shown[input] = action.id;
  }
  return shown;
}

/**
 * Columns of the quarantine, over a trace: the original cells, or what is shown of them where a step hides them, then fate, step id, column and reason of each row
 * that left. The same in every dialect.
 */
export function quarantineColumns(plan: Plan, dialect: Dialect): readonly QuarantineColumn[] {
  const quote = quoting[dialect];
  const names = noteNames(plan.input);
  const shown = quarantinedIds(plan);
  const told = (note: Note): string => {
    const cases = plan.actions.flatMap((action, index) => {
      if (!isExit(action)) return [];
      const values: Record<Note, string | null> = {
        fate: action.kind === 'merge' ? 'merged' : action.fate,
        step: plan.steps[action.step]?.id ?? null,
        column: action.column,
        reason: action.reason,
      };
      return [`WHEN ${index} THEN ${quote.text(values[note])}`];
    });
    return cases.length === 0 ? quote.text(null) : `CASE ${quote.identifier('f')} ${cases.join(' ')} END`;
  };
  return [
    ...plan.input.map((column, i) => ({ column, sql: quote.identifier(shown[i] ?? `c${i}`) })),
    ...NOTES.map((note) => ({ column: names[note], sql: told(note) })),
  ];
}
