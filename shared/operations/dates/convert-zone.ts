import { z } from 'zod';
import { call } from '../../expression/primitives';
import { assignConverted, INVALID_WORDS, invalidField, invalidSchema } from '../invalid';
import { isPresent } from '../numbers/plain';
import { cellExamples, listColumns, operation } from '../operation';
import { momentText, PRECISIONS, readIsoMoment, ZONE_HELP, zoneSchema } from './zones';

export const convertZone = operation({
  id: 'convert-zone',
  version: 1,
  title: 'Move times to another zone',
  family: 'Dates and times',
  summary: 'Writes the same moments as clocks of another zone show them.',
  documentation:
    'Cells hold times in ISO form, as “Read times” writes them; white space around does not matter. A time without a ' +
    'distance from UTC is one of the first zone. Zones are UTC or a fixed distance from it: named zones, with their ' +
    'summer times, are refused, as engines carry different rules for them. What is finer than the stated seconds is ' +
    'cut off.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  capabilities: { limits: ['Zones are UTC or a fixed distance from it.'] },
  parameters: z.strictObject({
    from: zoneSchema.default('UTC'),
    to: zoneSchema.default('UTC'),
    precision: z.enum(PRECISIONS).default('seconds'),
    invalid: invalidSchema,
  }),
  form: [
    { name: 'from', label: 'From', control: 'text', help: `For times that state no zone. ${ZONE_HELP}` },
    { name: 'to', label: 'To', control: 'text' },
    {
      name: 'precision',
      label: 'Written to',
      control: 'choice',
      choices: PRECISIONS.map((value) => ({ value, label: value.charAt(0).toUpperCase() + value.slice(1) })),
    },
    invalidField,
  ],
  examples: [
    cellExamples('To a fixed distance', { from: '+02:00', to: '-03:30' }, [
      ['2024-12-31T23:59:59Z', '2024-12-31T20:29:59-03:30'],
      ['2024-01-01 00:00', '2023-12-31T18:30:00-03:30'],
      ['2024-01-01T00:00:00.999+02:00', '2023-12-31T18:30:00-03:30'],
      ['2024-01-01', '2024-01-01'],
      ['2024-02-30T00:00:00Z', '2024-02-30T00:00:00Z'],
      ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
      [null, null],
    ]),
    cellExamples('To UTC, with milliseconds', { precision: 'milliseconds', invalid: 'null' }, [
      ['1969-12-31T23:59:59.9999-00:30', '1970-01-01T00:29:59.999Z'],
      ['yesterday', null],
    ]),
    cellExamples('Rejecting', { to: '+14:00', invalid: 'reject' }, [
      ['9999-12-31T23:59:59Z', { left: 'rejected' }],
      ['2024-12-31T10:00:00Z', '2025-01-01T00:00:00+14:00'],
    ]),
  ],
  sentence: ({ to, invalid }, columns) =>
    `Move times of ${listColumns(columns)} to ${to}${INVALID_WORDS[invalid]}`,
  reads: () => [],
  rewrite(builder, { from, to, precision, invalid }, columns) {
    for (const name of columns) {
      const trimmed = builder.bind(call('trimWhiteSpace', [builder.value(name)], { sides: 'both' }));
      const converted = momentText(builder, readIsoMoment(builder, trimmed, from), { zone: to, precision });
      assignConverted(builder, name, {
        valid: builder.bind(isPresent(converted)),
        converted,
        invalid,
        reason: 'not a time',
      });
    }
  },
});
