import type { ResultColumn, ResultDefinition } from '../analysis';

const text = (name: string, title: string): ResultColumn => ({ name, title, type: 'text' });
const integer = (name: string, title: string): ResultColumn => ({ name, title, type: 'integer' });
const number = (name: string, title: string): ResultColumn => ({ name, title, type: 'number' });

export type RfmResult = 'segments' | 'grid' | 'customers' | 'quality';

export const RESULTS: readonly ResultDefinition<RfmResult>[] = [
  {
    id: 'segments',
    title: 'Segments',
    description: 'Customers, purchases and money of each segment, best first; empty segments are shown too.',
    columns: [
      text('segment', 'Segment'),
      integer('customers', 'Customers'),
      { name: 'share', title: 'Share of customers', type: 'share' },
      integer('purchases', 'Purchases'),
      number('monetary', 'Money'),
      integer('median_recency_days', 'Median days since the last purchase'),
      text('meaning', 'Meaning'),
    ],
    chart: { kind: 'bar', category: 'segment', value: 'customers' },
  },
  {
    id: 'grid',
    title: 'Scores',
    description: 'Customers by their recency score and their value score.',
    columns: [
      integer('recency', 'Recency score'),
      integer('value', 'Value score'),
      integer('customers', 'Customers'),
    ],
    chart: { kind: 'heatmap', x: 'value', y: 'recency', value: 'customers' },
  },
  {
    id: 'customers',
    title: 'Customers',
    description: 'Each customer with scores and segment, in the order of customer.',
    columns: [
      text('customer', 'Customer'),
      { name: 'last_purchase', title: 'Last purchase', type: 'date' },
      integer('recency_days', 'Days since'),
      integer('frequency', 'Purchases'),
      number('monetary', 'Money'),
      integer('r', 'Recency score'),
      integer('f', 'Frequency score'),
      integer('m', 'Monetary score'),
      integer('value', 'Value score'),
      text('segment', 'Segment'),
    ],
    chart: null,
  },
  {
    id: 'quality',
    title: 'What was counted',
    description: 'Every row read, by what became of it. The parts of a table add up to the rows read.',
    columns: [
      text('table', 'Table'),
      text('measure', 'Measure'),
      text('title', 'What it is'),
      { name: 'part', title: 'Adds up', type: 'flag' },
      integer('rows', 'Rows'),
    ],
    chart: null,
  },
];
