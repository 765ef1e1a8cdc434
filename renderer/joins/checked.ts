import { create } from 'zustand';
import { canonicalJson } from '../../shared/compile/hash';
import type { Join } from '../../shared/document/join';
import type { RuleSet } from '../../shared/document/rule-set';
import type { JoinCounts } from '../../shared/joins/check';

type Checked = { readonly of: string; readonly counts: JoinCounts };

/** What was counted last along each join, by its id. */
export const useChecked = create<Readonly<Record<string, Checked>>>(() => ({}));

/** All that counts along a join depend on: they hold as long as it is the same. */
export const stateOf = (
  { from, to }: Pick<Join, 'from' | 'to'>,
  ruleSets: ReadonlyMap<string, RuleSet>,
  rows: number,
): string =>
  canonicalJson([from, to, rows, ruleSets.get(from.source) ?? null, ruleSets.get(to.source) ?? null]);

export const rememberChecked = (join: string, of: string, counts: JoinCounts): void =>
  useChecked.setState({ [join]: { of, counts } });
