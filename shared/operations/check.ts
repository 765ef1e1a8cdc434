import { z } from 'zod';
import type { PlanBuilder } from '../compile/builder';
import { type Expression, text } from '../expression/expression';
import { call } from '../expression/primitives';
import { isBlank, matchesPattern, patternSchema } from './conditions';
import { isEmailAddress } from './email';
import { listColumns, operation } from './operation';
import { lookUpPhone, regionSchema } from './phone';

const outcome = {
  onFail: z.enum(['reject', 'flag', 'stop']).default('reject'),
  name: z.string().min(1).max(100).optional(),
  flagColumn: z.string().min(1).default('failed checks'),
  maxShare: z.number().min(0).max(1).default(0),
};
const parameters = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('not-empty'), ...outcome }),
  z.strictObject({
    kind: z.literal('pattern'),
    pattern: patternSchema,
    ignoreCase: z.boolean().default(false),
    match: z.enum(['whole', 'anywhere']).default('whole'),
    ...outcome,
  }),
  z.strictObject({ kind: z.literal('email'), ...outcome }),
  z.strictObject({
    kind: z.literal('phone'),
    defaultRegion: regionSchema.optional(),
    regionColumn: z.string().min(1).optional(),
    ...outcome,
  }),
]);
type Parameters = z.output<typeof parameters>;

const WORDS: Record<Parameters['kind'], { sentence: string; reason: string }> = {
  'not-empty': { sentence: 'is not empty', reason: 'is empty' },
  pattern: { sentence: 'matches the pattern', reason: 'does not match the pattern' },
  email: { sentence: 'is an e-mail address', reason: 'not a valid e-mail address' },
  phone: { sentence: 'is a phone number', reason: 'not a valid phone number' },
};
const FAIL_WORDS: Record<Parameters['onFail'], string> = {
  reject: 'reject other rows',
  flag: 'flag other rows',
  stop: 'stop the run otherwise',
};

/** Whether a value fails: true or false. A null passes every kind but not-empty. */
function fails(builder: PlanBuilder, value: Expression, check: Parameters): Expression {
  const present = (passes: Expression) =>
    call('and', [call('not', [call('isNull', [value])]), call('not', [passes])]);
  switch (check.kind) {
    case 'not-empty':
      return isBlank(value);
    case 'pattern':
      return present(
        matchesPattern(value, check.pattern, {
          ignoreCase: check.ignoreCase,
          whole: check.match === 'whole',
        }),
      );
    case 'email':
      return present(isEmailAddress(builder.bind(call('trimWhiteSpace', [value], { sides: 'both' }))));
    case 'phone': {
      const { number } = lookUpPhone(builder, value, check, { format: 'e164', extension: 'drop' });
      return present(call('not', [call('isNull', [number])]));
    }
  }
}

function flag(builder: PlanBuilder, when: Expression, flagColumn: string, name: string): void {
  const exists = builder.columns.includes(flagColumn);
  const before = exists ? builder.value(flagColumn) : text(null);
  const appended = exists
    ? call('choose', [call('isMissing', [before]), text(name), call('join', [before, text(`; ${name}`)])])
    : text(name);
  builder.assign(flagColumn, call('choose', [when, appended, before]));
}

const rejected = { left: 'rejected' } as const;

export const check = operation({
  id: 'check',
  version: 1,
  title: 'Check values',
  family: 'Checks',
  summary: 'Rejects or flags rows that fail a check, or stops the run.',
  documentation:
    'Null passes every check but “not empty”; empty text and nothing but white space count as empty there. A pattern ' +
    'must match the whole cell unless told otherwise. Rejected rows go aside with their original values and the ' +
    'reason. A flag adds the check’s name to a column, several parted by “; ”. “Stop” writes nothing when more than ' +
    'the stated share of the rows that reach the check fail.',
  scope: 'row',
  stream: 'Works on each record by itself; “stop” is judged for each batch.',
  targets: { least: 1, most: 100 },
  parameters,
  form: [
    {
      name: 'kind',
      label: 'Each cell',
      control: 'choice',
      choices: [
        { value: 'not-empty', label: 'is not empty' },
        { value: 'pattern', label: 'matches a pattern' },
        { value: 'email', label: 'is an e-mail address' },
        { value: 'phone', label: 'is a phone number' },
      ],
    },
    { name: 'pattern', label: 'Pattern', control: 'pattern', when: { name: 'kind', values: ['pattern'] } },
    {
      name: 'match',
      label: 'Match',
      control: 'choice',
      choices: [
        { value: 'whole', label: 'The whole cell' },
        { value: 'anywhere', label: 'Anywhere in the cell' },
      ],
      when: { name: 'kind', values: ['pattern'] },
    },
    {
      name: 'ignoreCase',
      label: 'Ignore letter case',
      control: 'flag',
      when: { name: 'kind', values: ['pattern'] },
    },
    {
      name: 'defaultRegion',
      label: 'Default region',
      control: 'region',
      when: { name: 'kind', values: ['phone'] },
    },
    {
      name: 'regionColumn',
      label: 'Region from column',
      control: 'column',
      optional: true,
      when: { name: 'kind', values: ['phone'] },
    },
    {
      name: 'onFail',
      label: 'If a cell fails',
      control: 'choice',
      choices: [
        { value: 'reject', label: 'Reject the row' },
        { value: 'flag', label: 'Flag the row' },
        { value: 'stop', label: 'Stop the run' },
      ],
    },
    { name: 'name', label: 'Name of the check', control: 'text', when: { name: 'onFail', values: ['flag'] } },
    { name: 'flagColumn', label: 'Flag column', control: 'text', when: { name: 'onFail', values: ['flag'] } },
    {
      name: 'maxShare',
      label: 'Share of rows that may fail',
      control: 'share',
      when: { name: 'onFail', values: ['stop'] },
    },
  ],
  examples: [
    {
      title: 'Reject rows without a name',
      columns: ['name'],
      parameters: { kind: 'not-empty', onFail: 'reject' },
      header: ['name'],
      rows: [['Ann'], [''], ['\u3000'], [null], ['\u200b']],
      expected: [['Ann'], rejected, rejected, rejected, ['\u200b']],
    },
    {
      title: 'Flag what is no e-mail address',
      columns: ['e-mail'],
      parameters: { kind: 'email', onFail: 'flag', name: 'e-mail' },
      header: ['e-mail'],
      rows: [['ann@example.com '], ['ann@'], [null]],
      expected: [
        ['ann@example.com ', null],
        ['ann@', 'e-mail'],
        [null, null],
      ],
    },
    {
      title: 'A pattern for the whole cell',
      columns: ['code'],
      parameters: { kind: 'pattern', pattern: '[A-Z]{2}\\d{3}|none', ignoreCase: true, onFail: 'reject' },
      header: ['code'],
      rows: [['ab123'], ['None'], ['AB1234'], ['AB\u0661\u0662\u0663'], [null]],
      expected: [['ab123'], ['None'], rejected, rejected, [null]],
    },
    {
      title: 'Phone numbers in the region of the row',
      columns: ['phone'],
      parameters: { kind: 'phone', defaultRegion: 'US', regionColumn: 'country', onFail: 'reject' },
      header: ['phone', 'country'],
      rows: [
        ['020 7946 0018', 'GB'],
        ['020 7946 0018', 'US'],
        [null, 'US'],
      ],
      expected: [['020 7946 0018', 'GB'], rejected, [null, 'US']],
    },
    {
      title: 'Stop only past half of the rows',
      columns: ['name'],
      parameters: { kind: 'not-empty', onFail: 'stop', maxShare: 0.5 },
      header: ['name'],
      rows: [['Ann'], ['']],
      expected: [['Ann'], ['']],
    },
  ],
  sentence: ({ kind, onFail }, columns) =>
    `Check that ${listColumns(columns)} ${WORDS[kind].sentence}; ${FAIL_WORDS[onFail]}`,
  reads: (one) => (one.kind === 'phone' && one.regionColumn !== undefined ? [one.regionColumn] : []),
  rewrite(builder, one, columns) {
    for (const name of columns) {
      const when = builder.bind(fails(builder, builder.value(name), one));
      if (one.onFail === 'flag')
        flag(builder, when, one.flagColumn, one.name ?? `${name} ${WORDS[one.kind].reason}`);
      else if (one.onFail === 'stop') builder.stop({ column: name, when, most: one.maxShare });
      else builder.leave({ fate: 'rejected', column: name, reason: WORDS[one.kind].reason, when });
    }
  },
});
