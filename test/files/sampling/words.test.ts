import { expect, test } from 'vitest';
import type { Drawn } from '../../../shared/contract/calls/source';
import { type Dialect, usualDialect } from '../../../shared/document/dialect';
import { isSplittable, readThroughBecause } from '../../../shared/sampling/splittable';
import { drawnMeaning } from '../../../shared/sampling/words';
import { csv } from './sources';

const drawn = (over: Partial<Drawn>): Drawn => ({
  ...{ how: 'random-blocks', at: '2026-01-01T00:00:00Z', milliseconds: 1, bytes: 1 },
  sampling: { method: 'random', rows: 1000, seed: 1, on: 'here' },
  ...{ parts: { read: 64, of: 5000 }, share: null, matches: null },
  ...over,
});

test('a sample of a folder says which partitions are in it', () => {
  const of = (read: number) => drawnMeaning(drawn({ partitions: { read, of: 1200 } }));
  expect(of(1200)).toContain('Each of 1,200 partitions has its share, by its size.');
  expect(of(400)).toContain('Rows are from 400 of 1,200 partitions; the others are not in it.');
  expect(drawnMeaning(drawn({}))).not.toContain('partition');
});

test('what must be read through says why; only text that is split at any line feed is read by blocks', () => {
  const cases: [Dialect, RegExp | null, boolean][] = [
    [csv(), null, true],
    [usualDialect('jsonl'), null, true],
    [usualDialect('text'), null, true],
    [csv({ lineBreaks: true }), /line breaks/, false],
    [csv({ compression: 'gzip' }), /^what is compressed with gzip/, false],
    [csv({ encoding: 'utf-16le' }), /encoding/, false],
    [usualDialect('json'), /JSON document/, false],
    [usualDialect('avro'), null, false],
    [usualDialect('parquet'), null, false],
  ];
  for (const [dialect, because, splittable] of cases) {
    const told = readThroughBecause(dialect);
    if (because === null) expect(told).toBeNull();
    else expect(told).toMatch(because);
    expect(isSplittable(dialect)).toBe(splittable);
  }
});
