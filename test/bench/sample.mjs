import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

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
