import { step } from '../run/rules.mjs';

const PLACEHOLDERS = ['N/A', 'NA', 'n.a.', '-', '--', 'null', 'none', 'unknown', '?'];
const EVERY_TEXT = [
  'full name',
  'e-mail',
  'spent',
  'country',
  'city',
  'postal code',
  'birth date',
  'signup date',
  'segment',
  'newsletter',
  'notes',
];

/** Twenty steps over customers whose phone numbers have given way to what they spent. */
const steps = [
  ['trim', EVERY_TEXT, { sides: 'both' }],
  ['collapse-whitespace', ['full name', 'city', 'notes'], {}],
  ['remove-characters', ['full name', 'city', 'notes'], { which: ['invisible'] }],
  ['nullify', EVERY_TEXT, { values: PLACEHOLDERS, ignoreCase: true }],
  ['change-case', ['city'], { to: 'title' }],
  ['change-case', ['segment'], { to: 'lower' }],
  ['email', ['e-mail'], { canonical: 'lower', invalid: 'reject' }],
  ['country', ['country'], { to: 'alpha2', invalid: 'keep' }],
  ['postal-code', ['postal code'], { country: 'US', countryColumn: 'country', invalid: 'null' }],
  ['parse-date', ['birth date'], { formats: ['yyyy-MM-dd', 'dd.MM.yyyy', 'MM/dd/yyyy'], invalid: 'null' }],
  ['parse-date', ['signup date'], { formats: ['yyyy-MM-dd', 'dd.MM.yyyy', 'MM/dd/yyyy'], invalid: 'reject' }],
  ['parse-money', ['spent'], { currency: 'USD', scale: 2, invalid: 'null' }],
  [
    'map-values',
    ['newsletter'],
    {
      map: Object.entries({
        yes: 'yes',
        y: 'yes',
        true: 'yes',
        1: 'yes',
        no: 'no',
        n: 'no',
        false: 'no',
        0: 'no',
      }).map(([from, to]) => ({ from, to })),
      otherwise: 'null',
      ignoreCase: true,
      trim: true,
    },
  ],
  ['replace-pattern', ['notes'], { pattern: '\\d+', replacement: '#', ignoreCase: false }],
  ['split-column', ['full name'], { separator: ' ', into: ['given name', 'family name'], keep: true }],
  ['fill-missing', ['segment'], { with: 'constant', value: 'consumer' }],
  ['join-columns', [], { columns: ['city', 'country'], separator: ', ', into: 'place', skipEmpty: true }],
  [
    'filter',
    [],
    {
      where: {
        any: [
          { column: 'e-mail', test: 'ends-with', value: '@qa.test', ignoreCase: true },
          { column: 'full name', test: 'starts-with', value: 'test account', ignoreCase: true },
        ],
      },
      action: 'drop',
    },
  ],
  ['check', ['birth date'], { kind: 'date', first: '1900-01-01', last: '2010-12-31', onFail: 'reject' }],
  [
    'deduplicate',
    [],
    {
      keys: ['e-mail'],
      normalize: 'none',
      keep: 'last',
      orderBy: [{ column: 'signup date', direction: 'ascending', nulls: 'first' }],
    },
  ],
];

export const twentySteps = {
  format: 'dataharmonize/ruleset',
  version: 1,
  name: 'twenty steps',
  columns: [],
  steps: steps.map(([operation, columns, parameters], i) =>
    step(`s${i + 1}`, operation, columns, parameters),
  ),
  expectations: [],
};
