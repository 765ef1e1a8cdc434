import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { render } from '../../../shared/compile/render';
import type { Engine } from '../../../shared/ports/engine';
import { conditionOf } from '../../../shared/sampling/conditions';
import { groupPlace, groupPlaceOf, shareBefore, shareEnd } from '../../../shared/sampling/groups';
import { rankOf, reservoir } from '../../../shared/sampling/seeded';
import { rows } from '../../conformance/corpus';
import { openHost } from '../../conformance/engines';

let engine: Engine;
beforeAll(async () => {
  engine = await openHost();
});
afterAll(() => engine?.close());

test('the same seed chooses the same rows however they come', () => {
  fc.assert(
    fc.property(
      fc.nat(2 ** 31 - 1),
      fc.integer({ min: 1, max: 200 }),
      fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 30 }),
      (seed, size, pieces) => {
        const [whole, parted] = [reservoir(seed, size), reservoir(seed, size)];
        const all = pieces.reduce((sum, one) => sum + one, 0);
        whole.advance(all);
        for (const piece of pieces) {
          // A copy goes on by itself.
          parted.copy().advance(piece);
          parted.advance(piece);
        }
        expect(parted.chosen).toEqual(whole.chosen);
        expect(new Set(whole.chosen).size).toBe(Math.min(size, all));
        expect(Math.max(0, ...whole.chosen)).toBeLessThanOrEqual(all);
      },
    ),
  );
});

test('every row is as likely as any other, and ranks are spread evenly', () => {
  const hits = new Array<number>(1000).fill(0);
  for (let seed = 0; seed < 2000; seed++) {
    const one = reservoir(seed, 50);
    one.advance(1000);
    for (const row of one.chosen) hits[row - 1] = (hits[row - 1] ?? 0) + 1;
  }
  // 100 ± 9.7 each: a chi square of 999 degrees.
  const square = hits.reduce((sum, found) => sum + (found - 100) ** 2 / 95, 0);
  expect(square).toBeGreaterThan(850);
  expect(square).toBeLessThan(1150);
  const tenths = new Array<number>(10).fill(0);
  for (let i = 0; i < 100_000; i++) {
    const tenth = Math.floor(rankOf(7, i * 65_536) * 10);
    tenths[tenth] = (tenths[tenth] ?? 0) + 1;
  }
  for (const found of tenths) expect(Math.abs(found - 10_000)).toBeLessThan(500);
});

test('a group is placed alike here and in DuckDB, for awkward keys too', async () => {
  const cells = [0, 1, 2].map((at) => rows.map((row) => row[at] ?? null));
  await engine.load('keyed', ['c0', 'c1', 'c2'], cells);
  for (const keys of [[0], [2, 1]]) {
    const place = render(groupPlaceOf(42, keys, 3), 'duckdb');
    const { columns } = await engine.query(`SELECT ${place} FROM keyed ORDER BY rowid`);
    const expected = rows.map((row) =>
      groupPlace(
        42,
        keys.map((at) => row[at] ?? null),
        row,
      ),
    );
    expect(columns[0]).toEqual(expected);
  }
});

test('like keys are of one group; missing ones of their own', () => {
  const place = (...keys: (string | null)[]) => groupPlace(1, keys, [...keys, 'x']);
  expect(place('Ann@Example.org ')).toBe(place(' ann@example.ORG'));
  expect(place('O’Neil', 'ß')).toBe(place("o'neil", 'ẞ'));
  expect(place('ab', 'c')).not.toBe(place('a', 'bc'));
  expect(groupPlace(1, [null], [null, 'x'])).not.toBe(groupPlace(1, [null], [null, 'y']));
  expect(groupPlace(1, [''], ['', 'x'])).not.toBe(groupPlace(1, [''], ['', 'y']));
  expect(groupPlace(1, ['a'], ['a', 'x'])).toBe(groupPlace(1, ['a'], ['a', 'y']));
  expect(groupPlace(1, ['a'], [])).not.toBe(groupPlace(2, ['a'], []));
});

test('shares are bounds of places', () => {
  expect(shareEnd(1)).toBe('g');
  expect(shareEnd(0.5)).toBe('80000000');
  expect(shareBefore(shareEnd(0.01))).toBeCloseTo(0.01, 8);
  expect(shareBefore('g')).toBe(1);
  const within = Array.from({ length: 5000 }, (_, i) => groupPlace(9, [`k${i}`], [])).filter(
    (place) => place < shareEnd(0.1),
  );
  expect(Math.abs(within.length - 500)).toBeLessThan(80);
});

test('conditions mean what they mean in the filter step', async () => {
  await engine.load(
    'people',
    ['c0', 'c1'],
    [
      ['Ann', 'ANN', 'bob', null],
      ['1', '', ' ', '4'],
    ],
  );
  const answer = async (where: Parameters<typeof conditionOf>[1]) => {
    const sql = render(conditionOf(['name', 'number'], where), 'duckdb');
    return (await engine.query(`SELECT ${sql} FROM people ORDER BY rowid`)).columns[0];
  };
  expect(await answer({ all: [{ column: 'name', test: 'equals', value: 'aNN', ignoreCase: true }] })).toEqual(
    [true, true, false, false],
  );
  expect(
    await answer({
      any: [
        { column: 'number', test: 'is-empty' },
        { column: 'name', test: 'starts-with', value: 'A', ignoreCase: false },
      ],
    }),
  ).toEqual([true, true, true, false]);
  expect(() => conditionOf(['name'], { all: [{ column: 'gone', test: 'is-empty' }] })).toThrow(/gone/);
});
