import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { load } from '../load.mjs';
import { scratch } from '../sample.mjs';

/** Names of countries as they are compared, and their codes, in a CSV file for every rival. */
export async function countriesFile() {
  const { countryNames } = await load('test/bench/host/countries.ts');
  const file = path.join(scratch, 'countries.csv');
  const cell = (text) => `"${text.replaceAll('"', '""')}"`;
  const lines = [['key', 'alpha2'], ...countryNames()].map((row) => row.map(cell).join(','));
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}
