import { execFileSync } from 'node:child_process';
import { existsSync, renameSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

export const root = path.resolve(import.meta.dirname, '../..');
export const scratch = path.join(root, '.cache', 'bench');

/**
 * The sample shop's customers in a file, generated once with seed 42.
 * @param {number} rows
 * @returns {string} the CSV file
 */
export function customersFile(rows) {
  const folder = path.join(scratch, `sample-${rows}`);
  const file = path.join(folder, 'customers.csv');
  if (existsSync(file)) return file;
  console.log(`generating ${rows.toLocaleString('en')} customers …`);
  const tables = ['--customers', String(rows), '--transactions', '0', '--events', '0'];
  const script = path.join(root, 'build', 'sample.mjs');
  execFileSync(process.execPath, [script, '--out', folder, '--counts-only', ...tables], { stdio: 'ignore' });
  return file;
}

/** Text columns as they are read here: a quoted empty cell is empty text, one without quotes is null. */
export const readCsv = (file, columns) =>
  `read_csv('${file}', auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', nullstr = '', ` +
  `allow_quoted_nulls = false, columns = {${columns.map((name) => `'${name}': 'VARCHAR'`).join(', ')}})`;

const CUSTOMER =
  'customer_id,full name,e-mail,phone,country,city,postal code,birth date,signup date,segment,newsletter,notes';
export const SPENDER_COLUMNS = CUSTOMER.replace('phone', 'spent').split(',');

/**
 * The same customers with what they have spent, in many spellings, in place of their phone numbers.
 * @param {number} rows
 * @returns {Promise<string>} the CSV file
 */
export async function spendersFile(rows) {
  const file = path.join(scratch, `sample-${rows}`, 'spenders.csv');
  if (existsSync(file)) return file;
  const customers = customersFile(rows);
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  // Drawn from the row's number, so that the file is the same each time.
  await connection.run(`
    COPY (
      SELECT * EXCLUDE (n, cents) REPLACE (
        CASE
          WHEN n % 50 = 0 THEN NULL
          WHEN n % 50 = 1 THEN 'n/a'
          WHEN n % 50 = 2 THEN 'about ' || cents // 100
          WHEN n % 50 IN (3, 4, 5) THEN '(' || format('{:,}', cents // 100) || '.00)'
          WHEN n % 50 < 15 THEN '$' || format('{:,}', cents // 100) || '.' || lpad((cents % 100)::VARCHAR, 2, '0')
          WHEN n % 50 < 18 THEN 'USD ' || cents // 100
          WHEN n % 50 = 18 THEN chr(8364) || ' ' || cents // 100
          ELSE cents // 100 || '.' || lpad((cents % 100)::VARCHAR, 2, '0')
        END AS spent)
      FROM (
        SELECT * RENAME (phone AS spent), CAST(substring(customer_id, 2) AS BIGINT) * 7919 % 104729 AS n,
          CAST(substring(customer_id, 2) AS BIGINT) * 6700417 % 900001 AS cents
        FROM ${readCsv(customers, CUSTOMER.split(','))}))
    TO '${file}.part' (HEADER, NULLSTR '')`);
  renameSync(`${file}.part`, file);
  return file;
}

const LAST_DIGITS = '([0-9])([^0-9]*)([0-9])([^0-9]*)([0-9])([^0-9]*)([0-9])([^0-9]*)$';

/**
 * The same customers with 800,000 different pairs of phone number and country, in the spellings of the sample.
 * @returns {Promise<string>} the CSV file
 */
export async function phonesFile() {
  const folder = path.join(scratch, 'sample-1000000');
  const file = path.join(folder, 'phones.csv');
  if (existsSync(file)) return file;
  const customers = customersFile(1_000_000);
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const digit = (power) => `(n // ${power}) % 10`;
  await connection.run(`
    COPY (
      SELECT * EXCLUDE (n) REPLACE (
        CASE WHEN n % 100 < 28 THEN phone ELSE regexp_replace(phone, '${LAST_DIGITS}',
          ${digit(1)} || '\\2' || ${digit(10)} || '\\4' || ${digit(100)} || '\\6' || ${digit(1000)} || '\\8') END AS phone)
      FROM (
        SELECT *, CAST(substring(customer_id, 2) AS BIGINT) * 7919 % 104729 AS n
        FROM ${readCsv(customers, CUSTOMER.split(','))}))
    TO '${file}.part' (HEADER, NULLSTR '')`);
  renameSync(`${file}.part`, file);
  return file;
}
