// Phone numbers a second: through the host's workers, on one thread, from memory, and on Spark; and what 800,000
// different numbers add to a full local run of 1,000,000 rows.
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { ensureSpark } from '../../build/setup/spark.mjs';
import { contest, figuresOf, round2 } from './contest.mjs';
import { load } from './load.mjs';
import { record, versionOf } from './record.mjs';
import { foundingRules } from './run/rules.mjs';
import { phonesFile, root, scratch } from './sample.mjs';

const SMALL = 20_000;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const OPTIONS = { format: 'e164', extension: 'drop' };

await ensureSpark({ log: console.log });
const input = await phonesFile();
const { answerLookup, answerPhone, askLibrary } = await load('test/bench/host/phones.ts');
const distinct = path.join(scratch, 'numbers.parquet');
const [numbers, regions] = await distinctNumbers();
const lookup = { lookup: 'phone', options: OPTIONS };
const ask = (count, from = 0) =>
  answerLookup(lookup, [numbers.slice(from, from + count), regions.slice(from, from + count)]);

// The workers are started, and their code is compiled, by a part that is not counted.
const begun = performance.now();
await ask(1);
const start = performance.now() - begun;
await ask(20_000, numbers.length - 20_000);

const rows = [];
const oneByOne = (answer) => async () =>
  numbers.slice(0, 100_000).map((number, i) => answer(number, regions[i], OPTIONS).number);
await measure('two workers', numbers.length, async () => (await ask(numbers.length))[0]);
await measure('one thread, no workers', 100_000, oneByOne(answerPhone));
await measure('one thread, the library alone', 100_000, oneByOne(askLibrary));
await measure('two workers, a small lookup', SMALL, async () => (await ask(SMALL))[0]);
await measure('remembered from the lookup before', SMALL, async () => (await ask(SMALL))[0]);
const spark = await onSpark();
if (spark.valid !== rows[0].valid)
  throw new Error(`${spark.valid} numbers are valid on Spark, ${rows[0].valid} here.`);
rows.push({
  way: 'Spark, local[2]: the job’s lookup',
  numbers: spark.numbers,
  valid: spark.valid,
  seconds: round2(spark.seconds),
  'CPU seconds': null,
  'numbers a second': Math.round(spark.numbers / spark.seconds),
  'numbers a CPU second': null,
});

const run = (phones) => (folder) => {
  const rules = path.join(folder, 'rules.json');
  writeFileSync(rules, JSON.stringify(foundingRules({ phones })));
  const files = { output: 'output.parquet', rejects: 'rejects.csv', report: 'report.json' };
  const options = Object.entries(files).flatMap(([name, file]) => [`--${name}`, path.join(folder, file)]);
  return [process.execPath, path.join(root, 'out/cli/main.js'), 'run', rules, '--input', input, ...options];
};
const [without, withPhones] = (
  await contest('phone-runs', ROUNDS, [
    { name: 'without phones', command: run(false) },
    { name: 'with phones', command: run(true) },
  ])
).map(figuresOf);
const added = (column) => round2(withPhones[column] - without[column]);

record('bench', 'phone', {
  title: 'Phone numbers a second',
  conditions: {
    numbers: `${numbers.length} distinct pairs of number and region in 1000000 rows`,
    format: OPTIONS.format,
    'google-libphonenumber': versionOf('google-libphonenumber'),
    spark: spark.spark,
    'first answer, with the start of a worker, ms': Math.round(start),
  },
  rows,
  findings: {
    'full local run of 1,000,000 rows without phones, seconds, median': without['seconds, median'],
    'the same with phones, seconds, median': withPhones['seconds, median'],
    'seconds added, median': added('seconds, median'),
    'seconds added, best': added('seconds, best'),
    'CPU seconds added, median': added('CPU seconds, median'),
    'peak MB with phones': withPhones['peak MB'],
    target: 'below the 8 to 11 seconds that two worker threads of the library alone take',
  },
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

/** The different numbers with their regions, in an order without meaning; in a file for Spark, too. */
/** Digits of other scripts are ASCII before a step asks for a number: such numbers are left out. */
async function distinctNumbers() {
  mkdirSync(scratch, { recursive: true });
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(
    `COPY (SELECT DISTINCT phone AS number, coalesce(upper(trim(country)), 'US') AS region
      FROM read_csv('${input}', all_varchar = true)
      WHERE strlen(phone) = length(phone) ORDER BY hash(phone)) TO '${distinct}'`,
  );
  return (await connection.runAndReadAll(`FROM '${distinct}'`)).getColumns();
}

async function onSpark() {
  const host = await load('test/bench/host/spark.ts');
  const found = host.findSpark();
  const temporary = path.join(scratch, 'spark-files');
  mkdirSync(temporary, { recursive: true });
  const settings = Object.entries(host.LOCAL_SPARK).flatMap(([key, value]) => ['--conf', `${key}=${value}`]);
  const script = path.join(import.meta.dirname, 'phones', 'on_spark.py');
  const { stdout } = await promisify(execFile)(
    path.join(found.sparkHome, 'bin', 'spark-submit'),
    [...settings, script, `file://${distinct}`],
    { env: { ...process.env, ...host.sparkEnvironment(found, temporary) }, maxBuffer: 2 ** 26 },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1));
}
