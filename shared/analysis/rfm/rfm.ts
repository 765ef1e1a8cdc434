import { analysis, type InputRole } from '../analysis';
import { moves } from './moves';
import { rfmParameters } from './parameters';
import { RESULTS } from './results';
import { NO_PURCHASES, SEGMENTS } from './segments';
import { rfmStatements } from './statements';

const column = (id: string, title: string, help: string, names: string[], optional = false) => ({
  id,
  title,
  help,
  names,
  optional,
});

const INPUTS: readonly InputRole[] = [
  {
    id: 'customers',
    title: 'Customers',
    help: 'Who is placed in a segment.',
    optional: false,
    role: 'customers',
    columns: [
      column('id', 'Customer', 'Rows with the same one are one customer.', ['customer_id', 'customer', 'id']),
    ],
  },
  {
    id: 'transactions',
    title: 'Transactions',
    help: 'What customers bought.',
    optional: false,
    role: 'transactions',
    columns: [
      {
        ...column('customer', 'Customer', 'Must equal the customer’s own, character for character.', [
          'customer_id',
          'customer',
        ]),
        refersTo: { input: 'customers', column: 'id' },
      },
      column('time', 'Time', 'ISO date, or date and time; without a zone it is UTC.', [
        'time',
        'date',
        'timestamp',
        'transaction_date',
        'order_date',
      ]),
      column('amount', 'Amount', 'A decimal number with a point. Below zero it is a refund.', [
        'amount',
        'total',
        'value',
        'price',
      ]),
      column('status', 'Status', 'To count some transactions only.', ['status', 'state'], true),
      column('currency', 'Currency', 'To bring amounts to one currency.', ['currency'], true),
      column(
        'id',
        'Transaction',
        'To notice transactions that are there twice.',
        ['transaction_id', 'id'],
        true,
      ),
    ],
  },
  {
    id: 'merged',
    title: 'Merged customers',
    help: 'Under which customer those removed as duplicates go on, so that their purchases are not lost.',
    optional: true,
    role: null,
    columns: [
      column('from', 'Removed customer', 'The customer as transactions know it.', []),
      column('into', 'Kept customer', 'The customer that stayed.', []),
    ],
  },
];

const grid = SEGMENTS.map(
  ({ title, recency, value }) => `${title}: recency ${recency.join('–')}, value ${value.join('–')}`,
).join('; ');

/** Segments by recency, frequency and monetary value. */
export const rfm = analysis({
  id: 'rfm',
  version: 1,
  title: 'Recency, frequency, monetary value',
  summary: 'Places customers in segments by how lately, how often and for how much they buy.',
  documentation:
    'A purchase is a transaction over zero. Recency is the days since the last purchase, frequency the number of ' +
    'purchases, monetary value the sum of all amounts, refunds included, computed in exact decimals. Each is scored ' +
    'from 1 to 5: one plus five times the share of customers who do worse, rounded down. Customers alike have the ' +
    'same score, and the order of rows decides nothing. The value score is the mean of the frequency and the ' +
    `monetary score, a half rounded up. ${grid}. “${NO_PURCHASES}” holds customers without a purchase; they take no ` +
    'part in the scores. Each transaction that does not count is counted under the first reason that holds.',
  inputs: INPUTS,
  parameters: rfmParameters,
  form: [
    {
      name: 'referenceDate',
      label: 'As of',
      control: 'text',
      help: 'A day such as 2026-10-31; without it, the latest purchase.',
    },
    { name: 'statuses', label: 'Statuses that count', control: 'texts', help: 'One a line; none: all.' },
    {
      name: 'rates',
      label: 'Rates',
      control: 'texts',
      help: 'One currency and its worth a line, such as “USD 0.92”; none: amounts are added as they are.',
    },
  ],
  results: RESULTS,
  statements: rfmStatements,
  comparison: moves,
});
