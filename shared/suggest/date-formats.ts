/** A way to write a day: its format, as steps name it, a pattern for its shape, and its parts in their order. */
export type DateShape = {
  readonly separator: string;
  readonly order: 'ymd' | 'dmy' | 'mdy';
  readonly format: string;
  readonly words: string;
};

/** `short`: days and months below ten may have one digit. */
const two = (order: 'dmy' | 'mdy', separator: string, short: boolean): DateShape => ({
  separator,
  order,
  format: (order === 'dmy' ? ['dd', 'MM', 'yyyy'] : ['MM', 'dd', 'yyyy'])
    .map((part) => (short && part !== 'yyyy' ? part.charAt(0) : part))
    .join(separator),
  words: order === 'dmy' ? `day${separator}month${separator}year` : `month${separator}day${separator}year`,
});

/** Separators that dates are written with. */
export const SEPARATORS = ['-', '/', '.'] as const;

/** Dates with the year first, in an order that no one mistakes. */
export const yearFirst = (separator: string, short: boolean): DateShape => ({
  separator,
  order: 'ymd',
  format: short ? `yyyy${separator}M${separator}d` : `yyyy${separator}MM${separator}dd`,
  words: `year${separator}month${separator}day`,
});
export const dayFirst = (separator: string, short: boolean): DateShape => two('dmy', separator, short);
export const monthFirst = (separator: string, short: boolean): DateShape => two('mdy', separator, short);

const escaped = (separator: string) => (separator === '.' ? '\\.' : separator);
const DAY = '(?:0?[1-9]|[12][0-9]|3[01])';
const MONTH = '(?:0?[1-9]|1[0-2])';

/**
 * Patterns of a separator’s dates: with the year first; with it last, which may be read in one
 * way or in both; and with a day or a month of one digit.
 */
export function patternsOf(separator: string): Record<'year' | 'day' | 'month' | 'either' | 'short', string> {
  const by = escaped(separator);
  return {
    short: `[0-9]{4}${by}(?:[1-9]${by}${DAY}|${MONTH}${by}[1-9])|(?:[1-9]${by}${DAY}|${DAY}${by}[1-9])${by}[0-9]{4}`,
    year: `[0-9]{4}${by}${MONTH}${by}${DAY}`,
    day: `(?:1[3-9]|2[0-9]|3[01])${by}${MONTH}${by}[0-9]{4}`,
    month: `${MONTH}${by}(?:1[3-9]|2[0-9]|3[01])${by}[0-9]{4}`,
    either: `${MONTH}${by}${MONTH}${by}[0-9]{4}`,
  };
}
