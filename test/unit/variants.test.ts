import { expect, test } from 'vitest';
import { type Cluster, proposeClusters } from '../../shared/variants/cluster';
import { editDistance } from '../../shared/variants/distance';
import { type KeyKind, variantKey } from '../../shared/variants/key';

const key = (kind: KeyKind, value: string, size = 2) => variantKey(value, kind, size);

test.each([
  ['Müller', '657'],
  ['Lüdenscheidt', '52682'],
  ['Wikipedia', '3412'],
  ['Breschnew', '17863'],
  ['Hahn', '06'],
  ['Philipp', '351'],
  ['Xaver', '4837'],
  ['Czerny', '876'],
  ['Clara', '457'],
  ['Ascher', '087'],
])('Cologne phonetics of %s', (word, code) => {
  expect(key('cologne', word)).toBe(code);
});

test.each([
  ['Robert', 'R163'],
  ['Rupert', 'R163'],
  ['Rubin', 'R150'],
  ['Ashcraft', 'A261'],
  ['Tymczak', 'T522'],
  ['Pfister', 'P236'],
  ['Honeyman', 'H555'],
  ['Lee', 'L000'],
])('Soundex of %s', (word, code) => {
  expect(key('soundex', word)).toBe(code);
});

test('a fingerprint is the set of words in code point order', () => {
  expect(key('fingerprint', '  Gmbh,  SÖHNE & Müller-Söhne ')).toBe('gmbh muller sohne');
  expect(key('fingerprint', '\u{1f600} \uffee')).toBe('\uffee \u{1f600}');
  expect(key('fingerprint', '1.5 1,5 1. .5')).toBe('1 1,5 1.5 5');
});

test('an n-gram key is the set of runs, whatever the blanks', () => {
  expect(key('ngram', 'Krzysztof', 1)).toBe('fkorstyz');
  expect(key('ngram', 'Par is', 2)).toBe('arispari');
  expect(key('ngram', 'a', 3)).toBe('a');
});

test('nothing to compare, or too much, has no key', () => {
  expect(key('fingerprint', ' -- ')).toBeNull();
  expect(key('ngram', 'a'.repeat(1001))).toBeNull();
  expect(key('ngram', '😀'.repeat(1000))).toBe('😀😀');
  expect(key('exact', '')).toBe('');
});

const counts = (...values: (readonly [string, number])[]) => values.map(([value, rows]) => ({ value, rows }));
const told = (clusters: readonly Cluster[]) => clusters.map(({ members }) => members.map((one) => one.value));

test('clusters by key hold the most frequent value first, the largest cluster first', () => {
  const values = counts(
    ['new york', 2],
    ['New York', 9],
    ['York, New', 2],
    ['Bonn', 50],
    ['BONN', 1],
    ['x', 4],
  );
  expect(told(proposeClusters(values, 'fingerprint', 2))).toEqual([
    ['Bonn', 'BONN'],
    ['New York', 'York, New', 'new york'],
  ]);
});

test('clusters by distance gather around a frequent value and do not drift', () => {
  const values = counts(
    ['Johnson Ltd', 10],
    ['Jonson Ltd', 3],
    ['Jonsen Ltd', 1],
    ['Johnson', 7],
    ['Bonn', 5],
    ['Bon', 5],
  );
  expect(told(proposeClusters(values, 'exact', 2))).toEqual([['Johnson Ltd', 'Jonson Ltd', 'Jonsen Ltd']]);
  expect(editDistance('kitten', 'sitting', 9)).toBe(3);
  expect(editDistance('😀a', 'a', 1)).toBe(1);
  expect(editDistance('kitten', 'sitting', 2)).toBe(3);
});
