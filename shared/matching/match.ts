import { Fault } from '../contract/errors';
import type { MatchOptions } from './options';
import { explain, levelsOf, type MatchRecord, pointsOf, readRecord, scoreOf } from './record';

/** Pairs with enough points, at most. */
const MOST_PAIRS = 2_000_000;

const tooMany = () =>
  new Fault({
    code: 'match.pairs',
    message: `More than ${MOST_PAIRS} pairs of records match.`,
    unaffected: 'Nothing was written.',
    advice: 'Raise the threshold, or compare more columns.',
  });

function tooLarge(rows: number, largest: number): Fault {
  return new Fault({
    code: 'match.block',
    message: `The records to compare with each other are too many: ${rows} have the same key, where ${largest} may.`,
    unaffected: 'Nothing was written.',
    advice: 'Bring records together by something narrower: another column, or several at once.',
  });
}

/** Gives each pair of records that share a block, once. Throws a Fault (`match.block`) for a block that is too large. */
export function* pairsOf(
  records: readonly MatchRecord[],
  { blocks, largest }: MatchOptions,
): Generator<readonly [MatchRecord, MatchRecord]> {
  for (const pass of blocks.keys()) {
    const byKey = new Map<string, MatchRecord[]>();
    for (const record of records) {
      const key = record.keys[pass] ?? null;
      if (key === null) continue;
      const block = byKey.get(key);
      if (block) block.push(record);
      else byKey.set(key, [record]);
    }
    for (const block of byKey.values()) {
      if (block.length > largest) throw tooLarge(block.length, largest);
      for (const [i, one] of block.entries()) {
        for (let j = i + 1; j < block.length; j++) {
          const other = block[j];
          if (other && !sharesEarlier(one, other, pass)) yield [one, other];
        }
      }
    }
  }
}

function sharesEarlier(one: MatchRecord, other: MatchRecord, pass: number): boolean {
  for (let earlier = 0; earlier < pass; earlier++) {
    const key = one.keys[earlier] ?? null;
    if (key !== null && key === other.keys[earlier]) return true;
  }
  return false;
}

const pairId = (one: string, other: string) => (one < other ? `${one} ${other}` : `${other} ${one}`);

/** Groups of ids that are connected; each is named by its smallest id. */
function createGroups() {
  const parents = new Map<string, string>();
  const find = (id: string): string => {
    let root = id;
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent;
    for (let at = id; at !== root; ) {
      const next = parents.get(at) ?? root;
      parents.set(at, root);
      at = next;
    }
    return root;
  };
  return {
    find,
    join(one: string, other: string) {
      const [a, b] = [find(one), find(other)];
      if (a < b) parents.set(b, a);
      else if (b < a) parents.set(a, b);
    },
  };
}

export type Matched = { readonly group: string | null; readonly score: string | null };

/**
 * Matches records, given as distinct texts. A record's group is named by the smallest id of all records that pairs
 * with enough points connect; a record that would not even match itself is in none. The score is that of its best
 * pair, explained; null where it has no pair.
 */
export function matchRecords(texts: readonly string[], options: MatchOptions): readonly Matched[] {
  const records = texts.map((text) => readRecord(text, options));
  const byId = new Map(records.map((record) => [record.id, record]));
  const decided = new Map(options.decided.map(({ records: [a, b], same }) => [pairId(a, b), same]));
  const groups = createGroups();
  const best = new Map<string, { readonly with: string; readonly points: readonly number[] }>();
  const better = (id: string, partner: string, points: readonly number[]) => {
    const known = best.get(id);
    const more = known ? scoreOf(points) - scoreOf(known.points) : 1;
    if (!known || more > 0 || (more === 0 && partner < known.with)) best.set(id, { with: partner, points });
  };
  const connect = (one: MatchRecord, other: MatchRecord, points: readonly number[]) => {
    groups.join(one.id, other.id);
    better(one.id, other.id, points);
    better(other.id, one.id, points);
  };
  let pairs = 0;
  for (const [one, other] of pairsOf(records, options)) {
    const points = pointsOf(levelsOf(one, other, options), options);
    if (scoreOf(points) < options.threshold) continue;
    if (decided.size > 0 && decided.has(pairId(one.id, other.id))) continue;
    if (++pairs > MOST_PAIRS) throw tooMany();
    connect(one, other, points);
  }
  for (const {
    records: [a, b],
    same,
  } of options.decided) {
    const [one, other] = [byId.get(a), byId.get(b)];
    if (same && one && other && one !== other)
      connect(one, other, pointsOf(levelsOf(one, other, options), options));
  }
  return records.map((record) => {
    const found = best.get(record.id);
    const itself = scoreOf(pointsOf(levelsOf(record, record, options), options)) >= options.threshold;
    return {
      group: found || itself ? groups.find(record.id) : null,
      score: found ? explain(found.points, options) : null,
    };
  });
}
