import { z } from 'zod';
import { MOST_EXPLODES, MOST_PARTS } from '../compile/plan';
import { type Expression, integer } from '../expression/expression';
import { call } from '../expression/primitives';
import { operation } from './operation';
import { plainText } from './text/plain-text';

const parameters = z.strictObject({ separator: plainText(100).min(1, 'write a separator') });

const tooMany = (value: Expression, separator: string): Expression => {
  const without = call('length', [call('removeText', [value], { find: separator })]);
  const removed = call('subtractIntegers', [call('length', [value]), without]);
  const most = integer((MOST_PARTS - 1) * [...separator].length);
  return call('holds', [call('less', [most, removed])]);
};

export const explode = operation({
  id: 'explode',
  version: 1,
  title: 'Split a cell into rows',
  family: 'Rows',
  summary: 'Makes a row of each part of a cell, parted by a separator.',
  documentation:
    'A row whose cell has several parts becomes as many rows, alike in all other columns. The first part stays in the ' +
    'row itself; the others are added rows, so that read + added = kept + filtered + rejected + merged. A missing ' +
    'cell, and one without the separator, stay one row. The separator is plain text, not a pattern; an empty part is ' +
    'empty text. White space around parts stays: trim in a step of its own. Earlier steps count each row once. ' +
    `A row whose cell has more than ${MOST_PARTS.toLocaleString('en')} parts is rejected as it is. In the ` +
    'quarantine, a part stands with the original cells of its row and its place, “_part”. Steps that follow see each ' +
    'part as a row of its own; where rows tie in a merge, the earlier part goes first.',
  scope: 'row',
  capabilities: {
    limits: [
      `A cell may have up to ${MOST_PARTS.toLocaleString('en')} parts; a row with more is rejected.`,
      `A rule set may split rows up to ${MOST_EXPLODES} times.`,
    ],
  },
  stream: 'Works on each record by itself: a record becomes one or more.',
  targets: { least: 1, most: 1 },
  parameters,
  begin: () => ({ separator: ';' }),
  form: [
    {
      name: 'separator',
      label: 'Separator',
      help: 'Plain text between the parts, such as ; or a comma.',
      control: 'text',
    },
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
  ],
  sentence: ({ separator }, [column = 'a column']) => `Split ${column} at “${separator}” into rows`,
  reads: () => [],
  rewrite(builder, { separator }, [name]) {
    if (name === undefined) return;
    const value = builder.value(name);
    builder.leave({
      fate: 'rejected',
      column: name,
      reason: `has more than ${MOST_PARTS.toLocaleString('en')} parts`,
      when: tooMany(value, separator),
    });
    builder.assign(name, builder.explode(value, separator));
  },
});
