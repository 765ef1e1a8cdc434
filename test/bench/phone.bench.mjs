// Phone numbers a second: through the host's workers, on one thread, and from memory.
import { DuckDBInstance } from '@duckdb/node-api';
import { load } from './load.mjs';
import { record, versionOf } from './record.mjs';
import { customersFile } from './sample.mjs';

const CUSTOMERS = 1_000_000;
const SMALL = 20_000;
const OPTIONS = { format: 'e164', extension: 'drop' };

const { answerLookup, answerPhone } = await load('test/bench/host/phones.ts');
const [numbers, regions] = await distinctNumbers(customersFile(CUSTOMERS));
const lookup = { options: OPTIONS };
const ask = (count, from = 0) =>
  answerLookup(lookup, [numbers.slice(from, from + count), regions.slice(from, from + count)]);

// The workers are started, and their code is compiled, by a part that is not counted.
const begun = performance.now();
await ask(1);
const start = performance.now() - begun;
await ask(20_000, numbers.length - 20_000);

const rows = [];
await measure('two workers', numbers.length, async () => (await ask(numbers.length))[0]);
await measure('one thread, no workers', 100_000, async () =>
  numbers.slice(0, 100_000).map((number, i) => answerPhone(number, regions[i], OPTIONS).number),
);
await measure('two workers, a small lookup', SMALL, async () => (await ask(SMALL))[0]);
await measure('remembered from the lookup before', SMALL, async () => (await ask(SMALL))[0]);

record('bench', 'phone', {
  title: 'Phone numbers a second',
  conditions: {
    numbers: `${numbers.length} distinct pairs of number and region of ${CUSTOMERS} customers`,
    format: OPTIONS.format,
    'google-libphonenumber': versionOf('google-libphonenumber'),
    'first answer, with the start of a worker, ms': Math.round(start),
  },
  rows,
});
process.exit(0);

async function measure(way, count, work) {
  const cpu = process.cpuUsage();
  const since = performance.now();
  const answers = await work();
  const seconds = (performance.now() - since) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const valid = answers.filter((answer) => answer !== null).length;
  rows.push({
    way,
    numbers: count,
    valid,
    seconds: Number(seconds.toFixed(2)),
    'CPU seconds': Number(((user + system) / 1e6).toFixed(2)),
    'numbers a second': Math.round(count / seconds),
    'numbers a CPU second': Math.round((count * 1e6) / (user + system)),
  });
}

async function distinctNumbers(file) {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const found = await connection.runAndReadAll(
    `SELECT DISTINCT phone, coalesce(upper(trim(country)), 'US') FROM read_csv('${file}', all_varchar = true) WHERE phone IS NOT NULL ORDER BY hash(phone)`,
  );
  return found.getColumns();
}
