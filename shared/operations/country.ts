import { z } from 'zod';
import { assignConverted, INVALID_WORDS, invalidField, invalidSchema } from './invalid';
import { cellExamples, listColumns, operation } from './operation';
import { findCountry } from './place-names';

const WORDS = { alpha2: 'two-letter codes', alpha3: 'three-letter codes', name: 'English names' };

export const country = operation({
  id: 'country',
  version: 1,
  title: 'Normalise countries',
  family: 'People and contact',
  summary: 'Writes countries as codes of ISO 3166 or as English names.',
  documentation:
    'Read are the two- and three-letter codes of ISO 3166-1, names in English, German, French, Spanish, Italian, ' +
    'Portuguese and Dutch, many countries’ own names, former names and usual abbreviations (UK, EL, UAE). Letter ' +
    'case, white space, hyphens, dots, apostrophes and a missing “and” or accent do not matter. England, Scotland, ' +
    'Wales and Northern Ireland count as the United Kingdom. Kosovo has the code XK, which ISO leaves to users.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 20 },
  parameters: z.strictObject({
    to: z.enum(['alpha2', 'alpha3', 'name']).default('alpha2'),
    invalid: invalidSchema,
  }),
  form: [
    {
      name: 'to',
      label: 'Write as',
      control: 'choice',
      choices: [
        { value: 'alpha2', label: 'Two letters (DE)' },
        { value: 'alpha3', label: 'Three letters (DEU)' },
        { value: 'name', label: 'Name (Germany)' },
      ],
    },
    invalidField,
  ],
  examples: [
    cellExamples('Two letters', { to: 'alpha2', invalid: 'keep' }, [
      ['Germany', 'DE'],
      [' deutschland ', 'DE'],
      ['DEU', 'DE'],
      ['U.S.A.', 'US'],
      ['United\u00a0States', 'US'],
      ['uk', 'GB'],
      ['Côte d’Ivoire', 'CI'],
      ["COTE D'IVOIRE", 'CI'],
      ['Trinidad & Tobago', 'TT'],
      ['Österreich', 'AT'],
      ['Oz', 'Oz'],
      ['', ''],
      [null, null],
    ]),
    cellExamples('Three letters', { to: 'alpha3', invalid: 'null' }, [
      ['nl', 'NLD'],
      ['Holland', 'NLD'],
      ['nowhere', null],
      ['日本', 'JPN'],
    ]),
    cellExamples('Names', { to: 'name', invalid: 'reject' }, [
      ['KOR', 'South Korea'],
      ['Czech Republic', 'Czechia'],
      ['CD', 'Congo (Kinshasa)'],
      ['Atlantis', { left: 'rejected' }],
      [null, null],
    ]),
  ],
  sentence: ({ to, invalid }, columns) =>
    `Countries as ${WORDS[to]} in ${listColumns(columns)}${INVALID_WORDS[invalid]}`,
  reads: () => [],
  rewrite(builder, { to, invalid }, columns) {
    for (const name of columns) {
      const { found, country: converted } = findCountry(builder, builder.value(name), to);
      assignConverted(builder, name, { valid: found, converted, invalid, reason: 'not a known country' });
    }
  },
});
