import { FORMULA_FUNCTIONS, signatureOf } from '../../shared/formula/functions';
import { TYPE_WORDS } from '../../shared/formula/types';
import { code, plain, table } from './markdown';

const LITERALS = [
  [
    'Column',
    '[full name]',
    'In brackets, ]] for one ]; without them where the name is one word. Columns are text.',
  ],
  ['Text', "'it''s'", 'Between apostrophes or quotation marks; the same mark twice stands for one.'],
  ['Number', '12.5', 'Plain digits with a point: 20 before it and 9 after it at most. Numbers are exact.'],
  ['Date', '#2024-12-31#', 'In ISO form, years 0001 to 9999.'],
  ['Truth', 'true', 'true or false.'],
  ['Nothing', 'null', 'Of any type.'],
] as const;
const OPERATORS = [
  ['or', 'Whether either holds; null where that is not known.'],
  ['and', 'Whether both hold; null where that is not known.'],
  ['not', 'The opposite.'],
  ['= <> < <= > >=', 'Compare two values of one type; text by code point. Null where either is null.'],
  ['&', 'Joins two texts. Null where either is null.'],
  ['+ -', 'Sum and difference of numbers; null where 20 digits before the point do not hold it.'],
  ['* /', 'Product and quotient, the ninth decimal rounded half away from zero; null for a divisor of zero.'],
] as const;

/** The language of formulas: what stands for values, operators from the loosest on, and the functions. */
export function formulaPage(): string {
  const groups = [...new Set(FORMULA_FUNCTIONS.map(({ group }) => group))];
  return [
    '<!-- Written by `npm run gen` from the functions’ definitions. -->',
    '# Formulas',
    '',
    'One small typed language, for [working out a column](derive.md) and for [checks](check.md). Its formulas mean the',
    'same in the preview, in native DuckDB and in Spark.',
    '',
    '## Values',
    '',
    table(
      ['What', 'Written as', 'Meaning'],
      LITERALS.map(([what, written, meaning]) => [what, code(written), plain(meaning)]),
    ),
    '',
    '## Operators, loosest first',
    '',
    table(
      ['Operator', 'Meaning'],
      OPERATORS.map(([operator, meaning]) => [code(operator), plain(meaning)]),
    ),
    '',
    ...groups.flatMap((group) => [
      `## ${group === 'Choice' ? 'Choosing' : group}`,
      '',
      table(
        ['Function', 'Gives', 'Meaning', 'Example'],
        FORMULA_FUNCTIONS.filter((one) => one.group === group).map((one) => [
          code(signatureOf(one)),
          one.returns === 'same' ? 'the same type' : TYPE_WORDS[one.returns],
          plain(one.documentation),
          code(one.example),
        ]),
      ),
      '',
    ]),
  ].join('\n');
}
