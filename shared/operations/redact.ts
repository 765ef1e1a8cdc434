import { z } from 'zod';
import type { Expression } from '../expression/expression';
import type { CompiledPattern } from '../expression/pattern';
import { ANY_LENGTH, compileSpans } from '../expression/pattern-spans';
import { call } from '../expression/primitives';
import { cellExamples, listColumns, operation } from './operation';
import { spansSchema } from './text/pattern-schema';

const BLANK = '\\u0009-\\u000d \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const BETWEEN = '[ \\u00a0().\\/-]{0,2}';
/** What an address can't hold in free text. */
const AROUND = `${BLANK}@<>()\\[\\],;:"`;

/**
 * In the order in which they are looked for: a card number holds what looks like a phone number. Each repeats only a
 * stated number of times, so that texts of any length can be searched.
 */
const KNOWN = {
  email: { label: '[e-mail]', source: `[^${AROUND}]{1,128}@[^${AROUND}]{1,190}\\.[^${AROUND}.!?'’”]{1,63}` },
  card: { label: '[card]', source: '\\b(?:[0-9][ \\u00a0.-]?){12,18}[0-9]\\b' },
  ssn: { label: '[ssn]', source: '\\b[0-9]{3}[ \\u00a0-][0-9]{2}[ \\u00a0-][0-9]{4}\\b' },
  phone: {
    label: '[phone]',
    source:
      `\\+[0-9](?:${BETWEEN}[0-9]){6,14}\\b|` +
      `\\(?\\b(?:1${BETWEEN})?[0-9]{3}${BETWEEN}[0-9]{3}[ \\u00a0.-]?[0-9]{4}\\b|` +
      `\\(?\\b0(?:${BETWEEN}[0-9]){8,12}\\b`,
  },
} as const;
type Known = keyof typeof KNOWN;
const ORDER = Object.keys(KNOWN) as Known[];

function compiled(source: string, ignoreCase: boolean): CompiledPattern {
  const result = compileSpans(source, { ignoreCase, replaced: true });
  if (!result.ok) throw new TypeError(result.fault.message);
  const { pattern, sparkPattern, longest } = result.compiled;
  return { pattern, sparkPattern, longest };
}

const parameters = z
  .strictObject({
    patterns: z
      .array(z.enum(['email', 'phone', 'card', 'ssn', 'custom']))
      .min(1)
      .default(['email', 'phone', 'card']),
    custom: spansSchema({ replaced: true }).optional(),
    ignoreCase: z.boolean().default(false),
    with: z.string().max(100).optional(),
  })
  .check((context) => {
    const { patterns, custom } = context.value;
    if (patterns.includes('custom') && custom === undefined)
      context.issues.push({
        code: 'custom',
        path: ['custom'],
        message: 'write the pattern to look for',
        input: custom,
      });
  });

export const redact = operation({
  id: 'redact',
  version: 1,
  title: 'Redact free text',
  also: 'anonymise anonymize hide pii scrub',
  family: 'Privacy',
  summary: 'Replaces e-mail addresses, phone numbers and the like inside free text.',
  documentation:
    'Looked for are: your own pattern; e-mail addresses (what stands around an @ with a dot after it); card numbers ' +
    '(13 to 19 digits, alone or parted by single spaces, dots or dashes, whatever their check digit); US social ' +
    'security numbers (3-2-4 digits, parted); phone numbers (after a +; of ten digits in the American grouping; or of ' +
    '9 to 13 digits that begin with 0). Digits are ASCII digits. Too much is redacted rather than too little: an order number of ' +
    '16 digits goes as well. What is not written like this, and names and street addresses, stay: redacted text is ' +
    'not anonymous. A cell too long for your own pattern to be tried on is replaced whole. Null stays null. The quarantine shows the redacted text too.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  capabilities: {
    limits: ['Card numbers are found by their digits alone; the check digit is not used.'],
  },
  targets: { least: 1, most: 100 },
  parameters,
  form: [
    {
      name: 'patterns',
      label: 'Redact',
      control: 'choices',
      choices: [
        { value: 'email', label: 'E-mail addresses' },
        { value: 'phone', label: 'Phone numbers' },
        { value: 'card', label: 'Card numbers' },
        { value: 'ssn', label: 'US social security numbers' },
        { value: 'custom', label: 'A pattern of your own' },
      ],
    },
    {
      name: 'custom',
      label: 'Your pattern',
      control: 'pattern',
      when: { name: 'patterns', values: ['custom'] },
    },
    {
      name: 'ignoreCase',
      label: 'Ignore letter case in your pattern',
      control: 'flag',
      when: { name: 'patterns', values: ['custom'] },
    },
    {
      name: 'with',
      label: 'Write instead',
      control: 'text',
      help: 'What was found, such as [e-mail], unless told.',
    },
  ],
  examples: [
    cellExamples('What is found', { patterns: ['email', 'phone', 'card', 'ssn'] }, [
      ['Mail ann.lee@example.com, please.', 'Mail [e-mail], please.'],
      ['<Jürgen@Bücher.example>', '<[e-mail]>'],
      ['Call (212) 555-0147 or +44 20 7946 0018 ext 5', 'Call [phone] or [phone] ext 5'],
      ['1 (212) 555-0147, 12125550147, 212.555.0147', '[phone], [phone], [phone]'],
      ['Tel. 030/1234567, on 2024-01-02 at 10:15', 'Tel. [phone], on 2024-01-02 at 10:15'],
      ['paid with 4111 1111 1111 1111.', 'paid with [card].'],
      ['SSN 123-45-6789', 'SSN [ssn]'],
      ['order 12345 for 3 @ 4.50', 'order 12345 for 3 @ 4.50'],
      ['', ''],
      [null, null],
    ]),
    cellExamples(
      'A pattern of your own',
      { patterns: ['custom', 'email'], custom: 'cust-\\d+x*', ignoreCase: true, with: '\\1 $1' },
      [
        ['CUST-12xx and cust-3', '\\1 $1 and \\1 $1'],
        ['a@b.example', '\\1 $1'],
        ['cust-\u0661', 'cust-\u0661'],
      ],
    ),
  ],
  sentence: ({ patterns }, columns) => {
    const words = { email: 'e-mail', phone: 'phones', card: 'cards', ssn: 'SSNs', custom: 'a pattern' };
    return `Redact ${listColumns(patterns.map((one) => words[one]))} in ${listColumns(columns)}`;
  },
  reads: () => [],
  rewrite(builder, { patterns, custom, ignoreCase, with: label }, columns) {
    for (const name of columns) {
      let value: Expression = builder.value(name);
      const replace = (constants: CompiledPattern & { label: string }) => {
        value = builder.bind(call('redactMatches', [value], constants));
      };
      if (patterns.includes('custom') && custom !== undefined)
        replace({ ...compiled(custom, ignoreCase), label: label ?? '[redacted]' });
      for (const id of ORDER.filter((one) => patterns.includes(one))) {
        const known = KNOWN[id];
        replace({ ...compiled(known.source, false), longest: ANY_LENGTH, label: label ?? known.label });
      }
      builder.assign(name, value);
    }
  },
});
