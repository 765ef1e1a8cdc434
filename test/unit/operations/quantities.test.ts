import { describe, expect, test } from 'vitest';
import { parseDateFormat } from '../../../shared/expression/date-format';
import { cast } from '../../../shared/operations/cast';
import { age } from '../../../shared/operations/dates/age';
import { convertZone } from '../../../shared/operations/dates/convert-zone';
import { formatDate } from '../../../shared/operations/dates/format-date';
import { parseDate } from '../../../shared/operations/dates/parse-date';
import { parseTimestamp } from '../../../shared/operations/dates/parse-timestamp';
import { plausibleDate } from '../../../shared/operations/dates/plausible-date';
import { derive } from '../../../shared/operations/derive';
import { bin } from '../../../shared/operations/numbers/bin';
import { clamp } from '../../../shared/operations/numbers/clamp';
import { parseMoney } from '../../../shared/operations/numbers/parse-money';
import { parseNumber } from '../../../shared/operations/numbers/parse-number';
import { round } from '../../../shared/operations/numbers/round';
import { scale } from '../../../shared/operations/numbers/scale';
import type { Operation } from '../../../shared/operations/operation';

/** What is wrong with parameters, in one line. */
function fault<P>(operation: Operation<P>, parameters: Record<string, unknown>): string {
  const result = operation.parameters.safeParse(parameters);
  return result.success ? '' : result.error.issues.map((one) => one.message).join(' ');
}

describe('a rule that cannot be right is refused, and says why', () => {
  test.each([
    [parseNumber, { decimal: ',', grouping: ',' }, /must differ/],
    [parseNumber, { to: 'integer', scale: 2 }, /no decimals/],
    [parseNumber, { scale: 7 }, /6/],
    [parseMoney, {}, /State the currency/],
    [parseMoney, { currency: 'EURO' }, /ISO 4217/],
    [round, { digits: 9 }, /8/],
    [clamp, {}, /lowest or a highest/],
    [clamp, { min: '10', max: '9.999999999' }, /must not be above/],
    [clamp, { min: '1e5' }, /plain digits/],
    [clamp, { min: '-9', max: '-10' }, /must not be above/],
    [bin, {}, /Give the limits/],
    [bin, { edges: ['2', '10', '9.5'] }, /must rise: 9\.5 does not lie above 10/],
    [bin, { edges: ['1', '1.0'] }, /must rise/],
    [bin, { edges: ['1'], labels: ['a'] }, /2 groups/],
    [bin, { method: 'width', width: '0' }, /above 0/],
    [bin, { method: 'quantiles', edges: ['1'] }, /statistic of all rows/],
    [scale, { method: 'minmax', min: '5', max: '5' }, /must lie above the least/],
    [scale, { method: 'zscore', mean: '5' }, /all rows gave/],
    [scale, { method: 'zscore', mean: '5', deviation: '-1' }, /above 0/],
    [parseDate, { formats: ['dd.MM.yy'] }, /two digits need/],
    [parseDate, { formats: [] }, /./],
    [parseDate, { formats: ['MM.yyyy'] }, /does not tell the day/],
    [parseDate, { formats: ['yyyy-MM-dd HH:mm'] }, /Read times/],
    [parseDate, { formats: ['YYYY-MM-dd'] }, /at character 1: The year is yyyy/],
    [parseDate, { formats: ["yyyy-MM-dd'T"] }, /at character 11: The apostrophe/],
    [parseTimestamp, { formats: ['yyyy-MM-dd h:mm'] }, /need AM or PM/],
    [parseTimestamp, { formats: ['yyyy-MM-dd mm:ss'] }, /not the hour/],
    [parseTimestamp, { zone: 'Europe/Atlantis' }, /a zone of the IANA database/],
    [parseTimestamp, { zone: '+15:00' }, /fixed distance/],
    [convertZone, { to: 'CETX' }, /a zone of the IANA database/],
    [formatDate, { format: 'nothing' }, /at character 1/],
    [formatDate, { format: '--' }, /tells nothing/],
    [plausibleDate, { notFuture: true }, /State the day/],
    [plausibleDate, {}, /first or a last day/],
    [plausibleDate, { min: '2024-02-02', max: '2024-02-01' }, /must not be after/],
    [plausibleDate, { min: '2024-02-30' }, /date such as/],
    [age, {}, /./],
    [age, { on: 'today' }, /date such as/],
    [cast, { to: 'float' }, /./],
    [derive, { expression: '[a] * 2', into: 'b' }, /at character 1: .*number\(…\)/],
    [derive, { expression: '', into: 'b' }, /empty/],
  ] as const)('%#', (operation, parameters, message) => {
    expect(fault(operation as Operation<unknown>, parameters)).toMatch(message);
  });
});

test('a format is read into its parts', () => {
  expect(parseDateFormat("d. MMMM ''yy 'o''clock'")).toEqual({
    ok: true,
    parts: [
      { kind: 'token', token: 'd' },
      { kind: 'literal', text: '. ' },
      { kind: 'token', token: 'MMMM' },
      { kind: 'literal', text: " '" },
      { kind: 'token', token: 'yy' },
      { kind: 'literal', text: " o'clock" },
    ],
  });
  expect(parseDateFormat('dd dd')).toMatchObject({ ok: false, fault: { position: 3 } });
  expect(parseDateFormat('ddd')).toMatchObject({ ok: false, fault: { position: 0 } });
  expect(parseDateFormat('y'.repeat(61))).toMatchObject({ ok: false, fault: { position: 60 } });
});

test('what depends on a statistic of all rows says so', () => {
  expect(scale.scope).toBe('table');
  const scopeOf = (parameters: Record<string, unknown>) => bin.scopeOf?.(bin.parameters.parse(parameters));
  expect(scopeOf({ edges: ['1'] })).toBe('cell');
  expect(scopeOf({ method: 'quantiles', quantiles: ['1'] })).toBe('table');
});
