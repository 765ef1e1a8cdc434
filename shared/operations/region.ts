import { z } from 'zod';
import { type Expression, text } from '../expression/expression';
import { call } from '../expression/primitives';
import { COUNTRIES } from '../reference/countries';
import { REGIONS } from '../reference/regions';
import { assignConverted, INVALID_WORDS, invalidField, invalidSchema } from './invalid';
import { cellExamples, listColumns, operation } from './operation';
import {
  countryScope,
  findCountry,
  hasCountry,
  NO_COUNTRY,
  nameKey,
  nameKeysOf,
  namesTable,
} from './place-names';

const KNOWN = [...new Set(REGIONS.map((one) => one.country))] as [string, ...string[]];
const nameOf = (code: string) => COUNTRIES.find((one) => one.alpha2 === code)?.name ?? code;

/** Keys are the country and the name's key: `US:california`. A code of one region goes before another's spelling. */
function table(to: 'code' | 'name' | 'iso') {
  const written = (one: (typeof REGIONS)[number]) => (to === 'iso' ? `${one.country}-${one.code}` : one[to]);
  const entries = (names: (one: (typeof REGIONS)[number]) => readonly string[]) =>
    REGIONS.flatMap((one) =>
      names(one)
        .flatMap(nameKeysOf)
        .map((key) => [`${one.country}:${key}`, written(one)] as const),
    );
  return namesTable([
    ...entries((one) => [one.code, `${one.country}-${one.code}`, one.name]),
    ...entries((one) => one.others),
  ]);
}

export const region = operation({
  id: 'region',
  version: 1,
  title: 'Normalise states and provinces',
  family: 'People and contact',
  summary: 'Writes states and provinces as codes or as names.',
  documentation:
    `Known are those of ${KNOWN.map(nameOf).join(', ')}, by the codes and names of ISO 3166-2, English names and ` +
    'usual abbreviations; letter case, white space, hyphens, dots, apostrophes and accents do not matter. The ' +
    'country comes from a column, or is the same for all; a cell of that column that names no country falls back ' +
    'to it. In a row of another country, or of none, the cell stays as it is.',
  scope: 'cell',
  scopeOf: (parameters) => countryScope(parameters),
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 20 },
  parameters: z
    .strictObject({
      country: z.enum(KNOWN).optional(),
      countryColumn: z.string().min(1).optional(),
      to: z.enum(['code', 'iso', 'name']).default('code'),
      invalid: invalidSchema,
    })
    .refine(hasCountry, NO_COUNTRY),
  form: [
    {
      name: 'country',
      label: 'Country',
      control: 'choice',
      choices: KNOWN.map((value) => ({ value, label: nameOf(value) })),
    },
    { name: 'countryColumn', label: 'Country from column', control: 'column', optional: true },
    {
      name: 'to',
      label: 'Write as',
      control: 'choice',
      choices: [
        { value: 'code', label: 'Code (CA)' },
        { value: 'iso', label: 'Code with country (US-CA)' },
        { value: 'name', label: 'Name (California)' },
      ],
    },
    invalidField,
  ],
  examples: [
    cellExamples('States of the United States', { country: 'US', to: 'code', invalid: 'keep' }, [
      ['California', 'CA'],
      [' calif. ', 'CA'],
      ['us-ny', 'NY'],
      ['Washington, D.C.', 'DC'],
      ['Bavaria', 'Bavaria'],
      ['', ''],
      [null, null],
    ]),
    {
      title: 'Names, the country from a column',
      columns: ['state'],
      parameters: { countryColumn: 'country', country: 'DE', to: 'name', invalid: 'null' },
      header: ['state', 'country'],
      rows: [
        ['NRW', 'Germany'],
        ['bayern', null],
        ['WA', 'AUS'],
        ['WA', 'USA'],
        ['Thueringen', 'somewhere'],
        ['Rhône', 'France'],
        ['Québec', 'France'],
        ['Québec', 'Canada'],
        ['Wa', 'DE'],
      ],
      expected: [
        ['Nordrhein-Westfalen', 'Germany'],
        ['Bayern', null],
        ['Western Australia', 'AUS'],
        ['Washington', 'USA'],
        ['Thüringen', 'somewhere'],
        ['Rhône', 'France'],
        ['Québec', 'France'],
        ['Quebec', 'Canada'],
        [null, 'DE'],
      ],
    },
    cellExamples('Rejecting', { country: 'CA', to: 'iso', invalid: 'reject' }, [
      ['b.c.', 'CA-BC'],
      ['Terre-Neuve-et-Labrador', 'CA-NL'],
      ['Maine', { left: 'rejected' }],
    ]),
  ],
  sentence: ({ to, invalid }, columns) =>
    `States and provinces as ${to === 'name' ? 'names' : 'codes'} in ${listColumns(columns)}${INVALID_WORDS[invalid]}`,
  reads: ({ countryColumn }) => (countryColumn === undefined ? [] : [countryColumn]),
  rewrite(builder, { country, countryColumn, to, invalid }, columns) {
    const fallback = text(country ?? null);
    const named: Expression =
      countryColumn === undefined
        ? fallback
        : builder.bind(
            call('firstPresent', [
              findCountry(builder, builder.value(countryColumn), 'alpha2').country,
              fallback,
            ]),
          );
    for (const name of columns) {
      const value = builder.value(name);
      const key = builder.bind(call('join', [named, text(':'), nameKey(builder, value)]));
      const { found, values } = builder.join([key], table(to));
      const elsewhere = call('not', [call('isOneOf', [named], { values: KNOWN })]);
      const converted = call('choose', [found, values[0] as Expression, value]);
      const valid = builder.bind(call('or', [elsewhere, found]));
      assignConverted(builder, name, {
        valid,
        converted,
        invalid,
        reason: 'not a state or province of its country',
      });
    }
  },
});
