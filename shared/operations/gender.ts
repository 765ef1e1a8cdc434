import { z } from 'zod';
import { text } from '../expression/expression';
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
import { assignConverted, INVALID_WORDS, invalidField, invalidSchema } from './invalid';
import { cellExamples, listColumns, operation } from './operation';

/** Usual spellings in English, German, French, Spanish, Italian, Portuguese, Dutch; ISO/IEC 5218’s digits. */
const SPELLINGS: Readonly<Record<string, string>> = {
  female:
    'f female woman girl lady w weiblich frau femme féminin feminin femenino femenina mujer femmina femminile ' +
    'donna feminino feminina mulher vrouw vrouwelijk v mrs ms miss fem 2',
  male:
    'm male man boy gentleman männlich maennlich mann herr homme masculin masculino hombre varón varon maschio ' +
    'maschile uomo homem mannelijk mr masc h 1',
  other: 'x d o other divers diverse non-binary nonbinary nb enby inter intersex autre otro 9',
};

export const GENDER_MAP: readonly { readonly from: string; readonly to: string | null }[] = [
  ...Object.entries(SPELLINGS).flatMap(([to, words]) => words.split(' ').map((from) => ({ from, to }))),
  ...['u', 'unknown', 'n/a', '-', '?', '0', 'not specified', 'prefer not to say'].map((from) => ({
    from,
    to: null,
  })),
];

const SETTINGS = { ignoreCase: true, trim: true };
const parameters = z
  .strictObject({
    map: z
      .array(z.strictObject({ from: carriedText, to: carriedText.nullable() }))
      .min(1)
      .max(MOST_ENTRIES)
      .default(GENDER_MAP.map((one) => ({ ...one }))),
    invalid: invalidSchema,
  })
  .check((context) => {
    const { map } = context.value;
    for (const [at, first] of repeatedKeys(map.map(({ from }) => [keyOf(from, SETTINGS)]))) {
      context.issues.push({
        code: 'custom',
        path: ['map', at, 'from'],
        message: `entry ${at + 1} maps the same spelling as entry ${first + 1}`,
        input: map[at]?.from,
      });
    }
    if (!isBounded(map.map(({ from, to }) => [from, to])))
      context.issues.push({ code: 'custom', path: ['map'], message: `may hold ${BOUNDS}`, input: map });
  });

export const gender = operation({
  id: 'gender',
  version: 1,
  title: 'Normalise gender',
  family: 'People and contact',
  summary: 'Writes spellings of gender as a few agreed words.',
  documentation:
    'Each spelling of the list becomes the word that stands for it, or the cell is emptied; letter case and white ' +
    'space around do not matter. The list to begin with knows usual words and letters in seven languages, titles ' +
    '(Mr, Mrs) and the digits of ISO/IEC 5218, as female, male and other; change it to your own words. Nothing is ' +
    'guessed from names. White space alone and what is not listed follow the rule for what is not valid.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 20 },
  parameters,
  form: [
    {
      name: 'map',
      label: 'Spellings',
      control: 'entries',
      fields: [
        { name: 'from', label: 'Spelling', control: 'text' },
        { name: 'to', label: 'Becomes', control: 'text-or-null' },
      ],
    },
    invalidField,
  ],
  examples: [
    cellExamples('The usual spellings', { invalid: 'keep' }, [
      ['F', 'female'],
      [' Männlich ', 'male'],
      ['Mrs', 'female'],
      ['divers', 'other'],
      ['non-binary', 'other'],
      ['1', 'male'],
      ['Unknown', null],
      ['Fm', 'Fm'],
      ['', ''],
      [null, null],
    ]),
    cellExamples(
      'Own words',
      {
        map: [
          { from: 'w', to: 'F' },
          { from: 'm', to: 'M' },
          { from: 'É', to: '' },
        ],
        invalid: 'reject',
      },
      [
        ['W', 'F'],
        ['m\u3000', 'M'],
        ['é', ''],
        ['f', { left: 'rejected' }],
        [null, null],
      ],
    ),
  ],
  sentence: ({ invalid }, columns) => `Normalise gender in ${listColumns(columns)}${INVALID_WORDS[invalid]}`,
  reads: () => [],
  rewrite(builder, { map, invalid }, columns) {
    const table = planTable(
      map.map(({ from, to }) => ({ keys: [from], values: [to] })),
      SETTINGS,
    );
    for (const name of columns) {
      const key = builder.bind(keyExpression(builder.value(name), SETTINGS));
      const { found, values } = builder.join([key], table);
      assignConverted(builder, name, {
        valid: found,
        converted: values[0] ?? text(null),
        invalid,
        reason: 'not a listed spelling of gender',
      });
    }
  },
});
