import { z } from 'zod';
import { text } from '../expression/expression';
import { call } from '../expression/primitives';
import {
  BOUNDS,
  carriedText,
  isBounded,
  keyExpression,
  keyOf,
  MOST_ENTRIES,
  planTable,
  repeatedKeys,
} from './carried-table';
import { cellExamples, type FormField, listColumns, operation } from './operation';

const parameters = z
  .strictObject({
    map: z
      .array(z.strictObject({ from: carriedText, to: carriedText.nullable() }))
      .min(1)
      .max(MOST_ENTRIES),
    ignoreCase: z.boolean().default(true),
    trim: z.boolean().default(true),
    otherwise: z.enum(['keep', 'null', 'reject']).default('keep'),
  })
  .check((context) => {
    const { map } = context.value;
    for (const [at, first] of repeatedKeys(map.map(({ from }) => [keyOf(from, context.value)])).slice(0, 5)) {
      context.issues.push({
        code: 'custom',
        path: ['map', at, 'from'],
        message: `entry ${at + 1} maps the same value as entry ${first + 1}`,
        input: map[at]?.from,
      });
    }
    if (!isBounded(map.map(({ from, to }) => [from, to])))
      context.issues.push({ code: 'custom', path: ['map'], message: `may hold ${BOUNDS}`, input: map });
  });

export const keyFields: readonly FormField[] = [
  { name: 'ignoreCase', label: 'Ignore letter case', control: 'flag' },
  { name: 'trim', label: 'Ignore white space around', control: 'flag' },
];

const rejected = { left: 'rejected' } as const;

export const mapValues = operation({
  id: 'map-values',
  version: 1,
  title: 'Map values',
  also: 'recode replace boolean yes no true false',
  family: 'Missing and mapped values',
  summary: 'Replaces cells that equal a listed value by the value listed for it.',
  documentation:
    'The whole cell is compared, code point for code point, unless told otherwise without regard to letter case and ' +
    'white space around. What a value is mapped to is written as listed, or the cell is emptied. Values that are ' +
    'not listed stay, are emptied, or reject their row. Null stays null; “Fill missing values” changes it. Two ' +
    `entries for the same value are refused. A map has ${BOUNDS}, and travels with the rules.`,
  scope: 'cell',
  stream: 'Works on each record by itself.',
  capabilities: { limits: [`A map has ${BOUNDS}.`] },
  targets: { least: 1, most: 20 },
  parameters,
  begin: () => ({ map: [{ from: '', to: null }] }),
  form: [
    {
      name: 'map',
      label: 'Values',
      control: 'entries',
      fields: [
        { name: 'from', label: 'Value', control: 'text' },
        { name: 'to', label: 'Becomes', control: 'text-or-null' },
      ],
      help: 'Paste two columns from a spreadsheet to add many.',
    },
    ...keyFields,
    {
      name: 'otherwise',
      label: 'Other values',
      control: 'choice',
      choices: [
        { value: 'keep', label: 'Keep the cell as it is' },
        { value: 'null', label: 'Empty the cell' },
        { value: 'reject', label: 'Reject the row' },
      ],
    },
  ],
  examples: [
    cellExamples(
      'Codes to words',
      {
        map: [
          { from: 'm', to: 'male' },
          { from: 'F', to: 'female' },
          { from: 'É', to: "o'Brien \\ $1" },
          { from: '', to: null },
        ],
        otherwise: 'keep',
      },
      [
        ['M', 'male'],
        ['\u00a0f\n', 'female'],
        ['é', "o'Brien \\ $1"],
        ['e\u0301', 'e\u0301'],
        [' ', null],
        ['x', 'x'],
        [null, null],
      ],
    ),
    cellExamples(
      'Letter case and white space count',
      {
        map: [
          { from: 'a', to: 'A' },
          { from: 'A', to: 'a' },
          { from: 'x\0y', to: '\u001f' },
        ],
        ignoreCase: false,
        trim: false,
        otherwise: 'null',
      },
      [
        ['a', 'A'],
        ['A', 'a'],
        ['x\0y', '\u001f'],
        ['a ', null],
        ['', null],
        [null, null],
      ],
    ),
    cellExamples('Rejecting', { map: [{ from: 'yes', to: 'true' }], otherwise: 'reject' }, [
      ['Yes', 'true'],
      ['maybe', rejected],
      ['', rejected],
      [null, null],
    ]),
  ],
  sentence: ({ map, otherwise }, columns) => {
    const words = { keep: '', null: ', emptying others', reject: ', rejecting others' }[otherwise];
    return `Map ${map.length === 1 ? `“${map[0]?.from}”` : `${map.length} values`} in ${listColumns(columns)}${words}`;
  },
  reads: () => [],
  rewrite(builder, { map, otherwise, ...settings }, columns) {
    const table = planTable(
      map.map(({ from, to }) => ({ keys: [from], values: [to] })),
      settings,
    );
    for (const name of columns) {
      const value = builder.value(name);
      const { found, values } = builder.join([keyExpression(value, settings, builder.bind)], table);
      const [to = text(null)] = values;
      builder.assign(name, call('choose', [found, to, otherwise === 'null' ? text(null) : value]));
      if (otherwise !== 'reject') continue;
      const when = call('and', [call('not', [call('isNull', [value])]), call('not', [found])]);
      builder.leave({ fate: 'rejected', column: name, reason: 'not one of the mapped values', when });
    }
  },
});
