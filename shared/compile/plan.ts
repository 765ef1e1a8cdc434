import type { Expression } from '../expression/expression';
import type { LookupLibrary } from '../lookup/lookup';
import { isWhole, type LookupKind, lookupOf } from '../lookup/registry';

/** What became of a row: kept, or how it left. */
export const FATES = ['filtered', 'rejected', 'merged'] as const;
export type Fate = (typeof FATES)[number];

/** One version of a column (`c0 … cn`). `column` is the name at the edges; null for a value no one sees. */
export type ColumnVersion = { readonly id: string; readonly column: string | null };

/** A new version of a column. `from` is the version it replaces; null where the column is new. */
export type Assign = {
  readonly kind: 'assign';
  readonly step: number;
  readonly id: string;
  readonly column: string | null;
  readonly from: string | null;
  readonly value: Expression;
};

/** Rows for which `when` holds leave here, if they are still kept. */
export type Leave = {
  readonly kind: 'leave';
  readonly step: number;
  /** Id of the boolean that marks these rows (`l0 … ln`). */
  readonly id: string;
  readonly fate: Fate;
  readonly column: string | null;
  readonly reason: string;
  readonly when: Expression;
};

/** Ordering of one text: by code point. */
export type Order = {
  readonly by: Expression;
  readonly direction: 'ascending' | 'descending';
  readonly nulls: 'first' | 'last';
};

/**
 * Of the kept rows with the same keys all but the first leave as merged. A row with a missing key matches none.
 * Ties in `order` are broken by the row's original content, all columns ascending, nulls last.
 */
export type Merge = {
  readonly kind: 'merge';
  readonly step: number;
  readonly id: string;
  readonly column: string | null;
  readonly reason: string;
  readonly keys: readonly Expression[];
  readonly order: readonly Order[];
};

/**
 * How many kept rows have the same keys as a row, itself included. A row with a missing key, or one that has left,
 * matches none: 1. Never shown.
 */
export type GroupSize = {
  readonly kind: 'size';
  readonly step: number;
  readonly id: string;
  readonly keys: readonly Expression[];
};

/**
 * How many of the rows that a merge looked at and that share a row's keys hold the same value as it; null for rows
 * in no group. Never shown.
 */
export type Tally = {
  readonly kind: 'tally';
  readonly step: number;
  readonly id: string;
  /** Id of the merge whose groups these are. */
  readonly merge: string;
  readonly value: Expression;
};

/**
 * In the row that stays of a merge's group: the first value of the group in order that is neither null nor empty;
 * null if there is none, and in every other row. Ties in `order` are broken as in the merge. Never shown itself:
 * a new version of a column takes it up.
 */
export type Golden = {
  readonly kind: 'golden';
  readonly step: number;
  readonly id: string;
  readonly merge: string;
  readonly value: Expression;
  readonly order: readonly Order[];
};

/** Answers that no engine can compute in an expression, looked up by distinct inputs. Cuts the plan into stages. */
export type Lookup = LookupKind & {
  readonly kind: 'lookup';
  readonly step: number;
  readonly inputs: readonly Expression[];
  /** Ids of the answers' versions, in the lookup's order of outputs. */
  readonly ids: readonly string[];
};

/** A small table that the plan carries. The first `keys` cells of a row are its key: never null, no two alike. */
export type PlanTable = { readonly keys: number; readonly rows: readonly (readonly (string | null)[])[] };

/**
 * Finds each row's entry in a table that the plan carries: the one whose key equals the inputs, code point for code
 * point. A null input finds none. Rows are neither added nor lost.
 */
export type Join = {
  readonly kind: 'join';
  readonly step: number;
  readonly inputs: readonly Expression[];
  readonly table: PlanTable;
  /** Id of the boolean that tells whether there is an entry, then those of the entry's values. */
  readonly ids: readonly string[];
};

/** The run fails when the share of kept rows for which `when` holds is over `most`. */
export type Stop = {
  readonly kind: 'stop';
  readonly step: number;
  readonly id: string;
  readonly column: string | null;
  readonly when: Expression;
  readonly most: number;
};

/** Parts that one row becomes at most; and how often rows may be split, so that each part has a number of its own. */
export const MOST_PARTS = 1000;
export const MOST_EXPLODES = 3;

/**
 * A kept row whose value holds the separator becomes one row for each part, alike in all else; every other row stays
 * one. The first part is the row itself, the others are added.
 */
export type Explode = {
  readonly kind: 'explode';
  readonly step: number;
  /** Id of the ordinal: the place of a row's part among those of the row it came from, from 1. */
  readonly id: string;
  /** Id of the part. */
  readonly part: string;
  readonly value: Expression;
  /** Text, not a pattern; never empty. No kept row has more than MOST_PARTS parts. */
  readonly separator: string;
};

export type Action = Assign | Leave | Merge | GroupSize | Tally | Golden | Lookup | Join | Stop | Explode;

/** A column under the name it has there, and its version. */
export type PlanColumn = { readonly id: string; readonly column: string };

/** A step as the plan carries it out. Disabled steps are not in the plan. */
export type PlanStep = {
  readonly id: string;
  readonly operation: string;
  readonly sentence: string;
  readonly scope: 'cell' | 'row' | 'group' | 'table';
  /** Whether the step hides personal data: what it makes of a column is also what the quarantine shows of it. */
  readonly hides?: true;
  /** The columns after the step, in order: steps may add, rename, drop and rearrange them. */
  readonly columns: readonly PlanColumn[];
};

/** The rules, free of any dialect: single-assignment versions, and the fates of rows. */
export type Plan = {
  readonly name: string;
  /** Names of the input's columns; their versions are `c0 … cn` in this order. */
  readonly input: readonly string[];
  readonly steps: readonly PlanStep[];
  readonly actions: readonly Action[];
  /** The columns that are written, in order. */
  readonly output: readonly PlanColumn[];
};

/** The libraries whose versions decide what a plan's lookups answer. */
export const librariesOf = (plan: Plan): readonly LookupLibrary[] => {
  const used = plan.actions.flatMap((action) => (action.kind === 'lookup' ? [action.lookup] : []));
  return [...new Set(used)].flatMap((id) => lookupOf(id).library ?? []);
};

/** Whether rows can leave by an action. */
export const isExit = (action: Action): action is Leave | Merge =>
  action.kind === 'leave' || action.kind === 'merge';

/** Whether an action looks at other rows than the one it answers for. */
export const isGrouped = (action: Action): action is Merge | GroupSize | Tally | Golden =>
  action.kind === 'merge' || action.kind === 'size' || action.kind === 'tally' || action.kind === 'golden';

/** Whether an action must see all rows to answer for one. */
export const seesAll = (action: Action): boolean =>
  isGrouped(action) || (action.kind === 'lookup' && isWhole(action.lookup));

/** The actions that come before one. */
export const actionsBefore = (plan: Pick<Plan, 'actions'>, action: Action): readonly Action[] =>
  plan.actions.slice(0, plan.actions.indexOf(action));

/** Ids of the ordinals that the explodes among some actions give, in order. */
export const ordinalsIn = (actions: readonly Action[]): readonly string[] =>
  actions.flatMap((action) => (action.kind === 'explode' ? [action.id] : []));

/** The merge with an id. */
export function mergeWith(plan: Pick<Plan, 'actions'>, id: string): Merge {
  const found = plan.actions.find((action): action is Merge => action.kind === 'merge' && action.id === id);
  if (!found) throw new RangeError(`The plan has no merge ${id}.`);
  return found;
}
