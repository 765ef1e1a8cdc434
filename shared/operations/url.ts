import { z } from 'zod';
import { classBody, WHITE_SPACE } from '../expression/characters';
import { type Expression, text } from '../expression/expression';
import { call } from '../expression/primitives';
import { assignConverted, INVALID_WORDS, invalidField, invalidSchema } from './invalid';
import { cellExamples, listColumns, operation } from './operation';

/** Browsers and servers take no more. */
const LONGEST = 2000;

const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const HOST =
  `(?:(?:${LABEL}\\.){1,9}[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.?|localhost|` +
  `${OCTET}(?:\\.${OCTET}){3}|\\[[0-9A-Fa-f:.]{2,45}\\])`;
/** Never written in an address: white space, controls, invisible characters, quotation marks and brackets. */
const REFUSED = classBody([
  ...WHITE_SPACE,
  [0x0000, 0x0008],
  [0x000e, 0x001f],
  [0x007f, 0x009f],
  [0x00ad, 0x00ad],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x2069],
  [0xfeff, 0xfeff],
  [0x0022, 0x0022],
  [0x003c, 0x003c],
  [0x003e, 0x003e],
  [0x005c, 0x005c],
  [0x005e, 0x005e],
  [0x0060, 0x0060],
  [0x007b, 0x007d],
]);
const USER = `[^${REFUSED}@/?#\\[\\]]*@`;
const SCHEME = '[Hh][Tt][Tt][Pp][Ss]?|[Ff][Tt][Pp]';
const REST = `(?::[0-9]{1,5})?(?:/[^${REFUSED}?#]*)?(?:\\?[^${REFUSED}#]*)?(?:#[^${REFUSED}]*)?`;
const ADDRESS = `\\A(?:(?:${SCHEME})://(?:${USER})?)?${HOST}${REST}\\z`;
const ABSOLUTE = `\\A(?:${SCHEME})://(?:${USER})?${HOST}${REST}\\z`;
/** What is left of an address when the parts before and after were taken away; simple patterns, for speed. */
const REMAINDERS = {
  scheme: '\\A[A-Za-z]{3,5}://',
  afterScheme: '\\A(?:[A-Za-z]{3,5}://)?([^\\x{000A}]*)',
  user: '\\A[^@]*@',
  hostAndPort: '[^@]*\\z',
  port: ':[0-9]{1,5}\\z',
  host: '\\A([^\\x{000A}]*?)(?::[0-9]{1,5})?\\z',
  path: '/[^\\x{000A}]*',
  query: '\\?[^\\x{000A}]*',
  fragment: '#[^\\x{000A}]*',
} as const;

/** What a simple pattern finds first in a text: all of it, or its only group. */
function found(value: Expression, which: keyof typeof REMAINDERS): Expression {
  const pattern = REMAINDERS[which];
  const group = /\((?!\?:)/.test(pattern) ? 1 : 0;
  return call('capture', [value], { pattern, sparkPattern: pattern, group, longest: LONGEST });
}
const before = (value: Expression, separator: string): Expression =>
  call('splitPart', [value], { separator, part: 1 });

const matching = (value: Expression, pattern: string): Expression =>
  call('matches', [value], { pattern, sparkPattern: pattern, longest: LONGEST });

/** Whether a trimmed text is a web address with its scheme: http, https or ftp. */
export const isUrl = (trimmed: Expression): Expression => matching(trimmed, ABSOLUTE);

const is = (value: Expression, ...values: string[]): Expression => call('isOneOf', [value], { values });

export const url = operation({
  id: 'url',
  version: 1,
  title: 'Normalise web addresses',
  family: 'People and contact',
  summary: 'Writes web addresses in one form and finds what is none.',
  documentation:
    'Read are addresses of http, https and ftp, and such without a scheme, which get https. White space around is ' +
    'removed, scheme and host become lower case, a port that is the scheme’s own, a dot after the host and a lone ' +
    'slash at the end go. The rest is kept letter for letter. A host is a domain name of ASCII letters with a dot, ' +
    `localhost, or an IP address. Over ${LONGEST} characters nothing is an address. Whether it answers is not tested.`,
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters: z.strictObject({
    scheme: z.enum(['keep', 'https']).default('keep'),
    www: z.enum(['keep', 'drop']).default('keep'),
    slash: z.enum(['keep', 'drop']).default('keep'),
    query: z.enum(['keep', 'drop']).default('keep'),
    fragment: z.enum(['keep', 'drop']).default('keep'),
    invalid: invalidSchema,
  }),
  form: [
    {
      name: 'scheme',
      label: 'Scheme',
      control: 'choice',
      choices: [
        { value: 'keep', label: 'As written; https where there is none' },
        { value: 'https', label: 'https instead of http' },
      ],
    },
    {
      name: 'www',
      label: 'www. before the host',
      control: 'choice',
      choices: [
        { value: 'keep', label: 'Keep it' },
        { value: 'drop', label: 'Drop it' },
      ],
    },
    {
      name: 'slash',
      label: 'Slash at the end of the path',
      control: 'choice',
      choices: [
        { value: 'keep', label: 'Keep it' },
        { value: 'drop', label: 'Drop it' },
      ],
    },
    {
      name: 'query',
      label: 'Query (after ?)',
      control: 'choice',
      choices: [
        { value: 'keep', label: 'Keep it' },
        { value: 'drop', label: 'Drop it' },
      ],
    },
    {
      name: 'fragment',
      label: 'Fragment (after #)',
      control: 'choice',
      choices: [
        { value: 'keep', label: 'Keep it' },
        { value: 'drop', label: 'Drop it' },
      ],
    },
    invalidField,
  ],
  examples: [
    cellExamples('As written', { invalid: 'null' }, [
      [' HTTP://WWW.Example.COM:80/A%20b?Q=1#Top ', 'http://www.example.com/A%20b?Q=1#Top'],
      ['example.com', 'https://example.com'],
      ['https://example.com./', 'https://example.com'],
      ['https://example.com:8443/x/', 'https://example.com:8443/x/'],
      ['ftp://ann:pw@files.example.com/Ä', 'ftp://ann:pw@files.example.com/Ä'],
      ['example.com/a@b:80?x=/#y?z', 'https://example.com/a@b:80?x=/#y?z'],
      ['https://web.example/https://EXAMPLE.com', 'https://web.example/https://EXAMPLE.com'],
      ['ann@example.com', null],
      ['http://[2001:DB8::1]/', 'http://[2001:db8::1]'],
      ['http://192.0.2.256/', null],
      ['javascript:alert(1)', null],
      ['example', null],
      ['https://exa mple.com', null],
      ['https://例え.jp', null],
      ['', null],
      [null, null],
    ]),
    cellExamples(
      'One site, one address',
      { scheme: 'https', www: 'drop', slash: 'drop', query: 'drop', fragment: 'drop', invalid: 'reject' },
      [
        ['http://www.example.com/shop/?utm_source=x#a', 'https://example.com/shop'],
        ['www.example.com', 'https://example.com'],
        ['www.com', 'https://www.com'],
        ['http://example.com:443', 'https://example.com'],
        ['mailto:ann@example.com', { left: 'rejected' }],
        [null, null],
      ],
    ),
  ],
  sentence: ({ invalid }, columns) =>
    `Normalise web addresses in ${listColumns(columns)}${INVALID_WORDS[invalid]}`,
  reads: () => [],
  rewrite(builder, { scheme, www, slash, query, fragment, invalid }, columns) {
    for (const name of columns) {
      const trimmed = builder.bind(call('trimWhiteSpace', [builder.value(name)], { sides: 'both' }));
      const valid = builder.bind(matching(trimmed, ADDRESS));
      const withQuery = builder.bind(before(trimmed, '#'));
      const withPath = builder.bind(found(before(withQuery, '?'), 'afterScheme'));
      const authority = builder.bind(before(withPath, '/'));
      const hostAndPort = builder.bind(found(authority, 'hostAndPort'));
      const given = builder.bind(before(call('lower', [builder.bind(found(trimmed, 'scheme'))]), ':'));
      const known = builder.bind(call('choose', [call('isMissing', [given]), text('https'), given]));
      const written =
        scheme === 'keep' ? known : builder.bind(call('choose', [is(known, 'http'), text('https'), known]));
      const lowered = builder.bind(call('lower', [builder.bind(found(hostAndPort, 'host'))]));
      const dotless = builder.bind(
        call('choose', [
          call('contains', [lowered], { find: '.', position: 'end' }),
          call('slice', [lowered], { from: 'end', skip: 1, take: -1 }),
          lowered,
        ]),
      );
      // www.com is a site of its own.
      const prefixed = matching(dotless, '\\Awww\\.[^.]+\\..+\\z');
      const host =
        www === 'keep'
          ? dotless
          : call('choose', [
              prefixed,
              call('slice', [dotless], { from: 'start', skip: 4, take: -1 }),
              dotless,
            ]);
      const port = builder.bind(found(hostAndPort, 'port'));
      const own = is(call('join', [written, port]), 'http:80', 'https:443', 'ftp:21', 'https:80');
      const path = builder.bind(found(withPath, 'path'));
      const parts = [
        written,
        text('://'),
        found(authority, 'user'),
        host,
        call('choose', [own, text(''), port]),
        path,
        ...(query === 'keep' ? [found(withQuery, 'query')] : []),
        ...(fragment === 'keep' ? [found(trimmed, 'fragment')] : []),
      ];
      const whole = builder.bind(call('join', parts));
      const needless =
        slash === 'drop' ? call('contains', [whole], { find: '/', position: 'end' }) : is(path, '/');
      const ended = call('and', [needless, call('contains', [whole], { find: '/', position: 'end' })]);
      const converted = call('choose', [
        ended,
        call('slice', [whole], { from: 'end', skip: 1, take: -1 }),
        whole,
      ]);
      assignConverted(builder, name, { valid, converted, invalid, reason: 'not a web address' });
    }
  },
});
