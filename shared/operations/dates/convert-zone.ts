import { z } from 'zod';
import { call } from '../../expression/primitives';
import { assignConverted, INVALID_WORDS, invalidField, invalidSchema } from '../invalid';
import { isPresent } from '../numbers/plain';
import { cellExamples, listColumns, operation } from '../operation';
import {
  FOLD_WORDS,
  foldFields,
  gapSchema,
  namedZone,
  overlapSchema,
  rejectUnclear,
  ZONE_HELP,
  ZONE_WORDS,
  zoneSchema,
  zoneSentence,
} from './stated-zones';
import { momentText, PRECISIONS, readZonedMoment } from './zones';

export const convertZone = operation({
  id: 'convert-zone',
  version: 1,
  title: 'Move times to another zone',
  family: 'Dates and times',
  summary: 'Writes the same moments as clocks of another zone show them.',
  documentation:
    'Cells hold times in ISO form, as “Read times” writes them; white space around does not matter. A time without a ' +
    `distance from UTC is one of the first zone. ${ZONE_WORDS} ${FOLD_WORDS} Of a named zone the distance from UTC ` +
    'is written that its clocks had, so that each moment stays told. What is finer than the stated seconds is cut off.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters: z.strictObject({
    from: zoneSchema.default('UTC'),
    to: zoneSchema.default('UTC'),
    gap: gapSchema,
    overlap: overlapSchema,
    precision: z.enum(PRECISIONS).default('seconds'),
    invalid: invalidSchema,
  }),
  form: [
    { name: 'from', label: 'From', control: 'zone', help: `For times that state no zone. ${ZONE_HELP}` },
    { name: 'to', label: 'To', control: 'zone' },
    ...foldFields('from'),
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
    cellExamples('To a place with summer times', { to: 'europe/berlin' }, [
      ['2024-01-15T12:00:00Z', '2024-01-15T13:00:00+01:00'],
      ['2024-03-31T00:59:59Z', '2024-03-31T01:59:59+01:00'],
      ['2024-03-31T01:00:00Z', '2024-03-31T03:00:00+02:00'],
      ['2024-10-27T00:30:00Z', '2024-10-27T02:30:00+02:00'],
      ['2024-10-27T01:30:00Z', '2024-10-27T02:30:00+01:00'],
      ['9999-07-01T00:00:00Z', '9999-07-01T02:00:00+02:00'],
      ['1880-01-01T00:00:00Z', '1880-01-01T00:53:28+00:53:28'],
      ['1880-01-01T00:53:28+00:53:28', '1880-01-01T00:53:28+00:53:28'],
      [null, null],
    ]),
    cellExamples('From New York to Kathmandu', { from: 'America/New_York', to: 'Asia/Katmandu' }, [
      ['2024-07-04 09:30', '2024-07-04T19:15:00+05:45'],
      ['2024-03-10 02:30', '2024-03-10 02:30'],
      ['2024-03-10T02:30Z', '2024-03-10T08:15:00+05:45'],
      ['2024-11-03 01:30', '2024-11-03T11:15:00+05:45'],
      ['1969-12-31 19:00', '1970-01-01T05:30:00+05:30'],
    ]),
    cellExamples(
      'Half an hour on Lord Howe Island, the later one, forward',
      { from: 'Australia/Lord_Howe', gap: 'forward', overlap: 'later' },
      [
        ['2024-04-07 01:45', '2024-04-06T15:15:00Z'],
        ['2024-10-06 02:15', '2024-10-05T15:45:00Z'],
        ['2024-07-01 12:00', '2024-07-01T01:30:00Z'],
      ],
    ),
    cellExamples(
      'A day that was skipped',
      { from: 'Pacific/Apia', to: 'Pacific/Chatham', invalid: 'reject' },
      [
        ['2011-12-29 23:59:59', '2011-12-30T23:44:59+13:45'],
        ['2011-12-30 12:00', { left: 'rejected' }],
        ['2011-12-31 00:00', '2011-12-30T23:45:00+13:45'],
        ['noon', { left: 'rejected' }],
      ],
    ),
  ],
  sentence: ({ from, to, gap, overlap, invalid }, columns) =>
    `Move times of ${listColumns(columns)}${from === 'UTC' ? '' : ` from ${zoneSentence({ zone: from, gap, overlap })}`} ` +
    `to ${namedZone(to) ?? to}${INVALID_WORDS[invalid]}`,
  reads: () => [],
  rewrite(builder, { from, to, gap, overlap, precision, invalid }, columns) {
    const reading = { zone: from, gap, overlap };
    for (const name of columns) {
      const trimmed = builder.bind(call('trimWhiteSpace', [builder.value(name)], { sides: 'both' }));
      const { moment, unclear } = readZonedMoment(builder, trimmed, reading);
      const converted = momentText(builder, moment, { zone: to, precision });
      if (invalid === 'reject') rejectUnclear(builder, name, unclear, reading);
      assignConverted(builder, name, {
        valid: builder.bind(isPresent(converted)),
        converted,
        invalid,
        reason: 'not a time',
      });
    }
  },
});
