import { duckdb } from '../compile/sql/quote';
import type { Bindings, TableBinding } from './analysis';
import { readDay, readDecimal } from './reading';

/** Why a transaction does not count: the first that holds. The last entry is those that count. */
export const OUTCOMES = {
  'no-customer': 'Transactions without a customer',
  'unknown-customer': 'Transactions of a customer who is not there',
  'other-status': 'Transactions whose status does not count',
  'unreadable-amount': 'Amounts that cannot be read',
  'unreadable-time': 'Times that cannot be read',
  'no-rate': 'Transactions in a currency without a rate',
  later: 'Transactions after the day of reference',
  counted: 'Transactions that count',
} as const;

/** The table that plays an input; it must be bound. */
export function given(bindings: Bindings, id: string): TableBinding {
  const binding = bindings[id];
  if (!binding) throw new RangeError(`No table is bound to ${id}.`);
  return binding;
}

/** SQL of the text of a column role; NULL where no column plays it. */
export function textOf({ columns }: TableBinding, role: string): string {
  const name = columns[role];
  return name === undefined ? 'CAST(NULL AS VARCHAR)' : `CAST(${duckdb.identifier(name)} AS VARCHAR)`;
}

/** Texts as a list of SQL literals. */
export const listed = (values: readonly string[]) => values.map((value) => duckdb.text(value)).join(', ');

export type Counting = {
  /** Statuses that count; none: all. */
  readonly statuses: readonly string[];
  /** `USD 0.92`: what one unit of a currency is worth; none: amounts are added as they are. */
  readonly rates: readonly string[];
  readonly referenceDate?: string | undefined;
};

/**
 * Makes a temporary table of the transactions: `customer` (the kept one, of those merged), `moved`, `id`, `currency`,
 * `day`, `amount`, and `outcome`. A day is needed only where a column plays `time`.
 * @param target quoted name of the table
 */
export function readTransactions(bindings: Bindings, parameters: Counting, target: string): string {
  const transactions = given(bindings, 'transactions');
  const customers = given(bindings, 'customers');
  const { merged } = bindings;
  const { statuses, rates, referenceDate } = parameters;
  const moved = merged
    ? `SELECT ${textOf(merged, 'from')} AS customer, min(${textOf(merged, 'into')}) AS kept ` +
      `FROM ${duckdb.identifier(merged.table)} GROUP BY 1`
    : 'SELECT NULL::VARCHAR AS customer, NULL::VARCHAR AS kept WHERE FALSE';
  const converts = rates.length > 0 && transactions.columns.currency !== undefined;
  const rate = converts
    ? `CASE currency ${rates
        .map((one) => {
          const [code = '', worth = ''] = one.split(' ');
          return `WHEN ${duckdb.text(code)} THEN CAST(${duckdb.text(worth)} AS DECIMAL(12, 6))`;
        })
        .join(' ')} END`
    : 'CAST(1 AS DECIMAL(12, 6))';
  const otherStatus =
    statuses.length > 0 && transactions.columns.status !== undefined
      ? `status IS NULL OR status NOT IN (${listed(statuses)})`
      : 'FALSE';
  const noDay = transactions.columns.time === undefined ? 'FALSE' : 'day IS NULL';
  const later = referenceDate === undefined ? 'FALSE' : `day > DATE ${duckdb.text(referenceDate)}`;
  return `CREATE OR REPLACE TEMP TABLE ${target} AS
WITH known AS (
  SELECT DISTINCT ${textOf(customers, 'id')} AS customer FROM ${duckdb.identifier(customers.table)}
), moved AS (
  ${moved}
), texts AS (
  SELECT ${textOf(transactions, 'customer')} AS customer, ${textOf(transactions, 'time')} AS time,
    ${textOf(transactions, 'amount')} AS amount, ${textOf(transactions, 'status')} AS status,
    ${textOf(transactions, 'currency')} AS currency, ${textOf(transactions, 'id')} AS id
  FROM ${duckdb.identifier(transactions.table)}
), typed AS (
  SELECT coalesce(moved.kept, texts.customer) AS customer, moved.kept IS NOT NULL AS moved, id, status, currency,
    ${readDay('time')} AS day, ${readDecimal('amount')} AS amount, ${rate} AS rate
  FROM texts LEFT JOIN moved ON moved.customer = texts.customer
)
SELECT typed.customer, moved, id, currency, day, amount * rate AS amount, CASE
    WHEN typed.customer IS NULL OR typed.customer = '' THEN 'no-customer'
    WHEN known.customer IS NULL THEN 'unknown-customer'
    WHEN ${otherStatus} THEN 'other-status'
    WHEN amount IS NULL THEN 'unreadable-amount'
    WHEN ${noDay} THEN 'unreadable-time'
    WHEN rate IS NULL THEN 'no-rate'
    WHEN ${later} THEN 'later'
    ELSE 'counted' END AS outcome
FROM typed LEFT JOIN known ON known.customer = typed.customer`;
}
