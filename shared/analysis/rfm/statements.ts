import { duckdb } from '../../compile/sql/quote';
import type { Bindings, Statements } from '../analysis';
import { given, listed, OUTCOMES, readTransactions, textOf } from '../purchases';
import { temporary } from '../run';
import type { RfmParameters } from './parameters';
import type { RfmResult } from './results';
import { NO_PURCHASES, SEGMENTS } from './segments';

/** Identifiers of a run's temporary tables, quoted. */
export const rfmTables = (name: string) => ({
  read: temporary(name, 'read'),
  customers: temporary(name, 'customers'),
});

/** One plus five times the share of customers who do worse, rounded down. */
const score = (value: string) => `1 + (rank() OVER (ORDER BY ${value}) - 1) * 5 // count(*) OVER ()`;

function scoreCustomers(bindings: Bindings, { referenceDate }: RfmParameters, name: string): string {
  const customers = given(bindings, 'customers');
  const { read, customers: target } = rfmTables(name);
  const reference =
    referenceDate === undefined
      ? `SELECT max(day) AS day FROM ${read} WHERE outcome = 'counted' AND amount > 0`
      : `SELECT DATE ${duckdb.text(referenceDate)} AS day`;
  const named = SEGMENTS.map(
    ({ title, recency, value }) =>
      `WHEN r BETWEEN ${recency.join(' AND ')} AND value BETWEEN ${value.join(' AND ')} THEN ${duckdb.text(title)}`,
  ).join('\n    ');
  return `CREATE OR REPLACE TEMP TABLE ${target} AS
WITH known AS (
  SELECT ${textOf(customers, 'id')} AS customer FROM ${duckdb.identifier(customers.table)}
  WHERE ${textOf(customers, 'id')} <> '' GROUP BY 1
), reference AS (
  ${reference}
), sums AS (
  SELECT customer, max(day) FILTER (amount > 0) AS last_purchase, count(*) FILTER (amount > 0) AS frequency,
    sum(amount) AS monetary
  FROM ${read} WHERE outcome = 'counted' GROUP BY customer
), scored AS (
  SELECT customer, ${score('last_purchase')} AS r, ${score('frequency')} AS f, ${score('monetary')} AS m
  FROM sums WHERE frequency > 0
), valued AS (
  SELECT *, (f + m + 1) // 2 AS value FROM scored
)
SELECT known.customer, last_purchase, date_diff('day', last_purchase, reference.day) AS recency_days,
  coalesce(frequency, 0) AS frequency, coalesce(monetary, 0) AS monetary, r, f, m, value, CASE
    WHEN r IS NULL THEN ${duckdb.text(NO_PURCHASES)}
    ${named} END AS segment
FROM known CROSS JOIN reference LEFT JOIN sums USING (customer) LEFT JOIN valued USING (customer)`;
}

const money = (sum: string) => `CAST(round(${sum}, 2) AS DOUBLE)`;

function results(bindings: Bindings, name: string): Record<RfmResult, string> {
  const { customers } = rfmTables(name);
  const order = [
    ...SEGMENTS.map(({ title, meaning }) => [title, meaning] as const),
    [NO_PURCHASES, 'Nothing that counts.'] as const,
  ];
  const segments = order
    .map(([title, meaning], index) => `(${index}, ${duckdb.text(title)}, ${duckdb.text(meaning)})`)
    .join(', ');
  return {
    segments: `SELECT segment, count(c.customer) AS customers,
  count(c.customer) / greatest(sum(count(c.customer)) OVER (), 1) AS share,
  CAST(coalesce(sum(c.frequency), 0) AS BIGINT) AS purchases, ${money('coalesce(sum(c.monetary), 0)')} AS monetary,
  quantile_disc(c.recency_days, 0.5) AS median_recency_days, meaning
FROM (VALUES ${segments}) AS s(place, segment, meaning) LEFT JOIN ${customers} AS c USING (segment)
GROUP BY place, segment, meaning ORDER BY place`,
    grid: `SELECT x.score AS recency, y.score AS value, count(c.customer) AS customers
FROM (VALUES (1), (2), (3), (4), (5)) AS x(score) CROSS JOIN (VALUES (1), (2), (3), (4), (5)) AS y(score)
LEFT JOIN ${customers} AS c ON c.r = x.score AND c.value = y.score
GROUP BY 1, 2 ORDER BY 1, 2`,
    customers: `SELECT customer, CAST(last_purchase AS VARCHAR) AS last_purchase, recency_days, frequency,
  ${money('monetary')} AS monetary, r, f, m, value, segment
FROM ${customers} ORDER BY customer`,
    quality: quality(bindings, name),
  };
}

function quality(bindings: Bindings, name: string): string {
  const { read, customers } = rfmTables(name);
  const table = given(bindings, 'customers');
  const id = textOf(table, 'id');
  const source = duckdb.identifier(table.table);
  const line = (place: number, of: string, measure: string, title: string, part: boolean, rows: string) =>
    `SELECT ${place} AS place, ${listed([of, measure, title])}, ${part}, (${rows})`;
  const outcomes = Object.entries(OUTCOMES).map(([outcome, title], index) =>
    line(
      1 + index,
      'transactions',
      outcome,
      title,
      true,
      `SELECT count(*) FROM ${read} WHERE outcome = ${duckdb.text(outcome)}`,
    ),
  );
  const within = (condition: string) =>
    `SELECT count(*) FROM ${read} WHERE outcome = 'counted' AND ${condition}`;
  const lines = [
    line(0, 'transactions', 'read', 'Transactions read', false, `SELECT count(*) FROM ${read}`),
    ...outcomes,
    line(20, 'transactions', 'refunds', 'Of those that count: refunds', false, within('amount <= 0')),
    line(21, 'transactions', 'moved', 'Of those that count: of merged customers', false, within('moved')),
    line(
      22,
      'transactions',
      'repeated',
      'Of those that count: with the id of another one that counts',
      false,
      `SELECT count(id) - count(DISTINCT id) FROM ${read} WHERE outcome = 'counted'`,
    ),
    line(
      23,
      'transactions',
      'currencies',
      'Different currencies among those that count',
      false,
      `SELECT count(DISTINCT currency) FROM ${read} WHERE outcome = 'counted'`,
    ),
    line(30, 'customers', 'read', 'Customer rows read', false, `SELECT count(*) FROM ${source}`),
    line(
      31,
      'customers',
      'no-id',
      'Rows without a customer',
      true,
      `SELECT count(*) FROM ${source} WHERE ${id} IS NULL OR ${id} = ''`,
    ),
    line(
      32,
      'customers',
      'repeated',
      'Further rows of a customer who is there already',
      true,
      `SELECT count(*) - count(DISTINCT ${id}) FROM ${source} WHERE ${id} <> ''`,
    ),
    line(
      33,
      'customers',
      'bought',
      'Customers with a purchase',
      true,
      `SELECT count(*) FROM ${customers} WHERE frequency > 0`,
    ),
    line(
      34,
      'customers',
      'no-purchases',
      'Customers without a purchase',
      true,
      `SELECT count(*) FROM ${customers} WHERE frequency = 0`,
    ),
  ];
  return `SELECT * EXCLUDE (place) FROM (
${lines.join('\nUNION ALL ')}
) AS counts(place, "table", measure, title, part, "rows") ORDER BY place`;
}

/** The SQL of the segments; see `rfm` for their meaning. */
export function rfmStatements(
  bindings: Bindings,
  parameters: RfmParameters,
  name: string,
): Statements<RfmResult> {
  const { read, customers } = rfmTables(name);
  return {
    prepare: [readTransactions(bindings, parameters, read), scoreCustomers(bindings, parameters, name)],
    results: results(bindings, name),
    dispose: [`DROP TABLE IF EXISTS ${customers}`, `DROP TABLE IF EXISTS ${read}`],
  };
}
