import type { AST } from '@eslint-community/regexpp';
import type { CharacterRange } from './characters';

/**
 * How long a text may be for a pattern to be tried on it. RE2 takes time in proportion to the text and no stack to
 * speak of; Java recurses for each repetition of a group, and tries every way in which repetitions may share the
 * text out among them. The limit is part of a pattern's meaning: both engines hold to it.
 */
export type PatternCost = {
  /** Stack frames Java takes for one repetition of a group; 0 where no group is repeated. */
  readonly frames: number;
  /** The time grows with this power of the text's length, at most. */
  readonly degree: number;
};

/** Longest text, in code points, that any pattern is tried on. */
export const LONGEST_MATCHED = 4000;
/** A pattern that would be tried on no more than this is refused. */
export const LEAST_MATCHED = 60;
/** A thread of Java has 1 MB of stack; Spark itself uses some, and a frame is 140 bytes at worst. */
const MOST_FRAMES = 600_000 / 140;
/** Steps until Java gives up on a text, where the power of its length is 3, 4 …: half a second each. */
const LONGEST_BY_DEGREE: readonly number[] = [
  LONGEST_MATCHED,
  LONGEST_MATCHED,
  LONGEST_MATCHED,
  1000,
  250,
  100,
];
/** Repetitions that may go on at least so far count as unbounded. */
const MANY = 20;

/** The longest text for a cost, or null where a pattern costs too much. */
export function longestFor({ frames, degree }: PatternCost): number | null {
  const byStack = frames === 0 ? LONGEST_MATCHED : Math.floor(MOST_FRAMES / frames);
  const byTime = LONGEST_BY_DEGREE[degree] ?? 0;
  const longest = Math.min(LONGEST_MATCHED, byStack, byTime);
  return longest < LEAST_MATCHED ? null : longest;
}

/**
 * A stretch of a pattern: what it may hold, whether it must hold something, the power of its own time, and how many
 * lengths it can take.
 */
type Item = {
  readonly ranges: readonly CharacterRange[];
  readonly mandatory: boolean;
  readonly power: number;
  readonly lengths: number;
};
type RangesOf = (element: AST.Character | AST.CharacterSet | AST.CharacterClass) => readonly CharacterRange[];

const ANYTHING: readonly CharacterRange[] = [[0, 0x10ffff]];

const meet = (a: readonly CharacterRange[], b: readonly CharacterRange[]): CharacterRange[] =>
  a.flatMap(([first, last]) =>
    b.flatMap(([from, to]): CharacterRange[] =>
      Math.max(first, from) <= Math.min(last, to) ? [[Math.max(first, from), Math.min(last, to)]] : [],
    ),
  );

/** The power of a sequence: the longest chain of repetitions of which each can take what the one before gives up. */
function powerOf(items: readonly Item[]): number {
  const powers: number[] = [];
  for (const [i, item] of items.entries()) {
    let before = 0;
    for (let j = 0; j < i && item.power > 0; j++) {
      const earlier = items[j];
      if (!earlier || earlier.power === 0) continue;
      const shared = meet(earlier.ranges, item.ranges);
      const between = items.slice(j + 1, i).filter((one) => one.mandatory);
      if (shared.length === 0 || between.some((one) => meet(one.ranges, shared).length === 0)) continue;
      before = Math.max(before, powers[j] ?? 0);
    }
    powers.push(item.power === 0 ? 0 : item.power + before);
  }
  return Math.max(0, ...powers);
}

const overlap = (a: readonly CharacterRange[], b: readonly CharacterRange[]) => meet(a, b).length > 0;

/** What an alternative may begin with; null where it may be empty. */
function beginning(items: readonly Item[]): readonly CharacterRange[] | null {
  const end = items.findIndex((one) => one.mandatory);
  return end < 0 ? null : items.slice(0, end + 1).flatMap((one) => one.ranges);
}

const unclear = (beginnings: readonly (readonly CharacterRange[] | null)[]): boolean =>
  beginnings.some((a, i) => a === null || beginnings.slice(i + 1).some((b) => b === null || overlap(a, b)));

/** How many lengths alternatives can take; the way that is taken is clear where each begins with others' letters. */
function lengthsOf(ways: readonly (readonly Item[])[]): number {
  const each = ways.map((way) => way.reduce((times, one) => times * one.lengths, 1));
  return ways.length > 1 && unclear(ways.map(beginning))
    ? each.reduce((sum, one) => sum + one, 0)
    : Math.max(1, ...each);
}

/** Whether repeating these alternatives can take the same text apart in several ways. */
function ambiguous(ways: readonly (readonly Item[])[]): boolean {
  if (unclear(ways.map(beginning))) return true;
  return ways.some((one) =>
    one.some((left, i) =>
      ways.some((other) =>
        other.some((right, j) => {
          if (left.lengths === 1 || right.lengths === 1) return false;
          const shared = meet(left.ranges, right.ranges);
          const between = [...one.slice(i + 1), ...other.slice(0, j)].filter(({ mandatory }) => mandatory);
          return shared.length > 0 && between.every(({ ranges }) => overlap(ranges, shared));
        }),
      ),
    ),
  );
}

/** Ways to take a text apart that a few repetitions may have. */
const FEW_WAYS = 10_000;

/** A power for repetitions of a group; infinite where time could grow exponentially, as Java 8's always does. */
function repeatedPower(
  ways: readonly (readonly Item[])[],
  { min, max }: { readonly min: number; readonly max: number },
): number {
  const inner = Math.max(0, ...ways.map(powerOf));
  if (max > 1 && ambiguous(ways)) {
    if (lengthsOf(ways) ** Math.min(max, MANY) > FEW_WAYS) return Number.POSITIVE_INFINITY;
  }
  return max >= MANY ? Math.max(1, inner) : inner * Math.max(1, min);
}

function itemsOf(elements: readonly AST.Element[], rangesOf: RangesOf): Item[] {
  return elements.flatMap((element): Item[] => {
    switch (element.type) {
      case 'Character':
      case 'CharacterSet':
      case 'CharacterClass':
        return [{ ranges: rangesOf(element), mandatory: true, power: 0, lengths: 1 }];
      case 'Group':
      case 'CapturingGroup': {
        const [only, ...others] = element.alternatives;
        if (only && others.length === 0) return itemsOf(only.elements, rangesOf);
        const all = element.alternatives.map((one) => itemsOf(one.elements, rangesOf));
        return [
          {
            ranges: all.flat().flatMap((one) => one.ranges),
            mandatory: all.every((one) => one.some(({ mandatory }) => mandatory)),
            power: Math.max(...all.map(powerOf)),
            lengths: lengthsOf(all),
          },
        ];
      }
      case 'Quantifier': {
        const repeated = element.element;
        const ways =
          repeated.type === 'Group' || repeated.type === 'CapturingGroup'
            ? repeated.alternatives.map((one) => itemsOf(one.elements, rangesOf))
            : [itemsOf([repeated as AST.Element], rangesOf)];
        return [
          {
            ranges: ways.flat().flatMap((one) => one.ranges),
            mandatory: element.min > 0 && ways.every((way) => way.some(({ mandatory }) => mandatory)),
            power: repeatedPower(ways, element),
            lengths: lengthsOf(ways) > 1 ? MANY : Math.min(MANY, element.max - element.min + 1),
          },
        ];
      }
      default:
        return [];
    }
  });
}

/** Frames on the longest way through; `repeated` tells whether any group on it is repeated often. */
function framesOf(elements: readonly AST.Element[]): { frames: number; repeated: boolean } {
  let frames = 0;
  let repeated = false;
  for (const element of elements) {
    if (element.type === 'Group' || element.type === 'CapturingGroup') {
      const ways = element.alternatives.map((one) => framesOf(one.elements));
      frames += 2 + (ways.length > 1 ? 2 : 0) + Math.max(...ways.map((way) => way.frames));
      repeated ||= ways.some((way) => way.repeated);
    } else if (element.type === 'Quantifier') {
      const inner = framesOf([element.element as AST.Element]);
      frames += inner.frames + 2;
      const group = element.element.type === 'Group' || element.element.type === 'CapturingGroup';
      repeated ||= inner.repeated || (group && element.max >= MANY);
    } else frames += 1;
  }
  return { frames, repeated };
}

/** What a pattern costs at worst. `whole`: it is only tried at the start of the text. */
export function costOf(
  alternatives: readonly AST.Alternative[],
  whole: boolean,
  rangesOf: RangesOf,
): PatternCost {
  const ways = alternatives.map(({ elements }) => {
    const [first] = elements;
    const anchored = whole || (first?.type === 'Assertion' && first.kind === 'start');
    const start: Item[] = anchored ? [] : [{ ranges: ANYTHING, mandatory: false, power: 1, lengths: 1 }];
    return { power: powerOf([...start, ...itemsOf(elements, rangesOf)]), ...framesOf(elements) };
  });
  return {
    degree: Math.max(...ways.map((way) => way.power)),
    frames: Math.max(0, ...ways.map((way) => (way.repeated ? way.frames : 0))),
  };
}
