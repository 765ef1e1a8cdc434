/** How alike two names are, 0 to 1, and above this they may mean the same. */
const ALIKE = 0.5;
const MOST = 3;

const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
const words = (name: string): readonly string[] =>
  name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

function pairs(name: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const points = [...plain(name)];
  for (let i = 0; i + 1 < points.length; i++) {
    const pair = `${points[i]}${points[i + 1]}`;
    found.set(pair, (found.get(pair) ?? 0) + 1);
  }
  return found;
}

/** Share of the pairs of neighbouring letters that two names have in common. */
function sharedPairs(a: string, b: string): number {
  const [one, other] = [pairs(a), pairs(b)];
  const size = (map: ReadonlyMap<string, number>) => [...map.values()].reduce((sum, n) => sum + n, 0);
  const common = [...one].reduce((sum, [pair, n]) => sum + Math.min(n, other.get(pair) ?? 0), 0);
  const total = size(one) + size(other);
  return total === 0 ? 0 : (2 * common) / total;
}

/** Letters to insert, delete, replace or swap with their neighbour to make one name of the other. */
function editsBetween(a: string, b: string): number {
  const [one, other] = [[...plain(a)], [...plain(b)]];
  let [before, last]: [number[], number[]] = [[], other.map((_, j) => j).concat(other.length)];
  for (const [i, letter] of one.entries()) {
    const row = [i + 1];
    for (const [j, found] of other.entries()) {
      const replaced = (last[j] ?? 0) + (letter === found ? 0 : 1);
      let least = Math.min(replaced, (last[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1);
      if (i > 0 && j > 0 && letter === other[j - 1] && one[i - 1] === found)
        least = Math.min(least, (before[j - 1] ?? 0) + 1);
      row.push(least);
    }
    [before, last] = [last, row];
  }
  return last.at(-1) ?? 0;
}

/** Longest name, in characters, whose letters are compared one by one. */
const LONGEST = 100;

function spelledAlike(a: string, b: string): number {
  const longest = Math.max(plain(a).length, plain(b).length);
  return longest === 0 || longest > LONGEST ? 0 : 1 - editsBetween(a, b) / longest;
}

/** How alike two names of columns are: 1 where only letter case and punctuation differ, 0 where nothing is alike. */
export function likeness(a: string, b: string): number {
  if (a === b || (plain(a) !== '' && plain(a) === plain(b))) return 1;
  const [one, other] = [words(a), words(b)];
  const common = one.filter((word) => other.includes(word)).length;
  // One name says all that the other says: `phone` and `phone number`.
  const contained = common > 0 && common === Math.min(one.length, other.length) ? 0.8 : 0;
  return Math.min(0.95, Math.max(contained, sharedPairs(a, b), spelledAlike(a, b)));
}

/** Names that may be meant by one that is not there, the likeliest first. */
export function nearNames(name: string, names: readonly string[]): readonly string[] {
  return names
    .map((one, i) => ({ one, i, like: likeness(name, one) }))
    .filter(({ like }) => like >= ALIKE)
    .sort((a, b) => b.like - a.like || a.i - b.i)
    .slice(0, MOST)
    .map(({ one }) => one);
}

/** Names that are listed where none is like the one that is not there. */
const MOST_LISTED = 20;

/**
 * What to take instead of a name that is not there: those like it, else some of those there are.
 * @param noun what the names are of, such as `columns`
 */
export function insteadOf(name: string, names: readonly string[], noun: string): string {
  const quoted = (some: readonly string[]) => some.map((one) => `“${one}”`);
  const near = nearNames(name, names);
  if (near.length > 0) return `did you mean ${quoted(near).join(' or ')}?`;
  if (names.length === 0) return `there are no ${noun} here.`;
  const more = names.length > MOST_LISTED ? ` and ${names.length - MOST_LISTED} more` : '';
  return `the ${noun} are ${quoted(names.slice(0, MOST_LISTED)).join(', ')}${more}.`;
}
