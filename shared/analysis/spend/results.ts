import type { ResultColumn, ResultDefinition } from '../analysis';

const text = (name: string, title: string): ResultColumn => ({ name, title, type: 'text' });
const integer = (name: string, title: string): ResultColumn => ({ name, title, type: 'integer' });
const number = (name: string, title: string): ResultColumn => ({ name, title, type: 'number' });

export type SpendResult = 'groups' | 'without' | 'quality';

export const RESULTS: readonly ResultDefinition<SpendResult>[] = [
  {
    id: 'groups',
    title: 'Groups',
    description: 'Customers and what they spend, by group; those who spend most come first.',
    columns: [
      text('group', 'Group'),
      integer('customers', 'Customers'),
      integer('without', 'Without a transaction'),
      { name: 'share', title: 'Share without', type: 'share' },
      integer('transactions', 'Transactions'),
      number('amount', 'Amount'),
      number('per_customer', 'Amount a customer'),
    ],
    chart: { kind: 'bar', category: 'group', value: 'amount' },
  },
  {
    id: 'without',
    title: 'Customers without a transaction',
    description: 'Each of them, in the order of customer.',
    columns: [text('customer', 'Customer'), text('group', 'Group')],
    chart: null,
  },
  {
    id: 'quality',
    title: 'What was counted',
    description: 'Every transaction by what became of it; the lines after the first add up to it.',
    columns: [text('title', 'What'), integer('rows', 'Rows')],
    chart: null,
  },
];
