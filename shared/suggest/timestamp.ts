import { dayFirst, monthFirst, patternsOf, SEPARATORS, yearFirst } from './date-formats';
import { isLike, isMostly } from './detecting';
import type { Detector } from './suggestion';
import { cellsOf, listed } from './words';

const CLOCK = '(?:[01]?[0-9]|2[0-3]):[0-5][0-9]';
const SECONDS = ':[0-5][0-9]';
const MILLIS = '\\.[0-9]{3}';
const MICROS = '\\.[0-9]{6}';
const ZONE = '(?:Z|[+-][0-9]{2}:?[0-9]{2})';

/** Ends of a time: what follows hours and minutes, as a pattern and as a format. */
const ENDS = ['', ZONE].flatMap((zone) =>
  [
    { pattern: '', format: '' },
    { pattern: SECONDS, format: ':ss' },
    { pattern: `${SECONDS}${MILLIS}`, format: ':ss.SSS' },
    { pattern: `${SECONDS}${MICROS}`, format: ':ss.SSSSSS' },
  ].map(({ pattern, format }) => ({ pattern: pattern + zone, format: zone === '' ? format : `${format}X` })),
);

export const timestamp: Detector = {
  kind: 'timestamp',
  operations: ['parse-timestamp'],
  async detect(look) {
    const any = SEPARATORS.flatMap((one) => {
      const { year, day, month, either } = patternsOf(one);
      return [year, day, month, either];
    }).join('|');
    const whole = `(?:${any})[T ]${CLOCK}(?:${SECONDS})?(?:${MILLIS}|${MICROS})?${ZONE}?`;
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
            short: isLike(look.trimmed, `(?:${patterns.short})${time}`),
          });
          const short = found.short > 0;
          const written = `${between === 'T' ? "'T'" : ' '}HH:mm${format}`;
          if (found.year > 0) formats.push(yearFirst(separator, short).format + written);
          if (found.day + found.month + found.either === 0) continue;
          const day = found.day > found.month || (found.day === found.month && separator !== '/');
          formats.push((day ? dayFirst(separator, short) : monthFirst(separator, short)).format + written);
          const told = [
            found.day > 0 && `${cellsOf(found.day)} can only be read with the day first`,
            found.month > 0 && `${cellsOf(found.month)} can only be read with the month first`,
            found.either > 0 && `${cellsOf(found.either)} can be read either way`,
          ].filter((one) => one !== false);
          remarks.push(`${listed(told)}.`);
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
