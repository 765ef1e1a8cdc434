import type { Expression } from '../expression/expression';
import type { LookupLibrary } from '../lookup/lookup';
import { type LookupKind, lookupOf } from '../lookup/registry';

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

/** Answers that no engine can compute in an expression, looked up by distinct inputs. Cuts the plan into stages. */
export type Lookup = LookupKind & {
  readonly kind: 'lookup';
  readonly step: number;
  readonly inputs: readonly Expression[];
  /** Ids of the answers' versions, in the lookup's order of outputs. */
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

export type Action = Assign | Leave | Merge | Lookup | Stop;

/** A step as the plan carries it out. Disabled steps are not in the plan. */
export type PlanStep = {
  readonly id: string;
  readonly operation: string;
  readonly sentence: string;
  readonly scope: 'cell' | 'row' | 'group' | 'table';
};

/** The rules, free of any dialect: single-assignment versions, and the fates of rows. */
export type Plan = {
  readonly name: string;
  /** Names of the input's columns; their versions are `c0 … cn` in this order. */
  readonly input: readonly string[];
  readonly steps: readonly PlanStep[];
  readonly actions: readonly Action[];
  /** The columns that are written, in order. */
  readonly output: readonly { readonly id: string; readonly column: string }[];
};

/** The libraries whose versions decide what a plan's lookups answer. */
export const librariesOf = (plan: Plan): readonly LookupLibrary[] => {
  const used = plan.actions.flatMap((action) => (action.kind === 'lookup' ? [action.lookup] : []));
  return [...new Set(used)].flatMap((id) => lookupOf(id).library ?? []);
};

/** Whether rows can leave by an action. */
export const isExit = (action: Action): action is Leave | Merge =>
  action.kind === 'leave' || action.kind === 'merge';
