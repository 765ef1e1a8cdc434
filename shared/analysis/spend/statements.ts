import { duckdb } from '../../compile/sql/quote';
import type { Bindings, Statements } from '../analysis';
import { given, OUTCOMES, readTransactions, textOf } from '../purchases';
import { temporary } from '../run';
import type { SpendResult } from './results';
import type { SpendParameters } from './spend';

const money = (sum: string) => `CAST(round(${sum}, 2) AS DOUBLE)`;
const GROUPED = `coalesce(nullif("group", ''), '(none)')`;

function sumsOf(bindings: Bindings, read: string, target: string): string {
  const customers = given(bindings, 'customers');
  const id = textOf(customers, 'id');
  return `CREATE OR REPLACE TEMP TABLE ${target} AS
WITH known AS (
  SELECT ${id} AS customer, min(${textOf(customers, 'group')}) AS "group"
  FROM ${duckdb.identifier(customers.table)} WHERE ${id} <> '' GROUP BY 1
), sums AS (
  SELECT customer, count(*) AS transactions, sum(amount) AS amount
  FROM ${read} WHERE outcome = 'counted' GROUP BY customer
)
SELECT customer, ${GROUPED} AS "group", coalesce(transactions, 0) AS transactions, coalesce(amount, 0) AS amount
FROM known LEFT JOIN sums USING (customer)`;
}

/** The SQL of what groups spend; see `spend` for its meaning. */
export function spendStatements(
  bindings: Bindings,
  parameters: SpendParameters,
  name: string,
): Statements<SpendResult> {
  const [read, customers] = [temporary(name, 'spend read'), temporary(name, 'spend customers')];
  const lines = Object.entries(OUTCOMES).map(
    ([outcome, title], i) =>
      `SELECT ${i + 1} AS place, ${duckdb.text(title)} AS title, count(*) AS "rows" FROM ${read} ` +
      `WHERE outcome = ${duckdb.text(outcome)}`,
  );
  const all = `SELECT 0 AS place, 'Transactions read' AS title, count(*) AS "rows" FROM ${read}`;
  return {
    prepare: [readTransactions(bindings, parameters, read), sumsOf(bindings, read, customers)],
    results: {
      groups: `SELECT "group", count(*) AS customers, count(*) FILTER (transactions = 0) AS without,
  count(*) FILTER (transactions = 0) / count(*) AS share, CAST(sum(transactions) AS BIGINT) AS transactions,
  ${money('sum(amount)')} AS amount, ${money('sum(amount) / count(*)')} AS per_customer
FROM ${customers} GROUP BY 1 ORDER BY sum(amount) DESC, "group"`,
      without: `SELECT customer, "group" FROM ${customers} WHERE transactions = 0 ORDER BY customer`,
      quality: `SELECT title, "rows" FROM (${[all, ...lines].join(' UNION ALL ')}) ORDER BY place`,
    },
    dispose: [`DROP TABLE IF EXISTS ${customers}`, `DROP TABLE IF EXISTS ${read}`],
  };
}
