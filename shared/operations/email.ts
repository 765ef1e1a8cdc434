import { z } from 'zod';
import { type Expression, text } from '../expression/expression';
import { call } from '../expression/primitives';
import { assignConverted, INVALID_WORDS, invalidField, invalidSchema } from './invalid';
import { cellExamples, listColumns, operation } from './operation';

const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const ADDRESS = `\\A${ATOM}(?:\\.${ATOM})*@(?:${LABEL}\\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])\\z`;
const LONGEST_ADDRESS = 254;
const LONGEST_LOCAL = 64;

const GMAIL = ['gmail.com', 'googlemail.com'];
const PLUS_TAGGED = [
  ...GMAIL,
  'fastmail.com',
  'hotmail.com',
  'icloud.com',
  'live.com',
  'mac.com',
  'me.com',
  'msn.com',
  'outlook.com',
  'pm.me',
  'proton.me',
  'protonmail.com',
];

type Bind = (value: Expression) => Expression;
type Canonical = 'none' | 'lower-domain' | 'lower' | 'provider';

/** Whether a trimmed text is an e-mail address: ASCII, dot-atom and domain name, within the lengths of RFC 5321. */
export function isEmailAddress(trimmed: Expression): Expression {
  return call('and', [
    call('matches', [trimmed], { pattern: ADDRESS, sparkPattern: ADDRESS, longest: LONGEST_ADDRESS }),
    call('atMost', [call('length', [call('splitPart', [trimmed], { separator: '@', part: 1 })])], {
      limit: LONGEST_LOCAL,
    }),
  ]);
}

function providerForm(trimmed: Expression, bind: Bind): Expression {
  const lowered = bind(call('lower', [trimmed]));
  const local = bind(call('splitPart', [lowered], { separator: '@', part: 1 }));
  const domain = bind(call('splitPart', [lowered], { separator: '@', part: 2 }));
  const untagged = bind(
    call('choose', [
      call('isOneOf', [domain], { values: PLUS_TAGGED }),
      call('splitPart', [local], { separator: '+', part: 1 }),
      local,
    ]),
  );
  const gmail = bind(call('isOneOf', [domain], { values: GMAIL }));
  const mailbox = bind(call('choose', [gmail, call('removeText', [untagged], { find: '.' }), untagged]));
  const canonical = call('join', [mailbox, text('@'), call('choose', [gmail, text('gmail.com'), domain])]);
  return call('choose', [call('isMissing', [mailbox]), lowered, canonical]);
}

const CANONICAL: Record<Canonical, (trimmed: Expression, bind: Bind) => Expression> = {
  none: (trimmed) => trimmed,
  'lower-domain': (trimmed) =>
    call('join', [
      call('splitPart', [trimmed], { separator: '@', part: 1 }),
      text('@'),
      call('lower', [call('splitPart', [trimmed], { separator: '@', part: 2 })]),
    ]),
  lower: (trimmed) => call('lower', [trimmed]),
  provider: providerForm,
};

export const email = operation({
  id: 'email',
  version: 1,
  title: 'Normalise e-mail addresses',
  family: 'People and contact',
  summary: 'Brings valid e-mail addresses into one form.',
  documentation:
    'White space around the address is removed. Valid is what looks like an address: letters, digits and the usual ' +
    'marks, one @, a domain name with a dot; addresses with letters beyond ASCII count as not valid. Whether it ' +
    'can be delivered is not tested. “One mailbox” also drops what the large providers ignore: the part after + ' +
    '(Gmail, Outlook, iCloud, Proton, Fastmail) and dots (Gmail), and writes googlemail.com as gmail.com.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters: z.strictObject({
    canonical: z.enum(['none', 'lower-domain', 'lower', 'provider']).default('lower'),
    invalid: invalidSchema,
  }),
  form: [
    {
      name: 'canonical',
      label: 'Form',
      control: 'choice',
      choices: [
        { value: 'none', label: 'As written' },
        { value: 'lower-domain', label: 'Domain in lower case' },
        { value: 'lower', label: 'All in lower case' },
        { value: 'provider', label: 'One mailbox, one address' },
      ],
    },
    invalidField,
  ],
  examples: [
    cellExamples('All in lower case', { canonical: 'lower', invalid: 'keep' }, [
      [' A.Lee@Example.COM\u00a0', 'a.lee@example.com'],
      ["o'brien+shop@example.co.uk", "o'brien+shop@example.co.uk"],
      [' not an address ', ' not an address '],
      ['a..b@example.com', 'a..b@example.com'],
      ['ann@example', 'ann@example'],
      [null, null],
    ]),
    cellExamples('Domain only', { canonical: 'lower-domain', invalid: 'null' }, [
      ['Ann.Lee@EXAMPLE.com', 'Ann.Lee@example.com'],
      ['ann@@example.com', null],
      ['', null],
    ]),
    cellExamples('One mailbox', { canonical: 'provider', invalid: 'keep' }, [
      ['A.n.n+news@GoogleMail.com', 'ann@gmail.com'],
      ['Ann+news@Outlook.com', 'ann@outlook.com'],
      ['ann+news@example.com', 'ann+news@example.com'],
      ['+@gmail.com', '+@gmail.com'],
    ]),
    cellExamples('Rejecting', { canonical: 'none', invalid: 'reject' }, [
      ['ann@example.com', 'ann@example.com'],
      ['jürgen@example.com', { left: 'rejected' }],
      [null, null],
    ]),
  ],
  sentence: ({ invalid }, columns) => `Normalise e-mail in ${listColumns(columns)}${INVALID_WORDS[invalid]}`,
  reads: () => [],
  rewrite(builder, { canonical, invalid }, columns) {
    for (const name of columns) {
      const trimmed = builder.bind(call('trimWhiteSpace', [builder.value(name)], { sides: 'both' }));
      const valid = builder.bind(isEmailAddress(trimmed));
      const converted = CANONICAL[canonical](trimmed, builder.bind);
      assignConverted(builder, name, { valid, converted, invalid, reason: 'not a valid e-mail address' });
    }
  },
});
