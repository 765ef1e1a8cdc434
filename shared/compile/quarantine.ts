import { isExit, ordinalsIn, type Plan } from './plan';
import { type Dialect, quoting } from './render';

/** What the quarantine says of a row beside its original cells. */
export const NOTES = ['fate', 'step', 'column', 'reason', 'part'] as const;
export type Note = (typeof NOTES)[number];

/** What the quarantine of a plan says of a row; which part it is only where rows were split. */
export const notesOf = (plan: Pick<Plan, 'actions'>): readonly Note[] =>
  NOTES.filter((note) => note !== 'part' || ordinalsIn(plan.actions).length > 0);

export type QuarantineColumn = { readonly column: string; readonly sql: string };

/** A name for an added column that no input column has, even apart from case. */
export function freeName(wanted: string, taken: readonly string[]): string {
  const lowered = new Set(taken.map((one) => one.toLowerCase()));
  let name = wanted;
  while (lowered.has(name.toLowerCase())) name = `_${name}`;
  return name;
}

/** The names of the added columns: `_fate`, `_step`, `_column`, `_reason`, `_part`. */
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
 * Columns of the quarantine, over a trace: the original cells, or what is shown of them where a step hides them, then
 * fate, step id, column and reason of each row that left and, where rows were split, which part it is. The same in
 * every dialect.
 */
export function quarantineColumns(plan: Plan, dialect: Dialect): readonly QuarantineColumn[] {
  const quote = quoting[dialect];
  const names = noteNames(plan.input);
  const shown = quarantinedIds(plan);
  const told = (note: Exclude<Note, 'part'>): string => {
    const cases = plan.actions.flatMap((action, index) => {
      if (!isExit(action)) return [];
      const values: Record<typeof note, string | null> = {
        fate: action.kind === 'merge' ? 'merged' : action.fate,
        step: plan.steps[action.step]?.id ?? null,
        column: action.column,
        reason: action.reason,
      };
      return [`WHEN ${index} THEN ${quote.text(values[note])}`];
    });
    return cases.length === 0 ? quote.text(null) : `CASE ${quote.identifier('f')} ${cases.join(' ')} END`;
  };
  // Ordinals of one explode after another: 2 or 2.1.
  const ordinals = ordinalsIn(plan.actions).map((id) => `CAST(${quote.identifier(id)} AS STRING)`);
  const part = `concat_ws('.', ${ordinals.join(', ')})`;
  return [
    ...plan.input.map((column, i) => ({ column, sql: quote.identifier(shown[i] ?? `c${i}`) })),
    ...notesOf(plan).map((note) => ({ column: names[note], sql: note === 'part' ? part : told(note) })),
  ];
}
