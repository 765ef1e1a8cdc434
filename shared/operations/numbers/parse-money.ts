import { z } from 'zod';
import type { PlanBuilder } from '../../compile/builder';
import { classBody, escapePoint, WHITE_SPACE } from '../../expression/characters';
import { type ColumnReference, type Expression, text } from '../../expression/expression';
import { call } from '../../expression/primitives';
import { CURRENCY_CODES, CURRENCY_SIGNS, SHARED_SIGNS } from '../../reference/currencies';
import { assignConverted, INVALID_WORDS, invalidField, invalidSchema } from '../invalid';
import { listColumns, operation } from '../operation';
import { scaleSchema } from './parse-number';
import { intoField, isPresent } from './plain';
import {
  capturedGroups,
  digitsPattern,
  readable,
  readDigits,
  SIGN,
  signed,
  spellingFault,
  spellingFields,
  spellingShape,
} from './spelling';

const parameters = z
  .strictObject({
    ...spellingShape,
    currency: z
      .enum(CURRENCY_CODES as readonly [string, ...string[]], {
        error: 'is not a currency code of ISO 4217, such as EUR',
      })
      .optional(),
    currencyColumn: z.string().min(1).optional(),
    into: z.string().min(1).optional(),
    scale: scaleSchema.default(2),
    invalid: invalidSchema,
  })
  .check((context) => {
    const fault = spellingFault(context.value);
    if (fault)
      context.issues.push({ code: 'custom', path: ['grouping'], message: fault, input: context.value });
    const { currency, currencyColumn, into } = context.value;
    if (currency === undefined && currencyColumn === undefined && into === undefined)
      context.issues.push({
        code: 'custom',
        path: ['currency'],
        message: 'State the currency of the amounts, a column that holds it, or a column to write it to',
        input: currency,
      });
  });
type Parameters = z.output<typeof parameters>;

// What it may be is looked up: a pattern of every sign would take three times as long.
const CURRENCY = `([^0-9${classBody(WHITE_SPACE)}+()${escapePoint(0x2212)}${escapePoint(0x2019)}'_.,-]{1,4})?`;
const GAP = ' ?';

const OWN_SIGNS = { from: Object.keys(CURRENCY_SIGNS), to: Object.values(CURRENCY_SIGNS) };
/** Each sign that is shared, with each of its currencies. */
const SHARED = Object.entries(SHARED_SIGNS).flatMap(([sign, all]) => all.map((one) => `${sign} ${one}`));

/** A sign or code as a code of ISO 4217; null where it is none, or where it is shared and `stated` has another sign. */
function codeOf(builder: PlanBuilder, written: ColumnReference, stated: Expression): ColumnReference {
  // Most amounts come without one.
  const some = call('choose', [call('isMissing', [written]), text(null), call('upper', [written])]);
  const upper = builder.bind(some);
  const isCode = call('isOneOf', [upper], { values: CURRENCY_CODES });
  const own = call('firstPresent', [
    call('replaceWhole', [written], OWN_SIGNS),
    call('choose', [isCode, upper, text(null)]),
  ]);
  if (stated.kind === 'literal' && stated.value === null) return builder.bind(own);
  const shared = call('isOneOf', [call('join', [written, text(' '), stated])], { values: SHARED });
  return builder.bind(call('choose', [shared, stated, own]));
}

type Money = { readonly amount: Expression; readonly currency: ColumnReference };

function readMoney(builder: PlanBuilder, name: string, one: Parameters): Money {
  const value = builder.bind(call('collapseWhiteSpace', [readable(builder, builder.value(name))]));
  const ofRow =
    one.currencyColumn === undefined
      ? text(null)
      : codeOf(
          builder,
          builder.bind(call('trimWhiteSpace', [builder.value(one.currencyColumn)], { sides: 'both' })),
          text(null),
        );
  const stated = builder.bind(call('firstPresent', [ofRow, text(one.currency ?? null)]));
  const pattern =
    `\\A([(]?)${GAP}(${SIGN})?${GAP}${CURRENCY}${GAP}(${SIGN})?${GAP}${digitsPattern(one, 9)}` +
    `${GAP}${CURRENCY}${GAP}([)]?)\\z`;
  // No run of white space is left in the text but single spaces.
  const group = capturedGroups(builder, value, pattern, { groups: 9, separator: '\t' });
  const [opening, sign, before, innerSign, after, closing] = [1, 2, 3, 4, 8, 9].map(group) as [
    ColumnReference,
    ColumnReference,
    ColumnReference,
    ColumnReference,
    ColumnReference,
    ColumnReference,
  ];
  // At most one of what makes an amount negative or positive; parentheses come in pairs.
  const marks = builder.bind(call('join', [opening, sign, innerSign]));
  const single = call('isOneOf', [marks], { values: ['', '(', '+', '-', '\u2212'] });
  const paired = call('equal', [call('equal', [opening, text('(')]), call('equal', [closing, text(')')])]);
  const size = readDigits(builder, group, { at: 5, grouping: one.grouping });
  const amount = builder.bind(
    call('roundDecimal', [builder.bind(signed(size, marks))], { digits: one.scale }),
  );
  const codes = [before, after].map((written, i, both) => {
    const other = both[1 - i] as ColumnReference;
    const hint = builder.bind(call('firstPresent', [codeOf(builder, other, text(null)), stated]));
    return codeOf(builder, written, hint);
  }) as [ColumnReference, ColumnReference];
  const found = builder.bind(call('firstPresent', codes));
  const currency = builder.bind(call('firstPresent', [found, stated]));
  const understood = [before, after].map((written, i) =>
    call('or', [call('isMissing', [written]), isPresent(codes[i] as ColumnReference)]),
  );
  const agree = call('firstPresent', [
    call('equal', codes),
    { kind: 'literal', type: 'boolean', value: true },
  ]);
  const wanted =
    one.into === undefined
      ? [call('firstPresent', [call('equal', [currency, stated]), call('isNull', [currency])])]
      : [];
  const sound = call('and', [single, call('holds', [paired]), ...understood, agree, ...wanted]);
  return {
    amount: builder.bind(
      call('choose', [call('holds', [sound]), amount, { kind: 'literal', type: 'decimal', value: null }]),
    ),
    currency,
  };
}

const rejected = { left: 'rejected' } as const;

export const parseMoney = operation({
  id: 'parse-money',
  version: 1,
  title: 'Read amounts of money',
  also: 'currency price amount',
  family: 'Numbers and money',
  summary: 'Writes amounts in plain digits, and their currency into a column of its own.',
  documentation:
    'The decimal mark and what parts thousands are stated. A sign or a code of ISO 4217 may stand before or after the ' +
    'number; parentheses or a minus make it negative. What the cell says goes before the stated currency, and that ' +
    'of its row before the one for all. A sign that several currencies share ($, £, ¥, kr) is only understood where a ' +
    'currency that uses it is stated or written beside it. Where the currency is not written to a column, amounts in ' +
    'another currency than the stated one are not valid. Amounts are rounded to the stated decimals, half away from zero.',
  scope: 'row',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 20 },
  parameters,
  begin: () => ({ currency: 'USD' }),
  form: [
    ...spellingFields,
    {
      name: 'currency',
      label: 'Currency',
      control: 'text',
      help: 'For amounts that name none: a code such as EUR.',
    },
    { name: 'currencyColumn', label: 'Currency from column', control: 'column', optional: true },
    intoField('Where to write the currency’s code.'),
    { name: 'scale', label: 'Decimals', control: 'number', least: 0, most: 6 },
    invalidField,
  ],
  examples: [
    {
      title: 'Signs and codes, the currency into a column',
      columns: ['amount'],
      parameters: { currency: 'USD', into: 'currency', invalid: 'null' },
      header: ['amount'],
      rows: [
        ['$1,234.5'],
        ['€ 12'],
        ['12 EUR'],
        ['USD 5.005'],
        ['$5 USD'],
        ['$5 CAD'],
        ['-£3'],
        ['(¥100)'],
        ['CA$5'],
        ['12\u00a0zł'],
        ['5 kr'],
        ['usd 0.005'],
        ['5 €€'],
        ['7'],
        ['$ -0.001'],
        ['EUR 5 USD'],
        ['--5'],
        ['(5'],
        ['5 XYZ'],
        ['about 5'],
        [''],
        [null],
      ],
      expected: [
        ['1234.50', 'USD'],
        ['12.00', 'EUR'],
        ['12.00', 'EUR'],
        ['5.01', 'USD'],
        ['5.00', 'USD'],
        ['5.00', 'CAD'],
        [null, null],
        [null, null],
        ['5.00', 'CAD'],
        ['12.00', 'PLN'],
        [null, null],
        ['0.01', 'USD'],
        [null, null],
        ['7.00', 'USD'],
        ['0.00', 'USD'],
        [null, null],
        [null, null],
        [null, null],
        [null, null],
        [null, null],
        [null, null],
        [null, null],
      ],
    },
    {
      title: 'The row’s own currency; another one is refused',
      columns: ['amount'],
      parameters: {
        decimal: ',',
        grouping: '.',
        currencyColumn: 'currency',
        currency: 'EUR',
        invalid: 'reject',
      },
      header: ['amount', 'currency'],
      rows: [
        ['1.234,50 kr', ' sek '],
        ['12,5 €', null],
        ['12,5 €', 'USD'],
        ['$12', 'USD'],
        [null, 'USD'],
      ],
      expected: [['1234.50', ' sek '], ['12.50', null], rejected, ['12.00', 'USD'], [null, 'USD']],
    },
  ],
  sentence: ({ currency, into, invalid }, columns) =>
    `Read money in ${listColumns(columns)}${currency === undefined ? '' : ` as ${currency}`}` +
    `${into === undefined ? '' : `, the currency into ${into}`}${INVALID_WORDS[invalid]}`,
  reads: ({ currencyColumn }) => (currencyColumn === undefined ? [] : [currencyColumn]),
  rewrite(builder, one, columns) {
    for (const name of columns) {
      const { amount, currency } = readMoney(builder, name, one);
      const valid = builder.bind(isPresent(amount));
      const known = call('choose', [valid, currency, text(null)]);
      const code = one.into === undefined ? null : builder.bind(known);
      assignConverted(builder, name, {
        valid,
        converted: call('decimalText', [amount], { fewest: one.scale }),
        invalid: one.invalid,
        reason: 'not an amount of money',
      });
      if (code && one.into !== undefined)
        builder.assign(columns.length === 1 ? one.into : `${name} ${one.into}`, code);
    }
  },
});
