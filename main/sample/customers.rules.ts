import { NULL_TOKENS } from '../../shared/operations/nullify';
import { type StarterStep, starterRuleSet } from './starter';

const EVERY_TEXT = [
  'full name',
  'e-mail',
  'phone',
  'country',
  'city',
  'postal code',
  'birth date',
  'signup date',
  'segment',
  'newsletter',
  'notes',
];

const steps: StarterStep[] = [
  {
    operation: 'trim',
    columns: EVERY_TEXT,
    parameters: { sides: 'both' },
    note: 'Other steps compare whole cells, so blanks at the edges go first.',
    examples: [
      { input: ' Ann Lee\u00a0', output: 'Ann Lee' },
      { input: 'Ann Lee', output: 'Ann Lee' },
    ],
  },
  {
    operation: 'collapse-whitespace',
    columns: ['full name', 'city', 'notes'],
    parameters: {},
    examples: [{ input: 'Ann \u00a0Lee', output: 'Ann Lee' }],
  },
  {
    operation: 'nullify',
    columns: EVERY_TEXT,
    parameters: { values: [...NULL_TOKENS], ignoreCase: true },
    examples: [{ input: 'n/a', output: null }],
  },
  { operation: 'change-case', columns: ['country'], parameters: { to: 'upper' } },
  { operation: 'change-case', columns: ['city'], parameters: { to: 'title' } },
  { operation: 'change-case', columns: ['segment'], parameters: { to: 'lower' } },
  {
    operation: 'email',
    columns: ['e-mail'],
    parameters: { canonical: 'lower', invalid: 'reject' },
    examples: [{ input: 'Ann.Lee@Example.COM', output: 'ann.lee@example.com' }],
  },
  {
    operation: 'phone',
    columns: ['phone'],
    parameters: {
      defaultRegion: 'US',
      regionColumn: 'country',
      format: 'e164',
      extension: 'drop',
      invalid: 'keep',
    },
    examples: [
      { input: '(212) 555-0147', output: '+12125550147', row: { country: 'US' } },
      { input: '020 7946 0958', output: '+442079460958', row: { country: 'GB' } },
    ],
  },
  {
    operation: 'filter',
    columns: [],
    parameters: {
      where: {
        any: [
          { column: 'e-mail', test: 'ends-with', value: '@qa.test', ignoreCase: true },
          { column: 'full name', test: 'starts-with', value: 'test account', ignoreCase: true },
        ],
      },
      action: 'drop',
    },
    note: 'Accounts of the shop’s own testers.',
  },
  {
    operation: 'deduplicate',
    columns: [],
    parameters: {
      keys: ['e-mail'],
      normalize: 'trim-lower',
      keep: 'last',
      orderBy: [{ column: 'signup date', direction: 'ascending', nulls: 'first' }],
    },
    note: 'One row a person: the one of the latest sign-up.',
  },
  { operation: 'check', columns: ['e-mail'], parameters: { kind: 'not-empty', onFail: 'reject' } },
];

/** The rules that the sample project begins with, for customers. */
export const customersRules = starterRuleSet('customers', steps);
