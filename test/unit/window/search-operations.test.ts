import { expect, test } from 'vitest';
import { searchOperations } from '../../../renderer/rules/search-operations';
import { operations } from '../../../shared/operations/registry';

const first = (words: string) => searchOperations(words)[0]?.id;

test('an operation is found first by its name, then by what it says it does', () => {
  for (const { title, id } of operations) {
    expect(first(title.toUpperCase())).toBe(id);
    expect(first(id)).toBe(id);
  }
  expect(first('check')).toBe('check');
  const asked = ['smart quotes', 'regex', 'dedupe', 'zip', 'concat', 'uppercase', 'leading zeros', 'bucket'];
  expect(asked.map(first)).toEqual([
    'straighten-punctuation',
    'replace-pattern',
    'deduplicate',
    'postal-code',
    'join-columns',
    'change-case',
    'pad',
    'bin',
  ]);
  expect(searchOperations('soundex').map(({ id }) => id)).toContain('merge-variants');
  expect(searchOperations('')).toEqual(operations);
  expect(searchOperations('xyzzy')).toEqual([]);
});
