import { duckdb } from '../../compile/sql/quote';
import type { Comparison } from '../analysis';
import { SEGMENT_TITLES } from './segments';
import { rfmTables } from './statements';

/** Stands for the segment of a customer who is in one run only. */
export const ABSENT = 'Not there';

/** The segments of two runs side by side, and who moved between them. */
export const moves: Comparison<'segments' | 'moves' | 'totals'> = {
  title: 'Segments before and after',
  results: [
    {
      id: 'segments',
      title: 'Segments before and after',
      description: 'Customers and money of each segment in both runs.',
      columns: [
        { name: 'segment', title: 'Segment', type: 'text' },
        { name: 'before', title: 'Customers before', type: 'integer' },
        { name: 'after', title: 'Customers after', type: 'integer' },
        { name: 'difference', title: 'Difference', type: 'integer' },
        { name: 'monetary_before', title: 'Money before', type: 'number' },
        { name: 'monetary_after', title: 'Money after', type: 'number' },
      ],
      chart: { kind: 'bar', category: 'segment', value: 'before', compare: 'after' },
    },
    {
      id: 'moves',
      title: 'Moves',
      description: `Customers by their segment before and after, those who stayed included. “${ABSENT}” is a customer who was merged or removed, or who is new.`,
      columns: [
        { name: 'before', title: 'Before', type: 'text' },
        { name: 'after', title: 'After', type: 'text' },
        { name: 'customers', title: 'Customers', type: 'integer' },
        { name: 'moved', title: 'Moved', type: 'flag' },
      ],
      chart: { kind: 'flow', from: 'before', to: 'after', value: 'customers' },
    },
    {
      id: 'totals',
      title: 'In short',
      description: 'How many customers cleaning moved, and the money counted before and after.',
      columns: [
        { name: 'stayed', title: 'Customers in the same segment', type: 'integer' },
        { name: 'moved', title: 'Customers in another segment', type: 'integer' },
        { name: 'gone', title: 'Customers who are not there any more', type: 'integer' },
        { name: 'added', title: 'Customers who were not there before', type: 'integer' },
        { name: 'monetary_before', title: 'Money before', type: 'number' },
        { name: 'monetary_after', title: 'Money after', type: 'number' },
      ],
      chart: null,
    },
  ],
  statements(beforeRun, afterRun) {
    const before = rfmTables(beforeRun).customers;
    const after = rfmTables(afterRun).customers;
    const places = [...SEGMENT_TITLES, ABSENT]
      .map((title, index) => `(${index}, ${duckdb.text(title)})`)
      .join(', ');
    const absent = duckdb.text(ABSENT);
    const money = (of: string) => `CAST(round(coalesce(sum(${of}), 0), 2) AS DOUBLE)`;
    const both = `${before} AS b FULL JOIN ${after} AS a USING (customer)`;
    return {
      segments: `WITH places(place, segment) AS (VALUES ${places}),
b AS (SELECT segment, count(*) AS customers, sum(monetary) AS monetary FROM ${before} GROUP BY 1),
a AS (SELECT segment, count(*) AS customers, sum(monetary) AS monetary FROM ${after} GROUP BY 1)
SELECT segment, coalesce(b.customers, 0) AS before, coalesce(a.customers, 0) AS after,
  coalesce(a.customers, 0) - coalesce(b.customers, 0) AS difference,
  CAST(round(coalesce(b.monetary, 0), 2) AS DOUBLE) AS monetary_before,
  CAST(round(coalesce(a.monetary, 0), 2) AS DOUBLE) AS monetary_after
FROM places LEFT JOIN b USING (segment) LEFT JOIN a USING (segment)
WHERE segment <> ${absent} ORDER BY place`,
      moves: `WITH places(place, segment) AS (VALUES ${places}),
pairs AS (
  SELECT coalesce(b.segment, ${absent}) AS before, coalesce(a.segment, ${absent}) AS after, count(*) AS customers
  FROM ${both} GROUP BY 1, 2
)
SELECT before, after, customers, before <> after AS moved
FROM pairs JOIN places AS p ON p.segment = before JOIN places AS q ON q.segment = after ORDER BY p.place, q.place`,
      totals: `SELECT count(*) FILTER (a.segment = b.segment) AS stayed,
  count(*) FILTER (a.segment <> b.segment) AS moved, count(*) FILTER (a.segment IS NULL) AS gone,
  count(*) FILTER (b.segment IS NULL) AS added, ${money('b.monetary')} AS monetary_before,
  ${money('a.monetary')} AS monetary_after
FROM ${both}`,
    };
  },
};
