import { z } from 'zod';
import type { PlanBuilder } from '../../compile/builder';
import { type DateToken, tells } from '../../expression/date-format';
import { type ColumnReference, type Expression, integer, nothing, text } from '../../expression/expression';
import { call } from '../../expression/primitives';
import { assignConverted, INVALID_WORDS, invalidField, invalidSchema } from '../invalid';
import { isPresent } from '../numbers/plain';
import { cellExamples, listColumns, operation } from '../operation';
import {
  type Captured,
  captureFormat,
  dateOf,
  FORMAT_HELP,
  languageField,
  languageSchema,
  partsOf,
  pivotFault,
  pivotField,
  pivotSchema,
  readableDate,
  readFormatsSchema,
} from './formats';
import { fractionOf, MINUTE, moment, signed, timeOfDay } from './moments';
import { firstMoment, localMoment } from './named-zones';
import {
  FOLD_WORDS,
  foldFields,
  gapSchema,
  minutesOf,
  namedZone,
  overlapSchema,
  rejectUnclear,
  ZONE_HELP,
  ZONE_WORDS,
  zoneSchema,
  zoneSentence,
} from './stated-zones';
import { momentText, PRECISIONS, type Precision } from './zones';

const parameters = z
  .strictObject({
    formats: readFormatsSchema('timestamp').default(["yyyy-MM-dd'T'HH:mm:ssX"]),
    zone: zoneSchema.default('UTC'),
    gap: gapSchema,
    overlap: overlapSchema,
    language: languageSchema,
    pivotYear: pivotSchema,
    precision: z.enum(['auto', ...PRECISIONS]).default('auto'),
    invalid: invalidSchema,
  })
  .check(({ value, issues }) => {
    const fault = pivotFault(value.formats, value.pivotYear);
    if (fault) issues.push({ code: 'custom', path: ['pivotYear'], message: fault, input: value.pivotYear });
  });
type Parameters = z.output<typeof parameters>;

const FRACTIONS: readonly DateToken[] = ['S', 'SS', 'SSS', 'SSSS', 'SSSSS', 'SSSSSS'];
const SIGN = '\\A([+-])';
const HOURS = '\\A[+-](0[0-9]|1[0-8])';
const MINUTES = '\\A[+-][0-9]{2}:?([0-5][0-9])\\z';

/** The finest that the formats hold. */
function precisionOf({ precision, formats }: Parameters): Precision {
  if (precision !== 'auto') return precision;
  const digits = formats.flatMap((format) =>
    partsOf(format).map((part) => (part.kind === 'token' ? FRACTIONS.indexOf(part.token) + 1 : 0)),
  );
  const most = Math.max(0, ...digits);
  return most === 0 ? 'seconds' : most <= 3 ? 'milliseconds' : 'microseconds';
}

const below = (value: Expression, limit: number): Expression =>
  call('choose', [call('holds', [call('less', [value, integer(limit)])]), value, nothing('integer')]);

/** Hours from 0: of AM and PM, 12 comes before 1. */
function hourOf(builder: PlanBuilder, captured: Captured): Expression {
  const whole = captured('HH') ?? captured('H');
  if (whole) return builder.bind(below(builder.bind(call('parseInteger', [whole])), 24));
  const twelve = captured('hh') ?? captured('h');
  if (!twelve) return integer(0);
  const hour = builder.bind(call('parseInteger', [twelve]));
  const fits = call('and', [call('less', [integer(0), hour]), call('less', [hour, integer(13)])]);
  const from = builder.bind(
    call('choose', [call('holds', [fits]), call('floorModulo', [hour], { by: 12 }), nothing('integer')]),
  );
  const half = captured('a');
  const later = call('isOneOf', [half ?? text(null)], { values: ['P', 'p'] });
  return builder.bind(call('choose', [later, call('addIntegers', [from, integer(12)]), from]));
}

function momentOf(builder: PlanBuilder, captured: Captured, one: Parameters): ColumnReference {
  const sixtieth = (token: DateToken): Expression => {
    const digits = captured(token);
    return digits ? builder.bind(below(builder.bind(call('parseInteger', [digits])), 60)) : integer(0);
  };
  const fraction = FRACTIONS.map((token) => captured(token)).find((found) => found !== null);
  const time = timeOfDay({
    hour: hourOf(builder, captured),
    minute: sixtieth('mm'),
    second: sixtieth('ss'),
    fraction: fraction ? fractionOf(builder, fraction) : integer(0),
  });
  return moment(builder, dateOf(builder, captured, one), time, aheadOf(builder, captured, one.zone));
}

/** Microseconds ahead of UTC; 0 for a local time of a named zone. */
function aheadOf(builder: PlanBuilder, captured: Captured, zone: string): Expression {
  const written = captured('X');
  if (!written) return integer(namedZone(zone) === null ? minutesOf(zone) * MINUTE : 0);
  const group = (pattern: string) =>
    builder.bind(call('capture', [written], { pattern, sparkPattern: pattern, group: 1, longest: 10 }));
  const [sign, hours, minutes] = [SIGN, HOURS, MINUTES].map(group) as [
    ColumnReference,
    ColumnReference,
    ColumnReference,
  ];
  const orZero = (digits: Expression) => call('firstPresent', [call('parseInteger', [digits]), integer(0)]);
  const size = builder.bind(
    timeOfDay({
      hour: orZero(hours),
      minute: orZero(minutes),
      second: integer(0),
      fraction: integer(0),
    }),
  );
  const ahead = builder.bind(signed(sign, size));
  // A sign without hours that fit is no distance; nor are minutes that do not.
  const sound = call('or', [
    call('isOneOf', [written], { values: ['Z', 'z'] }),
    call('and', [
      call('not', [call('isMissing', [hours])]),
      call('or', [
        call('not', [call('isMissing', [minutes])]),
        call('lessOrEqual', [call('length', [written]), integer(3)]),
      ]),
    ]),
  ]);
  return builder.bind(call('choose', [sound, ahead, nothing('integer')]));
}

/** The moment that a value tells in the first format it is in; `unclear` as readZonedMoment() has it. */
function readMoment(
  builder: PlanBuilder,
  value: ColumnReference,
  one: Parameters,
): { moment: ColumnReference; unclear: Expression | null } {
  const zone = namedZone(one.zone);
  const moments = one.formats.map((format) => {
    const parts = partsOf(format);
    const found = momentOf(builder, captureFormat(builder, value, parts), one);
    return { moment: found, isLocal: zone !== null && !tells(parts, 'distance from UTC') };
  });
  const first = builder.bind(
    call(
      'firstPresent',
      moments.map(({ moment }) => moment),
    ),
  );
  if (zone === null || !moments.some(({ isLocal }) => isLocal)) return { moment: first, unclear: null };
  const { local, told } = firstMoment(builder, moments);
  const found = localMoment(builder, local, { zone, gap: one.gap, overlap: one.overlap });
  return { moment: builder.bind(call('firstPresent', [told, found.moment])), unclear: found.unclear };
}

export const parseTimestamp = operation({
  id: 'parse-timestamp',
  version: 1,
  title: 'Read times',
  family: 'Dates and times',
  summary: 'Writes moments as 2024-12-31T23:59:59Z, in UTC, whatever format they were written in.',
  documentation:
    'The formats are stated, never guessed, and read as strictly as dates; the first that fits counts. A time ' +
    `without a distance from UTC is one of the stated zone. ${ZONE_WORDS} ${FOLD_WORDS} Seconds are written as ` +
    'finely as the formats hold them, or as stated; what is finer is cut off. Hour 24 and leap seconds are not valid. ' +
    'Moments go from year 0001 to 9999, in UTC.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters,
  form: [
    {
      name: 'formats',
      label: 'Formats, one a line',
      control: 'texts',
      help: `${FORMAT_HELP} HH hour, mm minute, ss second, SSS milliseconds, h and a for AM and PM, X distance from UTC; letters that stand for themselves go between apostrophes.`,
    },
    { name: 'zone', label: 'Zone, where none is written', control: 'zone', help: ZONE_HELP },
    ...foldFields('zone'),
    pivotField,
    languageField,
    {
      name: 'precision',
      label: 'Written to',
      control: 'choice',
      choices: [
        { value: 'auto', label: 'As finely as the formats tell' },
        ...PRECISIONS.map((value) => ({ value, label: value.charAt(0).toUpperCase() + value.slice(1) })),
      ],
    },
    invalidField,
  ],
  examples: [
    cellExamples('ISO, with a distance from UTC', {}, [
      ['2024-12-31T23:59:59Z', '2024-12-31T23:59:59Z'],
      ['2024-12-31T23:59:59-01:30', '2025-01-01T01:29:59Z'],
      ['2024-03-01T00:30:00+0200', '2024-02-29T22:30:00Z'],
      ['2024-03-01T00:30:00+02', '2024-02-29T22:30:00Z'],
      ['2024-03-01T24:00:00Z', '2024-03-01T24:00:00Z'],
      ['2024-03-01T00:00:60Z', '2024-03-01T00:00:60Z'],
      ['2024-02-30T00:00:00Z', '2024-02-30T00:00:00Z'],
      ['2024-03-01T00:00:00+19:00', '2024-03-01T00:00:00+19:00'],
      ['2024-03-01T00:00:00+02:75', '2024-03-01T00:00:00+02:75'],
      ['0001-01-01T00:00:00+01:00', '0001-01-01T00:00:00+01:00'],
      ['9999-12-31T23:59:59-00:01', '9999-12-31T23:59:59-00:01'],
      ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
      [null, null],
    ]),
    cellExamples(
      'A local time, with AM and PM',
      { formats: ['M/d/yyyy h:mm a', 'M/d/yyyy'], zone: '-05:00', invalid: 'null' },
      [
        ['12/31/2024 11:59 PM', '2025-01-01T04:59:00Z'],
        ['1/2/2024 12:00 am', '2024-01-02T05:00:00Z'],
        ['1/2/2024 12:00 p.m.', '2024-01-02T17:00:00Z'],
        ['1/2/2024', '2024-01-02T05:00:00Z'],
        ['1/2/2024 13:00 PM', null],
        ['1/2/2024 0:30 AM', null],
      ],
    ),
    cellExamples(
      'Milliseconds, rejecting',
      { formats: ['yyyy-MM-dd HH:mm:ss.SSS', 'yyyy-MM-dd HH:mm:ss'], invalid: 'reject' },
      [
        ['1969-12-31 23:59:59.999', '1969-12-31T23:59:59.999Z'],
        ['2024-01-02 03:04:05', '2024-01-02T03:04:05.000Z'],
        ['2024-01-02 03:04:05.1234', { left: 'rejected' }],
        ['', { left: 'rejected' }],
      ],
    ),
    cellExamples(
      'A local time of a place',
      { formats: ["yyyy-MM-dd'T'HH:mm:ssX", 'dd.MM.yyyy HH:mm', 'dd.MM.yyyy'], zone: 'Europe/Berlin' },
      [
        ['15.01.2024 12:00', '2024-01-15T11:00:00Z'],
        ['15.07.2024 12:00', '2024-07-15T10:00:00Z'],
        ['15.07.2024', '2024-07-14T22:00:00Z'],
        ['2024-07-15T12:00:00Z', '2024-07-15T12:00:00Z'],
        ['31.03.2024 01:59', '2024-03-31T00:59:00Z'],
        ['31.03.2024 02:30', '31.03.2024 02:30'],
        ['31.03.2024 03:00', '2024-03-31T01:00:00Z'],
        ['27.10.2024 02:30', '2024-10-27T00:30:00Z'],
        ['27.10.2024 03:00', '2024-10-27T02:00:00Z'],
        ['01.01.1890 00:00', '1889-12-31T23:06:32Z'],
        ['01.07.2999 00:00', '2999-06-30T22:00:00Z'],
        ['01.01.0001 00:00', '01.01.0001 00:00'],
        [null, null],
      ],
    ),
    cellExamples(
      'Skipped and twofold times rejected',
      { formats: ['M/d/yyyy h:mm a'], zone: 'US/Eastern', overlap: 'invalid', invalid: 'reject' },
      [
        ['3/10/2024 2:30 AM', { left: 'rejected' }],
        ['11/3/2024 1:30 AM', { left: 'rejected' }],
        ['11/3/2024 2:00 AM', '2024-11-03T07:00:00Z'],
        ['11/3/2024', { left: 'rejected' }],
      ],
    ),
    cellExamples(
      'No summer times, half hours',
      { formats: ['yyyy-MM-dd HH:mm'], zone: 'Asia/Calcutta', gap: 'forward', overlap: 'later' },
      [
        ['2024-07-01 05:30', '2024-07-01T00:00:00Z'],
        ['1945-10-14 23:30', '1945-10-14T18:00:00Z'],
        ['1942-09-01 00:10', '1942-08-31T18:40:00Z'],
      ],
    ),
  ],
  sentence: ({ formats, zone, gap, overlap, invalid }, columns) =>
    `Read times in ${listColumns(columns)} as ${formats.join(' or ')}, ` +
    `${zoneSentence({ zone, gap, overlap })}${INVALID_WORDS[invalid]}`,
  reads: () => [],
  rewrite(builder, one, columns) {
    for (const name of columns) {
      const value = readableDate(builder, builder.value(name));
      const { moment, unclear } = readMoment(builder, value, one);
      const written = momentText(builder, moment, { zone: 'UTC', precision: precisionOf(one) });
      if (one.invalid === 'reject') rejectUnclear(builder, name, unclear, one);
      assignConverted(builder, name, {
        valid: builder.bind(isPresent(written)),
        converted: written,
        invalid: one.invalid,
        reason: 'not a time in the stated formats',
      });
    }
  },
});
