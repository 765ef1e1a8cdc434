import { z } from 'zod';
import type { PlanBuilder } from '../compile/builder';
import { type ColumnReference, type Expression, text } from '../expression/expression';
import { call } from '../expression/primitives';
import { PHONE_FORMATS, PHONE_METADATA_VERSION, type PhoneOptions } from '../lookup/phone-options';
import { PHONE_REGIONS } from '../lookup/phone-regions';
import { assignConverted, INVALID_WORDS, invalidField, invalidSchema } from './invalid';
import { cellExamples, listColumns, operation } from './operation';

const FORMAT_WORDS = {
  e164: 'E.164',
  international: 'international form',
  national: 'national form',
  rfc3966: 'RFC 3966',
};

export const regionSchema = z.enum(PHONE_REGIONS as readonly [string, ...string[]], {
  error: 'is not a region that the phone library supports (a two-letter country code such as US)',
});

/** Looks a number up: digits of every script as ASCII, the region from a column where it names one. */
export function lookUpPhone(
  builder: PlanBuilder,
  value: Expression,
  { defaultRegion, regionColumn }: { defaultRegion?: string | undefined; regionColumn?: string | undefined },
  options: PhoneOptions,
): { number: ColumnReference; extension: ColumnReference } {
  const fallback = text(defaultRegion ?? null);
  const named =
    regionColumn === undefined
      ? null
      : builder.bind(
          call('upper', [call('trimWhiteSpace', [builder.value(regionColumn)], { sides: 'both' })]),
        );
  const region = named
    ? call('choose', [call('isOneOf', [named], { values: PHONE_REGIONS }), named, fallback])
    : fallback;
  return builder.lookup(
    'phone',
    { number: builder.bind(call('asciiDigits', [value])), region: builder.bind(region) },
    options,
  );
}

export const phone = operation({
  id: 'phone',
  version: 1,
  title: 'Normalise phone numbers',
  also: 'telephone mobile',
  family: 'People and contact',
  summary: 'Writes valid phone numbers of every country in one format.',
  documentation:
    `Numbers are read and judged by Google’s libphonenumber, metadata ${PHONE_METADATA_VERSION}, the same wherever ` +
    'the rules run. Digits of every script become ASCII first. A number without + is read in the region of its row ' +
    '(trimmed, upper-cased) or, where that names no supported region, in the default region. With an extension ' +
    'kept, E.164 is followed by “ ext. 12”; with a column, the extension goes to a column of its own.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 20 },
  parameters: z.strictObject({
    defaultRegion: regionSchema.optional(),
    regionColumn: z.string().min(1).optional(),
    format: z.enum(PHONE_FORMATS).default('e164'),
    extension: z.enum(['drop', 'keep', 'column']).default('drop'),
    extensionColumn: z.string().min(1).optional(),
    invalid: invalidSchema,
  }),
  form: [
    {
      name: 'defaultRegion',
      label: 'Default region',
      control: 'region',
      help: 'For numbers without a country code.',
    },
    { name: 'regionColumn', label: 'Region from column', control: 'column', optional: true },
    {
      name: 'format',
      label: 'Format',
      control: 'choice',
      choices: [
        { value: 'e164', label: 'E.164 (+12125550147)' },
        { value: 'international', label: 'International (+1 212-555-0147)' },
        { value: 'national', label: 'National ((212) 555-0147)' },
        { value: 'rfc3966', label: 'RFC 3966 (tel:+1-212-555-0147)' },
      ],
    },
    {
      name: 'extension',
      label: 'Extension',
      control: 'choice',
      choices: [
        { value: 'drop', label: 'Drop it' },
        { value: 'keep', label: 'Keep it after the number' },
        { value: 'column', label: 'Put it into a column' },
      ],
    },
    {
      name: 'extensionColumn',
      label: 'Extension column',
      control: 'text',
      help: 'Named after the phone column unless told.',
      when: { name: 'extension', values: ['column'] },
    },
    invalidField,
  ],
  examples: [
    cellExamples('To E.164', { defaultRegion: 'US', format: 'e164', extension: 'drop', invalid: 'keep' }, [
      ['(212) 555-0147', '+12125550147'],
      ['+44 20 7946 0018 ext. 5', '+442079460018'],
      ['٢١٢-٥٥٥-٠١٤٧', '+12125550147'],
      ['call me', 'call me'],
      ['', ''],
      [null, null],
    ]),
    cellExamples(
      'Extension kept',
      { defaultRegion: 'US', format: 'e164', extension: 'keep', invalid: 'null' },
      [
        ['212-555-0147 x12', '+12125550147 ext. 12'],
        ['123', null],
      ],
    ),
    {
      title: 'Region from a column, extension into a column, rejecting',
      columns: ['phone'],
      parameters: {
        defaultRegion: 'US',
        regionColumn: 'country',
        format: 'international',
        extension: 'column',
        invalid: 'reject',
      },
      header: ['phone', 'country'],
      rows: [
        ['020 7946 0018', ' gb '],
        ['(212) 555-0147 ext 7', 'nowhere'],
        ['555', 'US'],
        [null, 'FR'],
      ],
      expected: [
        ['+44 20 7946 0018', ' gb ', null],
        ['+1 212-555-0147', 'nowhere', '7'],
        { left: 'rejected' },
        [null, 'FR', null],
      ],
    },
  ],
  sentence: ({ format, invalid }, columns) =>
    `Phone to ${FORMAT_WORDS[format]} in ${listColumns(columns)}${INVALID_WORDS[invalid]}`,
  reads: ({ regionColumn }) => (regionColumn === undefined ? [] : [regionColumn]),
  rewrite(builder, parameters, columns) {
    const { format, extension, invalid } = parameters;
    for (const name of columns) {
      const value = builder.value(name);
      const answer = lookUpPhone(builder, value, parameters, {
        format,
        extension: extension === 'keep' ? 'keep' : 'drop',
      });
      const valid = builder.bind(call('not', [call('isNull', [answer.number])]));
      assignConverted(builder, name, {
        valid,
        converted: answer.number,
        invalid,
        reason: 'not a valid phone number',
      });
      if (extension === 'column')
        builder.assign(parameters.extensionColumn ?? `${name} extension`, answer.extension);
    }
  },
});
