import { expect, test } from 'vitest';
import { matchRecords } from '../../shared/matching/match';
import { FIELD_SEPARATOR, recordId } from '../../shared/matching/record';
import { jaroWinkler } from '../../shared/matching/similarity';
import { matchDuplicates, matchOptions } from '../../shared/operations/match-duplicates';

test.each([
  ['MARHTA', 'MARTHA', 960],
  ['DUANE', 'DWAYNE', 839],
  ['DIXON', 'DICKSONX', 812],
  ['a', 'a', 1000],
  ['a', 'b', 0],
  ['ab', 'ba', 0],
  ['😀b', '😀c', 699],
])('Jaro and Winkler’s similarity of %s and %s is %i thousandths', (one, other, expected) => {
  expect(jaroWinkler([...one], [...other])).toBe(expected);
});

const options = (more: Record<string, unknown> = {}) =>
  matchOptions(
    matchDuplicates.parameters.parse({
      block: [{ columns: ['city'], by: 'fingerprint' }],
      compare: [{ column: 'name', agree: 100, near: 60, differ: -60 }],
      threshold: 60,
      ...more,
    }),
  );
const record = (city: string, name: string) => [city, name].join(FIELD_SEPARATOR);
const groupsOf = (texts: readonly string[], more?: Record<string, unknown>) => {
  const found = matchRecords(texts, options(more));
  return texts.map((_, i) => found.findIndex((one) => one.group !== null && one.group === found[i]?.group));
};

test('groups are what pairs connect, whatever the order', () => {
  const texts = [
    record('bonn', 'johnson'),
    record('ulm', 'johnson'),
    record('bonn', 'jonsonn'),
    record('bonn', 'jonson'),
    record('bonn', 'schmidt'),
    record('', 'johnson'),
    record('bonn', ''),
  ];
  expect(groupsOf(texts)).toEqual([0, 1, 0, 0, 4, 5, -1]);
  const backwards = texts.toReversed();
  const found = matchRecords(texts, options());
  expect(matchRecords(backwards, options())).toEqual(found.toReversed());
});

test('what a person decided stays decided', () => {
  const texts = [record('bonn', 'johnson'), record('bonn', 'jonson'), record('ulm', 'schmidt')];
  const [a = '', b = '', c = ''] = texts.map(recordId);
  const decided = [
    { records: [a, b], same: false },
    { records: [c, a], same: true },
  ];
  expect(groupsOf(texts, { decided })).toEqual([0, 1, 0]);
});

test('a block that is too large is refused', () => {
  const texts = Array.from({ length: 2001 }, (_, i) => record('bonn', `name ${i}`));
  expect(() => matchRecords(texts, options())).toThrowError(/2001 have the same key/);
});
