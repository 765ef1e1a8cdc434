import { z } from 'zod';
import type { PlanBuilder } from '../compile/builder';
import { MOST_EXPLODES, MOST_PARTS } from '../compile/plan';
import { type Expression, integer, text, truth } from '../expression/expression';
import { call } from '../expression/primitives';
import { ELEMENT_ESCAPES, ELEMENT_SEPARATOR, type ElementsFault, NO_ELEMENT } from '../lookup/json-elements';
import { DEEPEST } from '../reading/flatten';
import { INVALID_WORDS, invalidField, invalidSchema } from './invalid';
import { operation } from './operation';
import { plainText } from './text/plain-text';

const parameters = z
  .strictObject({
    at: z.enum(['separator', 'array']).default('separator'),
    separator: plainText(100).min(1, 'write a separator').optional(),
    invalid: invalidSchema,
  })
  .refine(({ at, separator }) => at === 'array' || separator !== undefined, {
    path: ['separator'],
    message: 'write a separator',
  });
type Parameters = z.output<typeof parameters>;

const most = MOST_PARTS.toLocaleString('en');

/** What is no array, or not one that can be read. */
const NO_ARRAYS = [
  'a/b~1',
  '',
  'null',
  '{"a": ["b"]}',
  '"[1]"',
  '["a",]',
  '[,]',
  '[1 2]',
  '["a"',
  '["a"]]',
  "['a']",
  '[a]',
  '\ufeff["a"]',
  '\u00a0[1]',
  '[01]',
  '[NaN]',
  '[-Infinity]',
  '["\t"]',
  String.raw`["\x41"]`,
  String.raw`["a", "\ud83d"]`,
  String.raw`["\ude00\ud83d"]`,
];

const tooMany = (value: Expression, separator: string): Expression => {
  const without = call('length', [call('removeText', [value], { find: separator })]);
  const removed = call('subtractIntegers', [call('length', [value]), without]);
  const most = integer((MOST_PARTS - 1) * [...separator].length);
  return call('holds', [call('less', [most, removed])]);
};

function splitAtSeparator(builder: PlanBuilder, name: string, separator: string): void {
  const value = builder.value(name);
  builder.leave({
    fate: 'rejected',
    column: name,
    reason: `has more than ${most} parts`,
    when: tooMany(value, separator),
  });
  builder.assign(name, builder.explode(value, separator));
}

function splitArray(builder: PlanBuilder, name: string, invalid: Parameters['invalid']): void {
  const value = builder.value(name);
  const { elements, fault } = builder.lookup('json-elements', { text: value }, { most: MOST_PARTS });
  const is = (one: ElementsFault) => call('isOneOf', [fault], { values: [one] });
  const reject = (reason: string, when: Expression) =>
    builder.leave({ fate: 'rejected', column: name, reason, when });
  reject(`has more than ${most} elements`, is('many'));
  if (invalid === 'reject') reject('not a JSON array', is('array'));
  const emptied = call('choose', [is('array'), text(NO_ELEMENT), elements]);
  const split = call('choose', [
    builder.isKept() ?? truth(true),
    invalid === 'null' ? emptied : elements,
    text(null),
  ]);
  const part = builder.explode(builder.bind(split), ELEMENT_SEPARATOR);
  const element = ELEMENT_ESCAPES.reduce<Expression>((one, mark) => call('replaceText', [one], mark), part);
  const isNone = call('isOneOf', [part], { values: [NO_ELEMENT] });
  const otherwise = call('choose', [isNone, text(null), element]);
  // What was not split, as it is no array or has left, has no part.
  builder.assign(name, call('choose', [call('isNull', [part]), value, otherwise]));
}

export const explode = operation({
  id: 'explode',
  version: 1,
  title: 'Split a cell into rows',
  also: 'explode unnest list json array',
  family: 'Rows',
  summary: 'Makes a row of each part of a cell: between separators, or the elements of a JSON array.',
  documentation:
    'A row whose cell has several parts becomes as many rows, alike in all other columns. The first part stays in the ' +
    'row itself; the others are added rows, so that read + added = kept + filtered + rejected + merged. A missing ' +
    'cell, and one without the separator, stay one row. The separator is plain text, not a pattern; an empty part is ' +
    'empty text. White space around parts stays: trim in a step of its own. Of a JSON array, as sources leave it in a ' +
    'cell, a text becomes a row with what it says, null a row with a missing cell, and every other element a row with ' +
    'its JSON text as it stands there, without white space around it; an empty array stays one row with a missing ' +
    `cell. A cell that is no array by RFC 8259, is nested more than ${DEEPEST} deep, or has a text that holds half of a ` +
    'surrogate pair is not split. Earlier steps count each row once. ' +
    `A row whose cell has more than ${most} parts is rejected as it is. In the ` +
    'quarantine, a part stands with the original cells of its row and its place, “_part”. Steps that follow see each ' +
    'part as a row of its own; where rows tie in a merge, the earlier part goes first.',
  scope: 'row',
  capabilities: {
    limits: [
      `A cell may have up to ${most} parts; a row with more is rejected.`,
      `A rule set may split rows up to ${MOST_EXPLODES} times.`,
    ],
  },
  stream: 'Works on each record by itself: a record becomes one or more.',
  targets: { least: 1, most: 1 },
  parameters,
  begin: () => ({ separator: ';' }),
  form: [
    {
      name: 'at',
      label: 'Parts are',
      control: 'choice',
      choices: [
        { value: 'separator', label: 'Between separators' },
        { value: 'array', label: 'Elements of a JSON array' },
      ],
    },
    {
      name: 'separator',
      label: 'Separator',
      help: 'Plain text between the parts, such as ; or a comma.',
      control: 'text',
      // Shown while it is empty, too, where nothing is told of the parts.
      when: { name: 'at', holds: (at) => at !== 'array' },
    },
    { ...invalidField, label: 'If it is no array', when: { name: 'at', values: ['array'] } },
  ],
  examples: [
    {
      title: 'A row for each part; the rest of the row is repeated',
      columns: ['tags'],
      parameters: { separator: ';' },
      header: ['id', 'tags'],
      rows: [
        ['1', 'red;green;blue'],
        ['2', 'red'],
        ['3', null],
        ['4', ''],
      ],
      expected: [
        ['1', 'red'],
        ['1', 'green'],
        ['1', 'blue'],
        ['2', 'red'],
        ['3', null],
        ['4', ''],
      ],
      from: [0, 0, 0, 1, 2, 3],
    },
    {
      title: 'Empty parts are parts; white space stays',
      columns: ['tags'],
      parameters: { separator: ';' },
      header: ['tags', 'id'],
      rows: [
        ['a;; b;', '1'],
        [';', '2'],
        [';;', '3'],
        [';a', '4'],
        [' ; ', '5'],
      ],
      expected: [
        ['a', '1'],
        ['', '1'],
        [' b', '1'],
        ['', '1'],
        ['', '2'],
        ['', '2'],
        ['', '3'],
        ['', '3'],
        ['', '3'],
        ['', '4'],
        ['a', '4'],
        [' ', '5'],
        [' ', '5'],
      ],
      from: [0, 0, 0, 0, 1, 1, 2, 2, 2, 3, 3, 4, 4],
    },
    {
      title: 'A separator of several characters is found from the left',
      columns: ['value'],
      parameters: { separator: 'aa' },
      header: ['value'],
      rows: [['aaa'], ['aaaa'], ['baab'], ['a']],
      expected: [[''], ['a'], [''], [''], [''], ['b'], ['b'], ['a']],
      from: [0, 0, 1, 1, 1, 2, 2, 3],
    },
    {
      title: 'What is special in patterns is not in a separator',
      columns: ['value'],
      parameters: { separator: '.*|\\E$1' },
      header: ['value'],
      rows: [['x.*|\\E$1y'], ['x.y*z'], ['.*|\\E$1']],
      expected: [['x'], ['y'], ['x.y*z'], [''], ['']],
      from: [0, 0, 1, 2, 2],
    },
    {
      title: 'A backslash',
      columns: ['path'],
      parameters: { separator: '\\' },
      header: ['path'],
      rows: [['C:\\data\\new'], ["it's\\"], ['\\Q\\E']],
      expected: [['C:'], ['data'], ['new'], ["it's"], [''], [''], ['Q'], ['E']],
      from: [0, 0, 0, 1, 1, 2, 2, 2],
    },
    {
      title: 'By code points: also inside an emoji of several',
      columns: ['value'],
      parameters: { separator: '👩' },
      header: ['value'],
      rows: [['a👩b'], ['👩‍💻'], ['👨']],
      expected: [['a'], ['b'], [''], ['\u200d💻'], ['👨']],
      from: [0, 0, 1, 1, 2],
    },
    {
      title: 'An accent that stands by itself, and the character NUL',
      columns: ['value'],
      parameters: { separator: '\u0301\u0000' },
      header: ['value'],
      rows: [['e\u0301\u0000x'], ['e\u0301x'], ['é\u0000x'], ['\u0301\u0000\u0301\u0000']],
      expected: [['e'], ['x'], ['e\u0301x'], ['é\u0000x'], [''], [''], ['']],
      from: [0, 0, 1, 2, 3, 3, 3],
    },
    {
      title: 'The elements of a JSON array; the rest of the row is repeated',
      columns: ['tags'],
      parameters: { at: 'array' },
      header: ['id', 'tags'],
      rows: [
        ['1', '["red", "green"]'],
        ['2', ' [1.0, 1e5, -0, true, false, null, 12345678901234567890123]\n'],
        ['3', '[{"sku": "x"} ,\t[1, [2]], {}, []]'],
        ['4', '["one"]'],
        ['5', '[]'],
        ['6', '[null]'],
        ['7', '[""]'],
        ['8', null],
      ],
      expected: [
        ['1', 'red'],
        ['1', 'green'],
        ['2', '1.0'],
        ['2', '1e5'],
        ['2', '-0'],
        ['2', 'true'],
        ['2', 'false'],
        ['2', null],
        ['2', '12345678901234567890123'],
        ['3', '{"sku": "x"}'],
        ['3', '[1, [2]]'],
        ['3', '{}'],
        ['3', '[]'],
        ['4', 'one'],
        ['5', null],
        ['6', null],
        ['7', ''],
        ['8', null],
      ],
      from: [0, 0, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 4, 5, 6, 7],
    },
    {
      title: 'Texts are what they say; what stands within elements is not looked at',
      columns: ['value'],
      parameters: { at: 'array' },
      header: ['value'],
      rows: [
        ['["a/b~c", "~0~1~2", "~2", "/", "null", "[1]"]'],
        [String.raw`["\"\\\/\b\f\n\r\t", "\u00e9\ud83d\ude00", "\u0000"]`],
        ['["😀 e\u0301\u2028"]'],
        [String.raw`[{"a": 1, "a": "\ud83d,]\"/~1"}, ["\udE00"]]`],
      ],
      expected: [
        ['a/b~c'],
        ['~0~1~2'],
        ['~2'],
        ['/'],
        ['null'],
        ['[1]'],
        ['"\\/\b\f\n\r\t'],
        ['é😀'],
        ['\0'],
        ['😀 e\u0301\u2028'],
        [String.raw`{"a": 1, "a": "\ud83d,]\"/~1"}`],
        [String.raw`["\udE00"]`],
      ],
      from: [0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 3, 3],
    },
    {
      title: 'A cell that is no JSON array stays as it is',
      columns: ['value'],
      parameters: { at: 'array' },
      header: ['value', 'id'],
      rows: [...NO_ARRAYS.map((text, i) => [text, String(i)]), ['[1,2]', 'x']],
      expected: [...NO_ARRAYS.map((text, i) => [text, String(i)]), ['1', 'x'], ['2', 'x']],
      from: [...NO_ARRAYS.map((_, i) => i), NO_ARRAYS.length, NO_ARRAYS.length],
    },
    {
      title: 'It is emptied',
      columns: ['value'],
      parameters: { at: 'array', invalid: 'null' },
      header: ['value'],
      rows: [['a/b'], ['["a/b"]'], ['~2'], [''], [null], ['{"a": [1]}']],
      expected: [[null], ['a/b'], [null], [null], [null], [null]],
    },
    {
      title: 'It is rejected',
      columns: ['value'],
      parameters: { at: 'array', invalid: 'reject' },
      header: ['value'],
      rows: [['a/b'], ['["a","b"]'], [''], [null], ['[]']],
      expected: [{ left: 'rejected' }, ['a'], ['b'], { left: 'rejected' }, [null], [null]],
      from: [0, 1, 1, 2, 3, 4],
    },
  ],
  sentence: ({ at, separator, invalid }, [column = 'a column']) =>
    at === 'array'
      ? `Split the JSON array in ${column} into rows${INVALID_WORDS[invalid]}`
      : `Split ${column} at “${separator}” into rows`,
  reads: () => [],
  rewrite(builder, { at, separator, invalid }, [name]) {
    if (name === undefined) return;
    if (at === 'array') splitArray(builder, name, invalid);
    else splitAtSeparator(builder, name, separator ?? '');
  },
});
