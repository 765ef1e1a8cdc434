import { dayFirst, monthFirst, patternsOf, SEPARATORS, yearFirst } from './date-formats';
import { isLike, isMostly } from './detecting';
import type { Detector } from './suggestion';
import { cellsOf } from './words';

const CLOCK = '(?:[01]?[0-9]|2[0-3]):[0-5][0-9]';
const SECONDS = ':[0-5][0-9]';
const FRACTION = '\\.[0-9]{1,9}';
const ZONE = '(?:Z|[+-][0-9]{2}:?[0-9]{2})';

/** Ends of a time: what follows hours and minutes, as a pattern and as a format. */
const ENDS = [
  { pattern: '', format: '' },
  { pattern: SECONDS, format: ':ss' },
  { pattern: `${SECONDS}${FRACTION}`, format: ':ss.SSS' },
  { pattern: `${SECONDS}${ZONE}`, format: ':ssXXX' },
  { pattern: `${SECONDS}${FRACTION}${ZONE}`, format: ':ss.SSSXXX' },
];

export const timestamp: Detector = {
  kind: 'timestamp',
  operations: ['parse-timestamp'],
  async detect(look) {
    const any = SEPARATORS.flatMap((one) => Object.values(patternsOf(one))).join('|');
    const whole = `(?:${any})[T ]${CLOCK}(?:${SECONDS})?(?:${FRACTION})?${ZONE}?`;
    if (!(await isMostly(look, isLike(look.trimmed, whole)))) return [];
    const formats: string[] = [];
    const remarks: string[] = [];
    for (const separator of SEPARATORS) {
      const patterns = patternsOf(separator);
      for (const between of ['T', ' '] as const) {
        for (const { pattern, format } of ENDS) {
          const time = `${between}${CLOCK}${pattern}`;
          const found = await look.count({
            year: isLike(look.trimmed, patterns.year + time),
            day: isLike(look.trimmed, patterns.day + time),
            month: isLike(look.trimmed, patterns.month + time),
            either: isLike(look.trimmed, patterns.either + time),
          });
          const written = `${between === 'T' ? "'T'" : ' '}HH:mm${format}`;
          if (found.year > 0) formats.push(yearFirst(separator).format + written);
          if (found.day + found.month + found.either === 0) continue;
          const day = found.day > found.month || (found.day === found.month && separator !== '/');
          formats.push((day ? dayFirst(separator) : monthFirst(separator)).format + written);
          remarks.push(
            `${cellsOf(found.day)} can only be read with the day first, ${cellsOf(found.month)} only with the month first, ${cellsOf(found.either)} either way.`,
          );
        }
      }
    }
    return [
      {
        operation: 'parse-timestamp',
        columns: [look.column],
        parameters: { formats, invalid: 'keep' },
        wrong: 'are not ISO times',
        cannotBe: 'read as a time',
        remarks,
      },
    ];
  },
};
