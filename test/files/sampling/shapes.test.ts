import { afterAll, beforeAll, expect, test } from 'vitest';
import { render } from '../../../shared/compile/render';
import { column } from '../../../shared/expression/expression';
import { call } from '../../../shared/expression/primitives';
import { SHAPE_CLASSES } from '../../../shared/expression/shape-classes';
import type { Engine } from '../../../shared/ports/engine';
import { breachesOf, MOST_PROMISED, promiseOf } from '../../../shared/sampling/promise';
import { shapeOf } from '../../../shared/sampling/shapes';
import { texts } from '../../conformance/corpus';
import { openHost } from '../../conformance/engines';

let engine: Engine;
beforeAll(async () => {
  engine = await openHost();
});
afterAll(() => engine?.close());

test.each([
  ['', ''],
  ['Ann Lee', 'Aa Aa'],
  ['+1 (212) 555-0147', '+9 (9) 9-9'],
  ['McDONALD', 'AaA'],
  ['José  Müller--Straße', 'Aa  Aa--Aa'],
  ['٠١٢ 12', '9 9'],
  ['Иван Ωμέγα', 'Жж Жж'],
  // A Cyrillic letter that looks like a Latin one.
  ['Аnn', 'Жa'],
  ['王小明 한국 क्षि', '字 字 字'],
  ['e\u0301\u0300', 'a◌'],
  ['Ⅷ ½ 😀', 'Ⅷ ½ 😀'],
  ['ǅ', 'A'],
])('the shape of %j is %j', (text, shape) => expect(shapeOf(text)).toBe(shape));

test('a shape is bounded, and says so', () => {
  expect(shapeOf('-'.repeat(100))).toBe('-'.repeat(100));
  expect(shapeOf('-'.repeat(101))).toBe(`${'-'.repeat(100)}…`);
  expect(shapeOf('a'.repeat(1000))).toBe('a');
  expect(shapeOf('a'.repeat(1001))).toBe('a…');
  expect(shapeOf('😀'.repeat(101))).toBe(`${'😀'.repeat(100)}…`);
  expect(shapeOf(`${'a-'.repeat(50)}${'b'.repeat(5000)}`)).toBe(`${'a-'.repeat(50)}…`);
});

test('no character is of two classes, and a mark is of its own or of none', () => {
  const owners = new Map<number, string>();
  for (const { mark, ranges } of SHAPE_CLASSES)
    for (const [first, last] of ranges)
      for (let point = first; point <= last; point++) {
        if (owners.has(point)) throw new Error(`U+${point.toString(16)} is of two classes.`);
        owners.set(point, mark);
      }
  for (const { mark } of SHAPE_CLASSES)
    expect([mark, undefined]).toContain(owners.get(mark.codePointAt(0) ?? 0));
});

test('DuckDB finds the same shapes of awkward texts', async () => {
  await engine.load('texts', ['c0'], [texts]);
  const shape = render(call('valueShape', [column('c0')]), 'duckdb');
  const { columns } = await engine.query(`SELECT hex(encode(${shape})) FROM texts ORDER BY rowid`);
  const expected = texts.map((one) => Buffer.from(shapeOf(one)).toString('hex').toUpperCase());
  expect(columns[0]).toEqual(expected);
});

test('what a sample promises, and what breaks it', () => {
  const promise = promiseOf(
    ['name', 'phone'],
    [
      ['Ann', 'Bo Lee'],
      ['555-1', null],
    ],
  );
  expect(breachesOf(promise, ['Carl', '1-22'])).toEqual([]);
  expect(breachesOf(promise, [null, null])).toEqual([{ column: 'name', kind: 'null' }]);
  expect(breachesOf(promise, ['ann', '+1-22'])).toEqual([
    { column: 'name', kind: 'shape', shape: 'a' },
    { column: 'phone', kind: 'shape', shape: '+9-9' },
  ]);
});

test('a column of too many shapes promises none', () => {
  const cells = Array.from({ length: MOST_PROMISED + 1 }, (_, i) =>
    [...i.toString(2)].join(' ').replaceAll('0', 'x').replaceAll('1', '.'),
  );
  expect(promiseOf(['free'], [cells])[0]?.shapes).toBeNull();
  expect(breachesOf(promiseOf(['free'], [cells]), ['!'])).toEqual([]);
});
