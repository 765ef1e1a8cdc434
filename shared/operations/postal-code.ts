import { z } from 'zod';
import { type Expression, text } from '../expression/expression';
import { call } from '../expression/primitives';
import { COUNTRIES } from '../reference/countries';
import { POSTAL_FORMATS, POSTAL_PREFIXES, type PostalFormat } from '../reference/postal-codes';
import { assignConverted, INVALID_WORDS, invalidField, invalidSchema } from './invalid';
import { isPresent } from './numbers/plain';
import { cellExamples, listColumns, operation } from './operation';
import { countryScope, findCountry, hasCountry, NO_COUNTRY } from './place-names';
import { classOf } from './text/character-classes';

const KNOWN = [...new Set(POSTAL_FORMATS.flatMap((one) => one.countries))].sort() as [string, ...string[]];
/** The choices of the form, the first of which a new step has. */
const CHOICES = ['US', ...KNOWN.filter((one) => one !== 'US')];
const nameOf = (code: string) => COUNTRIES.find((one) => one.alpha2 === code)?.name ?? code;
const LONGEST = 64;
const SEPARATORS = classOf(
  { which: ['white-space'], custom: '-\u2010\u2011\u2012\u2013\u2212.\u3012' },
  false,
);

const matching = (value: Expression, alternatives: readonly string[]): Expression => {
  const pattern = `\\A(?:${alternatives.join('|')})\\z`;
  return call('matches', [value], { pattern, sparkPattern: pattern, longest: LONGEST });
};

/** `GB:SW1A1AA` matches what these formats say; parted by the colon, country and code cannot run together. */
const ofFormats = (keyed: Expression, formats: readonly PostalFormat[]): Expression =>
  matching(
    keyed,
    formats.map(({ countries, pattern }) => `(?:${countries.join('|')}):(?:${pattern})`),
  );

/** Formats with the same split, by it. */
const bySplit: readonly (readonly PostalFormat[])[] = [
  ...new Set(POSTAL_FORMATS.map(({ split }) => JSON.stringify(split))),
].map((key) => POSTAL_FORMATS.filter(({ split }) => JSON.stringify(split) === key));

/** The code without the sign of its country before it. */
function withoutPrefix(country: Expression, code: Expression): Expression {
  const lengths = [...new Set(POSTAL_PREFIXES.map(([, prefix]) => prefix.length))];
  return lengths.reduce<Expression>((otherwise, skip) => {
    const prefixes = POSTAL_PREFIXES.filter(([, prefix]) => prefix.length === skip);
    const keyed = call('join', [country, text(':'), code]);
    const prefixed = matching(keyed, [
      `(?:${prefixes.map(([one, prefix]) => `${one}:${prefix}`).join('|')})[0-9]{3,7}(?:[A-Z]{2})?`,
    ]);
    return call('choose', [prefixed, call('slice', [code], { from: 'start', skip, take: -1 }), otherwise]);
  }, code);
}

function splitCode(code: Expression, split: PostalFormat['split']): Expression {
  if (!split) return code;
  const { at, by } = split;
  const [head, tail] =
    at > 0
      ? [
          call('slice', [code], { from: 'start', skip: 0, take: at }),
          call('slice', [code], { from: 'start', skip: at, take: -1 }),
        ]
      : [
          call('slice', [code], { from: 'end', skip: -at, take: -1 }),
          call('slice', [code], { from: 'end', skip: 0, take: -at }),
        ];
  return call('choose', [call('isMissing', [tail]), head, call('join', [head, text(by), tail])]);
}

export const postalCode = operation({
  id: 'postal-code',
  version: 1,
  title: 'Normalise postal codes',
  also: 'zip postcode',
  family: 'People and contact',
  summary: 'Writes postal codes as their country does and finds those it cannot have.',
  documentation:
    `Known are the formats of ${KNOWN.length} countries. Letters become capitals, digits of every script ASCII; white ` +
    'space and hyphens go where the country puts them (SW1A 1AA, 1234 AB, 22162-1010), and the sign of the country ' +
    'before a code is left out (D-10115). Valid is what has the shape; whether the code is in use is not tested. ' +
    'The country comes from a column (a code or a name), or is the same for all; a cell of that column that names ' +
    'no country falls back to it. In a row of a country without a known format the cell stays as it is.',
  scope: 'cell',
  scopeOf: (parameters) => countryScope(parameters),
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 20 },
  parameters: z
    .strictObject({
      country: z.enum(KNOWN).optional(),
      countryColumn: z.string().min(1).optional(),
      invalid: invalidSchema,
    })
    .refine(hasCountry, NO_COUNTRY),
  form: [
    {
      name: 'country',
      label: 'Country',
      control: 'choice',
      choices: CHOICES.map((value) => ({ value, label: nameOf(value) })),
    },
    { name: 'countryColumn', label: 'Country from column', control: 'column', optional: true },
    invalidField,
  ],
  examples: [
    {
      title: 'The country from a column',
      columns: ['code'],
      parameters: { countryColumn: 'country', country: 'US', invalid: 'keep' },
      header: ['code', 'country'],
      rows: [
        ['sw1a1aa', 'United Kingdom'],
        ['gir 0aa', 'GB'],
        ['bfpo61', 'GB'],
        ['d-10115', 'Germany'],
        ['DE 10115', 'DE'],
        ['1234ab', 'NLD'],
        ['k1a\u00a00b1', 'Canada'],
        ['00950', 'pl'],
        ['1000205', 'Portugal'],
        ['１５４−００２３', 'JP'],
        ['221621010', null],
        ['95014', ''],
        ['ABC 123', 'Atlantis'],
        ['lv1010', 'LV'],
        ['anything', 'Hong Kong'],
        [null, 'US'],
      ],
      expected: [
        ['SW1A 1AA', 'United Kingdom'],
        ['GIR 0AA', 'GB'],
        ['BFPO 61', 'GB'],
        ['10115', 'Germany'],
        ['10115', 'DE'],
        ['1234 AB', 'NLD'],
        ['K1A 0B1', 'Canada'],
        ['00-950', 'pl'],
        ['1000-205', 'Portugal'],
        ['154-0023', 'JP'],
        ['22162-1010', null],
        ['95014', ''],
        ['ABC 123', 'Atlantis'],
        ['LV-1010', 'LV'],
        ['anything', 'Hong Kong'],
        [null, 'US'],
      ],
    },
    cellExamples('One country, emptying', { country: 'US', invalid: 'null' }, [
      ['02138', '02138'],
      ['2138', null],
      ['02138-', '02138'],
      ['', null],
      ['0213８', '02138'],
    ]),
    cellExamples('Rejecting', { country: 'CA', invalid: 'reject' }, [
      ['H3Z2Y7', 'H3Z 2Y7'],
      ['D3Z2Y7', { left: 'rejected' }],
      [null, null],
    ]),
  ],
  sentence: ({ country, countryColumn, invalid }, columns) =>
    `Postal codes of ${countryColumn === undefined ? nameOf(country ?? '') : `the country in ${countryColumn}`} in ` +
    `${listColumns(columns)}${INVALID_WORDS[invalid]}`,
  reads: ({ countryColumn }) => (countryColumn === undefined ? [] : [countryColumn]),
  rewrite(builder, { country, countryColumn, invalid }, columns) {
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
      const digits = builder.bind(call('asciiDigits', [value]));
      const capitals = builder.bind(call('upper', [digits]));
      const compact = builder.bind(call('removeCharacters', [capitals], SEPARATORS));
      const code = builder.bind(withoutPrefix(named, compact));
      const keyed = builder.bind(call('join', [named, text(':'), code]));
      // The place of the first that fits, so that no other is tried.
      const fitting = builder.bind(
        bySplit.reduceRight<Expression>(
          (otherwise, formats, i) => call('choose', [ofFormats(keyed, formats), text(String(i)), otherwise]),
          text(null),
        ),
      );
      const written = bySplit.reduceRight<Expression>(
        (otherwise, formats, i) =>
          call('choose', [
            call('isOneOf', [fitting], { values: [String(i)] }),
            splitCode(code, formats[0]?.split),
            otherwise,
          ]),
        value,
      );
      const unknown = call('not', [call('isOneOf', [named], { values: KNOWN })]);
      const valid = builder.bind(call('or', [isPresent(fitting), unknown]));
      assignConverted(builder, name, {
        valid,
        converted: written,
        invalid,
        reason: 'not a postal code of its country',
      });
    }
  },
});
