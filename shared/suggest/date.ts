import type { Expression } from '../expression/expression';
import { type DateShape, dayFirst, monthFirst, patternsOf, SEPARATORS, yearFirst } from './date-formats';
import { isLike, isMostly, MOST_CELLS, shareOf } from './detecting';
import type { Candidate, Detector, Look } from './suggestion';
import { cellsOf, quoted } from './words';

type Key = 'year' | 'day' | 'month' | 'either';
type Found = Record<Key, number>;
const KEYS: readonly Key[] = ['year', 'day', 'month', 'either'];

/** Three numbers that may be a date: looked for first, as the exact shapes take longer to count. */
const ANY = '[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}';

const example = async (look: Look, where: Expression): Promise<string> => {
  const [first] = await look.frequent(1, where);
  return first ? ` (for example ${quoted(first.value)})` : '';
};

/** What speaks for the day, and for the month, standing first; and how much speaks for neither. */
async function remarksOf(look: Look, separator: string, found: Found): Promise<string[]> {
  const patterns = patternsOf(separator);
  const remarks: string[] = [];
  const told = async (key: 'day' | 'month' | 'either', words: string) => {
    if (found[key] > 0)
      remarks.push(
        `${cellsOf(found[key])} ${words}${await example(look, isLike(look.trimmed, patterns[key]))}.`,
      );
  };
  await told('day', 'can only be read with the day first');
  await told('month', 'can only be read with the month first');
  await told('either', 'can be read either way');
  return remarks;
}

export const date: Detector = {
  kind: 'date',
  operations: ['parse-date'],
  async detect(look) {
    if (!(await isMostly(look, isLike(look.trimmed, ANY)))) return [];
    const tests: Record<string, Expression> = {};
    for (const separator of SEPARATORS) {
      for (const [key, pattern] of Object.entries(patternsOf(separator)))
        tests[`${key}${separator}`] = isLike(look.trimmed, pattern);
    }
    const counts = await look.count(tests);
    const total = SEPARATORS.flatMap((one) => KEYS.map((key) => counts[`${key}${one}`] ?? 0)).reduce(
      (a, b) => a + b,
    );
    if (look.filled < 5 || shareOf(total, look.filled) < MOST_CELLS) return [];
    const formats: DateShape[] = [];
    const remarks: string[] = [];
    // Formats whose other reading is also to be offered, with the evidence for both.
    const doubtful: { at: number; other: DateShape }[] = [];
    for (const separator of SEPARATORS) {
      const at = (key: keyof Found) => counts[`${key}${separator}`] ?? 0;
      const found: Found = { year: at('year'), day: at('day'), month: at('month'), either: at('either') };
      const short = (counts[`short${separator}`] ?? 0) > 0;
      if (found.year > 0) formats.push(yearFirst(separator, short));
      if (found.day + found.month + found.either === 0) continue;
      // A point between the parts is written where the day comes first.
      const day = found.day > found.month || (found.day === found.month && separator !== '/');
      const [chosen, other] = day
        ? [dayFirst(separator, short), monthFirst(separator, short)]
        : [monthFirst(separator, short), dayFirst(separator, short)];
      formats.push(chosen);
      if (found.either > 0 || (found.day > 0 && found.month > 0))
        doubtful.push({ at: formats.length - 1, other });
      remarks.push(...(await remarksOf(look, separator, found)));
    }
    const candidate = (shapes: readonly DateShape[]): Candidate => ({
      operation: 'parse-date',
      columns: [look.column],
      parameters: { formats: shapes.map(({ format }) => format), invalid: 'keep' },
      wrong: 'are not ISO dates',
      cannotBe: `read as ${shapes.map(({ words }) => words).join(' or ')}`,
      remarks,
    });
    return [candidate(formats), ...doubtful.map(({ at, other }) => candidate(formats.with(at, other)))];
  },
};
