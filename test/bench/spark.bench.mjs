// The twenty steps as a Spark job, local[2]: our job.py with the compiled plan against a hand-written PySpark job of the
// same meaning and outputs. Whole processes through spark-submit, in turns.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ensureSpark } from '../../build/setup/spark.mjs';
import { contest, figuresOf, round2, rowsUnlike } from './contest.mjs';
import { load } from './load.mjs';
import { record } from './record.mjs';
import { SPENDER_COLUMNS, scratch, spendersFile } from './sample.mjs';
import { countriesFile } from './steps/countries.mjs';
import { outcomeOf } from './steps/outcome.mjs';
import { twentySteps } from './steps/rules.mjs';

const ROWS = Number(process.env.BENCH_ROWS ?? 1_000_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);

await ensureSpark({ log: console.log });
const input = await spendersFile(ROWS);
const countries = await countriesFile();
const host = await load('test/bench/host/spark.ts');
const spark = host.findSpark();
const temporary = path.join(scratch, 'spark-files');
mkdirSync(temporary, { recursive: true });
const env = host.sparkEnvironment(spark, temporary);
const submit = [
  path.join(spark.sparkHome, 'bin', 'spark-submit'),
  ...Object.entries(host.LOCAL_SPARK).flatMap(([key, value]) => ['--conf', `${key}=${value}`]),
];

const dialect = host.csvDialectSchema.parse({ format: 'csv', lineBreaks: false });
const plan = host.compileSpark(host.compilePlan(twentySteps, SPENDER_COLUMNS), dialect);
const planFile = path.join(scratch, 'twenty-steps.plan.json');
writeFileSync(planFile, host.canonicalJson(plan));

const ours = (folder) => [
  ...submit,
  path.join(host.jobFolder(), 'job.py'),
  ...['--plan', `file://${planFile}`, '--approved-hash', host.hashOf(plan), '--run-id', 'bench'],
  ...['--report', `file://${folder}/report.json`],
  ...['--root', `file://${folder}`, '--input', `file://${input}`],
  ...['--output', `file://${folder}/output`, '--quarantine', `file://${folder}/rejects`],
  ...['--input-format', 'csv', '--output-format', 'parquet'],
];
const byHand = (folder) => [
  ...submit,
  path.join(import.meta.dirname, 'steps', 'with_pyspark.py'),
  input,
  folder,
  countries,
];

const contenders = await contest('spark', ROUNDS, [
  { name: 'DataHarmonize', command: ours, env },
  { name: 'PySpark by hand', command: byHand, env },
]);
const [mine, theirs] = contenders;
const rows = (folder, name, columns) => {
  const parts = path.join(folder, name, '*.parquet');
  if (!existsSync(path.join(folder, name)) || readdirSync(path.join(folder, name)).length === 0)
    throw new Error(`There is nothing in ${name}.`);
  return `(SELECT ${columns.map((one) => `"${one}"`).join(', ')} FROM '${parts}')`;
};
const KEPT = [...SPENDER_COLUMNS, 'given name', 'family name', 'place'];
const LEFT = [...SPENDER_COLUMNS, '_fate', '_step', '_column', '_reason'];
const unlike = await rowsUnlike(rows(mine.folder, 'output', KEPT), rows(theirs.folder, 'output', KEPT));
const rejectsUnlike = await rowsUnlike(
  rows(mine.folder, 'rejects', LEFT),
  rows(theirs.folder, 'rejects', LEFT),
);
const alike = outcomeOf(theirs.folder) === outcomeOf(mine.folder);
if (unlike > 0 || rejectsUnlike > 0 || !alike) {
  console.error(outcomeOf(mine.folder), outcomeOf(theirs.folder));
  throw new Error(`The job by hand does not mean the same: ${unlike} rows, ${rejectsUnlike} rejects.`);
}
const report = JSON.parse(readFileSync(path.join(mine.folder, 'report.json'), 'utf8'));
const taken = contenders.map((one) => ({
  job: one.name,
  ...figuresOf(one),
  'rows unlike ours': unlike + rejectsUnlike,
}));
record('bench', 'spark', {
  title: `Twenty steps on Spark: ${ROWS.toLocaleString('en')} rows × 12 columns, CSV to Parquet`,
  conditions: {
    rows: ROWS,
    rounds: `${ROUNDS} in turns`,
    spark: `${report.engine.version}, Java ${report.engine.java}, local[2], 2 GB of memory, 4 partitions of shuffles`,
  },
  rows: taken,
  findings: {
    'against the job by hand, median elapsed': round2(
      taken[0]['seconds, median'] / taken[1]['seconds, median'],
    ),
    'against the job by hand, best elapsed': round2(taken[0]['seconds, best'] / taken[1]['seconds, best']),
    'against the job by hand, CPU': round2(taken[0]['CPU seconds, median'] / taken[1]['CPU seconds, median']),
    target: 'at most 1.15 times the job by hand',
  },
  notes: [
    'Whole processes with the start of Java. Both write kept rows and quarantine as Parquet and count the cells that each step changed in one pass over persisted rows. Ours also reads lines itself, so that what cannot be read goes to quarantine with its place, claims its run, counts again what it wrote and shows its folders only then.',
    'The job by hand is written by someone who knows this file; where it holds what the job does not handle, the job fails. CPU seconds are those of Java and Python together; the peak is that of the larger.',
  ],
});
