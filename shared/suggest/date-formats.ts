/** A way to write a day: its format, as steps name it, a pattern for its shape, and its parts in their order. */
export type DateShape = {
  readonly separator: string;
  readonly order: 'ymd' | 'dmy' | 'mdy';
  readonly format: string;
  readonly words: string;
};

const two = (order: 'dmy' | 'mdy', separator: string): DateShape => ({
  separator,
  order,
  format: order === 'dmy' ? `dd${separator}MM${separator}yyyy` : `MM${separator}dd${separator}yyyy`,
  words: order === 'dmy' ? `day${separator}month${separator}year` : `month${separator}day${separator}year`,
});

/** Separators that dates are written with. */
export const SEPARATORS = ['-', '/', '.'] as const;

/** Dates with the year first, in an order that no one mistakes. */
export const yearFirst = (separator: string): DateShape => ({
  separator,
  order: 'ymd',
  format: `yyyy${separator}MM${separator}dd`,
  words: `year${separator}month${separator}day`,
});
export const dayFirst = (separator: string): DateShape => two('dmy', separator);
export const monthFirst = (separator: string): DateShape => two('mdy', separator);

const escaped = (separator: string) => (separator === '.' ? '\\.' : separator);
const DAY = '(?:0?[1-9]|[12][0-9]|3[01])';
const MONTH = '(?:0?[1-9]|1[0-2])';

/** Patterns of a separator's dates: with the year first; with it last, which may be read in one way or in both. */
export function patternsOf(separator: string): Record<'year' | 'day' | 'month' | 'either', string> {
  const by = escaped(separator);
  return {
    year: `[0-9]{4}${by}${MONTH}${by}${DAY}`,
    day: `(?:1[3-9]|2[0-9]|3[01])${by}${MONTH}${by}[0-9]{4}`,
    month: `${MONTH}${by}(?:1[3-9]|2[0-9]|3[01])${by}[0-9]{4}`,
    either: `${MONTH}${by}${MONTH}${by}[0-9]{4}`,
  };
}
