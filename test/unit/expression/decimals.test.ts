import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { render } from '../../../shared/compile/render';
import { column, type Expression } from '../../../shared/expression/expression';
import { call } from '../../../shared/expression/primitives';
import type { Engine } from '../../../shared/ports/engine';
import { openHost } from '../../conformance/engines';
import { NUMBER_TEXTS } from '../../conformance/quantities';
import { loadRows } from '../../conformance/trace';

let engine: Engine;
beforeAll(async () => {
  engine = await openHost();
  await loadRows(
    engine,
    'pairs',
    pairs.map(([a, b]) => [written(a), written(b)]),
    2,
  );
  await loadRows(
    engine,
    'texts',
    NUMBER_TEXTS.map((one) => [one]),
    1,
  );
});
afterAll(() => engine?.close());

const UNIT = 1_000_000_000n;
const LIMIT = 10n ** 29n;
/** A decimal as its number of 10^-9. */
const unitsOf = (written: string): bigint => {
  const [whole = '', fraction = ''] = written.replace(/^[+-]/, '').split('.');
  const units = BigInt(whole) * UNIT + BigInt(fraction.slice(0, 9).padEnd(9, '0'));
  return written.startsWith('-') ? -units : units;
};
const size = (one: bigint) => (one < 0n ? -one : one);
const written = (units: bigint): string => {
  const fraction = String(size(units) % UNIT)
    .padStart(9, '0')
    .replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${size(units) / UNIT}${fraction === '' ? '' : `.${fraction}`}`;
};
const fitting = (units: bigint): string | null => (size(units) < LIMIT ? written(units) : null);
/** a / b, half away from zero. */
const rounded = (a: bigint, b: bigint): bigint => {
  const quotient = (2n * size(a) + size(b)) / (2n * size(b));
  return a < 0n === b < 0n ? quotient : -quotient;
};

type Model = [
  build: (a: Expression, b: Expression) => Expression,
  answer: (a: bigint, b: bigint) => string | null,
];
const MODELS: Record<string, Model> = {
  plus: [(a, b) => call('plus', [a, b]), (a, b) => fitting(a + b)],
  minus: [(a, b) => call('minus', [a, b]), (a, b) => fitting(a - b)],
  times: [(a, b) => call('times', [a, b]), (a, b) => fitting(rounded(a * b, UNIT))],
  dividedBy: [
    (a, b) => call('dividedBy', [a, b]),
    (a, b) => (b === 0n ? null : fitting(rounded(a * UNIT, b))),
  ],
  remainder: [(a, b) => call('remainder', [a, b]), (a, b) => (b === 0n ? null : fitting(a % b))],
  absolute: [(a) => call('absolute', [a]), (a) => fitting(size(a))],
  floor: [(a) => call('floor', [a]), (a) => fitting(a - (((a % UNIT) + UNIT) % UNIT))],
  ...Object.fromEntries(
    [-8, -2, 0, 1, 2, 8, 9].map((digits): [string, Model] => {
      const unit = 10n ** BigInt(9 - digits);
      return [
        `round to ${digits}`,
        [(a) => call('roundDecimal', [a], { digits }), (a) => fitting(rounded(a, unit) * unit)],
      ];
    }),
  ),
};

const anyUnits = fc.oneof(
  fc.bigInt({ min: 1n - LIMIT, max: LIMIT - 1n }),
  fc.bigInt({ min: -(10n ** 19n), max: 10n ** 19n }),
  fc.bigInt({ min: -3n * UNIT, max: 3n * UNIT }),
  fc.constantFrom(0n, 1n, -1n, UNIT, -UNIT, UNIT / 2n, LIMIT - 1n, 1n - LIMIT, 5n, 10n ** 17n, 10n ** 23n),
);
const pairs = fc.sample(fc.tuple(anyUnits, anyUnits), { seed: 20_261_123, numRuns: 1500 });

const answers = async (table: string, value: Expression) => {
  const sql = render(call('decimalText', [value], { fewest: 0 }), 'duckdb');
  return (await engine.query(`SELECT ${sql} FROM ${table} ORDER BY r`)).columns[0] ?? [];
};

test.each(Object.entries(MODELS))('%s is exact', async (_, [build, answer]) => {
  const [a, b] = ['c0', 'c1'].map((id) => call('parseDecimal', [column(id)])) as [Expression, Expression];
  expect(await answers('pairs', build(a, b))).toEqual(pairs.map(([one, two]) => answer(one, two)));
});

test('only plain digits are a number, 20 before the point and 9 after it', async () => {
  const plain = (one: string) =>
    one.length <= 100 && /^[+-]?0*\d{1,20}(?:\.\d{1,9}0*)?$/.test(one) ? fitting(unitsOf(one)) : null;
  const found = await answers('texts', call('parseDecimal', [column('c0')]));
  const told = (numbers: readonly unknown[]) => NUMBER_TEXTS.map((one, i) => [one, numbers[i]]);
  expect(told(found)).toEqual(told(NUMBER_TEXTS.map(plain)));
});
