import { z } from 'zod';
import { analysis, type ColumnRole, type InputRole } from '../analysis';
import { rfmParameters } from '../rfm/parameters';
import { RESULTS } from './results';
import { spendStatements } from './statements';

const column = (id: string, title: string, help: string, names: string[], optional = false): ColumnRole => ({
  ...{ id, title, help, names, optional },
});

const INPUTS: readonly InputRole[] = [
  {
    id: 'customers',
    title: 'Customers',
    help: 'Who may have bought something.',
    optional: false,
    role: 'customers',
    columns: [
      column('id', 'Customer', 'Rows with the same one are one customer.', ['customer_id', 'customer', 'id']),
      column(
        'group',
        'Group',
        'What customers are grouped by, such as their segment.',
        ['segment', 'group', 'category', 'country'],
        true,
      ),
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
      column('amount', 'Amount', 'A decimal number with a point. Below zero it is a refund.', [
        'amount',
        'total',
        'value',
        'price',
      ]),
      column('status', 'Status', 'To count some transactions only.', ['status', 'state'], true),
      column('currency', 'Currency', 'To bring amounts to one currency.', ['currency'], true),
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

const parameters = z.strictObject({
  statuses: rfmParameters.shape.statuses,
  rates: rfmParameters.shape.rates,
});
export type SpendParameters = z.output<typeof parameters>;

/** What groups of customers spend, and who has no transaction. */
export const spend = analysis({
  id: 'spend',
  version: 1,
  title: 'Spend by group',
  summary:
    'Joins transactions to customers: what each group spends, and which customers have no transaction.',
  documentation:
    'A transaction belongs to the customer whose key it has, or to the one who was kept where that customer was ' +
    'merged. Amounts are added in exact decimals, refunds included. A customer without a transaction that counts is ' +
    'among those without. Transactions that count for no customer are counted by the first reason that holds.',
  inputs: INPUTS,
  parameters,
  form: [
    { name: 'statuses', label: 'Statuses that count', control: 'texts', help: 'One a line; none: all.' },
    {
      name: 'rates',
      label: 'Rates',
      control: 'texts',
      help: 'One currency and its worth a line, such as “USD 0.92”; none: amounts are added as they are.',
    },
  ],
  results: RESULTS,
  statements: spendStatements,
  comparison: null,
});
