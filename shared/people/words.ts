/** A text as code points, beside its lower and its upper case: three lists of one length. */
export type Letters = {
  readonly text: readonly string[];
  readonly lower: readonly string[];
  readonly upper: readonly string[];
};

/** A word of a text, from its first code point to the one after its last. */
export type Word = {
  readonly from: number;
  readonly to: number;
  /** In lower case, without full stops. */
  readonly key: string;
};

/** Spellings in mixed case, by their lower case without full stops; as long as that. */
export type Spellings = Readonly<Record<string, string>>;

const PARTING = new Set([...'-\u2010\u2011\u2013/.()"\u201c\u201d&+_']);
const APOSTROPHES = new Set([..."'\u2019\u02bc`"]);
const BEFORE_APOSTROPHE = new Set([...'odl']);

/** Lines a text up with its cases; a case of another length, which no table of ours makes, counts as the text. */
export function lettersOf(text: string, lower: string | null, upper: string | null): Letters {
  const points = [...text];
  const aligned = (other: string | null) => {
    const found = [...(other ?? text)];
    return found.length === points.length ? found : points;
  };
  return { text: points, lower: aligned(lower), upper: aligned(upper) };
}

/** Words between spaces, of a part of a text. */
export function wordsOf({ text, lower }: Letters, from: number, to: number): Word[] {
  const words: Word[] = [];
  let start = from;
  for (let i = from; i <= to; i++) {
    if (i < to && text[i] !== ' ') continue;
    if (i > start) {
      const key = lower.slice(start, i).filter((one) => one !== '.');
      words.push({ from: start, to: i, key: key.join('') });
    }
    start = i + 1;
  }
  return words;
}

/** Parts of a text between commas. */
export function segmentsOf({ text }: Letters): readonly (readonly [from: number, to: number])[] {
  const ends = [...text.keys()].filter((i) => text[i] === ',');
  const starts = [0, ...ends.map((i) => i + 1)];
  return starts.map((from, i) => [from, ends[i] ?? text.length] as const);
}

/** Whether a text has letters of one case only, so that its case says nothing. */
export function isOneCase({ text, lower, upper }: Letters): boolean {
  const hasUpper = text.some((one, i) => one !== lower[i]);
  const hasLower = text.some((one, i) => one !== upper[i]);
  return !(hasUpper && hasLower);
}

/** The full stops of a word stay where they are, between the letters of a spelling. */
export function withStops(letters: readonly string[], spelling: string): string {
  const spelled = [...spelling];
  let next = 0;
  return letters.map((one) => (one === '.' ? one : (spelled[next++] ?? one))).join('');
}

function casePart({ lower, upper }: Letters, from: number, to: number, spellings: Spellings): string {
  const key = lower.slice(from, to).join('');
  const known = Object.hasOwn(spellings, key) ? spellings[key] : undefined;
  if (known !== undefined) return known;
  const raised = new Set([from]);
  const second = lower[from + 1];
  if (
    to - from >= 4 &&
    second !== undefined &&
    APOSTROPHES.has(second) &&
    BEFORE_APOSTROPHE.has(lower[from] ?? '')
  )
    raised.add(from + 2);
  if (to - from >= 4 && key.startsWith('mc')) raised.add(from + 2);
  return lower
    .slice(from, to)
    .map((one, i) => (raised.has(from + i) ? (upper[from + i] ?? one) : one))
    .join('');
}

/**
 * A word with a capital at its start, after each hyphen and full stop, after O’, D’ and L’ and after Mc; the rest in
 * lower case. Parts that have a spelling of their own follow it.
 */
export function caseWord(letters: Letters, { from, to }: Word, spellings: Spellings): string {
  let written = '';
  let start = from;
  for (let i = from; i <= to; i++) {
    const one = letters.lower[i];
    if (i < to && one !== undefined && !PARTING.has(one)) continue;
    if (i > start) written += casePart(letters, start, i, spellings);
    if (i < to) written += letters.text[i];
    start = i + 1;
  }
  return written;
}
