import { create } from 'zustand';
import { canonicalJson } from '../../shared/compile/hash';
import type { Join } from '../../shared/document/join';
import type { Source } from '../../shared/document/project';
import type { RuleSet } from '../../shared/document/rule-set';
import type { JoinCounts } from '../../shared/joins/check';

type Checked = { readonly of: string; readonly counts: JoinCounts };

/** What was counted last along each join, by its id. */
export const useChecked = create<Readonly<Record<string, Checked>>>(() => ({}));

/** All that counts along a join depend on: they hold as long as it is the same. `drawn`: how its samples are drawn. */
export const stateOf = (
  { from, to }: Pick<Join, 'from' | 'to'>,
  ruleSets: ReadonlyMap<string, RuleSet>,
  drawn: readonly unknown[],
): string =>
  canonicalJson([from, to, drawn, ruleSets.get(from.source) ?? null, ruleSets.get(to.source) ?? null]);

/** How the samples of a join's sources are drawn. */
export const drawnBy = (
  { from, to }: Pick<Join, 'from' | 'to'>,
  sources: readonly Pick<Source, 'id' | 'sampling'>[],
  rows: number,
): readonly unknown[] => [
  rows,
  ...[from, to].map((side) => sources.find((one) => one.id === side.source)?.sampling ?? null),
];

export const rememberChecked = (join: string, of: string, counts: JoinCounts): void =>
  useChecked.setState({ [join]: { of, counts } });
