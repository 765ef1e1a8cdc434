import { lowercaseTable, mapCase } from '../expression/case-table';
import { editDistance } from './distance';
import { byCodePoint, type KeyKind, variantKey, wordsOf } from './key';

/** A value of a column and how many rows hold it. */
export type ValueCount = { readonly value: string; readonly rows: number };

/** Values that may be variants of each other, the most frequent one first. */
export type Cluster = { readonly members: readonly ValueCount[] };

/** One edit for so many characters is a small difference. */
const CHARACTERS_AN_EDIT = 5;
const MOST_EDITS = 3;
/** Values that share a word or a beginning with more others than this are not compared by it. */
const LARGEST_BLOCK = 300;

const frequentFirst = (one: ValueCount, other: ValueCount) =>
  other.rows - one.rows || byCodePoint(one.value, other.value);

const rowsOf = ({ members }: Cluster) => members.reduce((sum, one) => sum + one.rows, 0);

/** Clusters by how many rows they hold, the largest first. */
const sorted = (clusters: readonly Cluster[]): readonly Cluster[] =>
  clusters.toSorted(
    (one, other) =>
      rowsOf(other) - rowsOf(one) || byCodePoint(one.members[0]?.value ?? '', other.members[0]?.value ?? ''),
  );

/** Values that have the same key, where there are several. */
export function clustersByKey(
  values: readonly ValueCount[],
  kind: KeyKind,
  size: number,
): readonly Cluster[] {
  const groups = new Map<string, ValueCount[]>();
  for (const one of values) {
    const key = variantKey(one.value, kind, size);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return sorted(
    [...groups.values()]
      .filter((group) => group.length > 1)
      .map((group) => ({ members: group.sort(frequentFirst) })),
  );
}

/** What two values must share to be compared: a word, or how they begin or end. */
function blocksOf(plain: string): readonly string[] {
  const together = plain.replaceAll(' ', '');
  return [
    ...plain.split(' ').filter((word) => word.length > 2),
    `^${together.slice(0, 3)}`,
    `${together.slice(-3)}$`,
  ];
}

/**
 * Values that differ by few edits from a more frequent one (letter case, marks and punctuation set aside): one edit
 * for every five characters, three at most. Each value joins one cluster only, so that none of them drift.
 */
export function clustersByDistance(values: readonly ValueCount[]): readonly Cluster[] {
  const plain = values
    .toSorted(frequentFirst)
    .map((one) => ({ one, text: wordsOf(mapCase(one.value, lowercaseTable)).join(' ') }))
    .filter(({ text }) => text.length >= CHARACTERS_AN_EDIT);
  const blocks = new Map<string, number[]>();
  for (const [i, { text }] of plain.entries()) {
    for (const block of blocksOf(text)) {
      const found = blocks.get(block);
      if (found) found.push(i);
      else blocks.set(block, [i]);
    }
  }
  const taken = new Set<number>();
  const clusters: Cluster[] = [];
  for (const [i, { one, text }] of plain.entries()) {
    if (taken.has(i)) continue;
    const near = new Set<number>();
    const most = Math.min(MOST_EDITS, Math.floor(text.length / CHARACTERS_AN_EDIT));
    for (const block of blocksOf(text)) {
      const others = blocks.get(block) ?? [];
      if (others.length > LARGEST_BLOCK) continue;
      for (const j of others) {
        if (j <= i || taken.has(j) || near.has(j)) continue;
        if (editDistance(text, plain[j]?.text ?? '', most) <= most) near.add(j);
      }
    }
    if (near.size === 0) continue;
    for (const j of near) taken.add(j);
    const members = [...near].sort((a, b) => a - b).flatMap((j) => plain[j]?.one ?? []);
    clusters.push({ members: [one, ...members] });
  }
  return sorted(clusters);
}

/** Clusters that a step with this kind of key would be made of; without a key, those of small differences. */
export const proposeClusters = (
  values: readonly ValueCount[],
  kind: KeyKind,
  size: number,
): readonly Cluster[] => (kind === 'exact' ? clustersByDistance(values) : clustersByKey(values, kind, size));
