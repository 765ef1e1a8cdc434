import { expect, test } from 'vitest';
import { onOneLine, showDifference, withGlyphs } from '../../../renderer/grid/glyphs';

test('hidden characters show where only they differ', () => {
  expect(showDifference('Ann Lee  ', 'Ann Lee')).toEqual({ before: 'Ann Lee··', after: 'Ann Lee' });
  expect(showDifference('Ann\t\u00a0Lee', 'Ann Lee')).toEqual({ before: 'Ann→⍽Lee', after: 'Ann·Lee' });
  expect(showDifference('\ufeffAnn', 'Ann')).toEqual({ before: '¦Ann', after: 'Ann' });
  expect(showDifference('a\u3000', 'a')).toEqual({ before: 'a␣', after: 'a' });
});

test('elsewhere they stay as they are', () => {
  expect(showDifference('ann lee ', 'Ann Lee')).toEqual({ before: 'ann lee ', after: 'Ann Lee' });
});

test('characters beyond the basic plane stay whole', () => {
  expect(showDifference('😀😀 ', '😀😀')).toEqual({ before: '😀😀·', after: '😀😀' });
});

test('a cell is one line', () => {
  expect(onOneLine('a\r\nb\tc d')).toBe('a␍↵b→c d');
  expect(withGlyphs(' a\u200b')).toBe('·a¦');
});
