import { expect, test } from 'vitest';
import { parseFormula } from '../../../shared/formula/parse';
import { renameInFormula } from '../../../shared/formula/rename';
import { columnsIn } from '../../../shared/formula/syntax';

test('columns of a formula are renamed wherever they stand; texts and functions stay', () => {
  const renamed = renameInFormula("if(isEmpty([full name]), upper(city) & ' city', -number(city) * 2)", {
    'full name': 'Name ]x',
    city: 'if',
  });
  expect(renamed).toBe("if(isEmpty([Name ]]x]), upper([if]) & ' city', -number([if]) * 2)");
  expect(columnsIn(parseFormula(renamed))).toEqual(['Name ]x', 'if']);
});

test('columns may change places; what can’t be read stays', () => {
  expect(renameInFormula('a & b', { a: 'b', b: 'a' })).toBe('[b] & [a]');
  expect(renameInFormula('a & (', { a: 'b' })).toBe('a & (');
});
