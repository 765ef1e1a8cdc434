// A full local run of the founding rules over 1,000,000 customers, CSV to Parquet, rejects and counts, against the
// same work by hand-written DuckDB SQL, pandas and Polars. Whole processes, in turns, so that all meet the same load.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { DuckDBInstance, version as duckdbVersion } from '@duckdb/node-api';
import { ensureBenchPython } from '../../build/setup/bench-python.mjs';
import { record, versionOf } from './record.mjs';
import { foundingRules } from './run/rules.mjs';
import { customersFile, root, scratch } from './sample.mjs';

const ROWS = Number(process.env.BENCH_ROWS ?? 1_000_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);

const execute = promisify(execFile);
const python = await ensureBenchPython({ log: console.log });
const input = customersFile(ROWS);
const work = path.join(scratch, 'run');
rmSync(work, { recursive: true, force: true });

const inBench = (name) => path.join(import.meta.dirname, 'run', name);
const ours = (phones) => (folder) => {
  const rules = path.join(folder, 'rules.json');
  writeFileSync(rules, JSON.stringify(foundingRules({ phones })));
  const files = { output: 'output.parquet', rejects: 'rejects.csv', report: 'report.json' };
  const options = Object.entries(files).flatMap(([name, file]) => [`--${name}`, path.join(folder, file)]);
  return [process.execPath, path.join(root, 'out/cli/main.js'), 'run', rules, '--input', input, ...options];
};
const rival =
  (command, script, ...rest) =>
  (folder) => [command, inBench(script), input, folder, ...rest];

const contenders = [
  { name: 'DataHarmonize', phones: false, command: ours(false) },
  { name: 'DuckDB, hand-written SQL', phones: false, command: rival(process.execPath, 'handwritten.mjs') },
  { name: 'Polars', phones: false, command: rival(python, 'with_polars.py') },
  { name: 'pandas', phones: false, command: rival(python, 'with_pandas.py') },
  { name: 'DataHarmonize', phones: true, command: ours(true) },
  { name: 'Polars', phones: true, command: rival(python, 'with_polars.py', 'phones') },
  { name: 'pandas', phones: true, command: rival(python, 'with_pandas.py', 'phones') },
].map((one, i) => ({ ...one, folder: path.join(work, String(i)), taken: [] }));

for (const { folder } of contenders) mkdirSync(folder, { recursive: true });
for (let round = 0; round < ROUNDS; round++) {
  for (const { name, phones, command, folder, taken } of contenders) {
    // Two rounds tell enough of what takes ten times as long.
    if (phones && round >= 2) continue;
    const { stdout, stderr } = await execute('python3', [inBench('../measure.py'), ...command(folder)]);
    const { exit, ...figures } = JSON.parse(stdout);
    if (exit !== 0) throw new Error(`${name} ended with ${exit}: ${stderr.slice(-2000)}`);
    taken.push(figures);
    console.log(`${round + 1} ${name}${phones ? ' with phones' : ''}: ${figures.elapsed.toFixed(1)} s`);
  }
}
const compared = await compare();
const rows = contenders.map(({ name, phones, taken }, i) => ({
  program: name,
  rules: phones ? 'trim, lower-case, phone' : 'trim, lower-case',
  'seconds, median': median(taken.map(({ elapsed }) => elapsed)),
  'seconds, best': round2(Math.min(...taken.map(({ elapsed }) => elapsed))),
  'CPU seconds, median': median(taken.map(({ user, system }) => user + system)),
  'peak MB': Math.round(Math.max(...taken.map(({ peak }) => peak))),
  'rows unlike ours': compared[i],
}));
const ratio = (column, i, j) => round2(rows[i][column] / rows[j][column]);
record('bench', 'run', {
  title: `Full local run: ${ROWS.toLocaleString('en')} customers, CSV to Parquet`,
  conditions: {
    rows: ROWS,
    rounds: `${ROUNDS} in turns, at most 2 with phones`,
    duckdb: duckdbVersion(),
    ...(await pythonVersions()),
    libphonenumber: `google-libphonenumber ${versionOf('google-libphonenumber')}, phonenumbers 9.0.40 (same metadata)`,
  },
  rows,
  findings: {
    'without phones, against hand-written SQL, CPU': ratio('CPU seconds, median', 0, 1),
    'without phones, against hand-written SQL, median elapsed': ratio('seconds, median', 0, 1),
    'without phones, against hand-written SQL, best elapsed': ratio('seconds, best', 0, 1),
    'without phones, against Polars, CPU': ratio('CPU seconds, median', 0, 2),
    'without phones, against pandas, CPU': ratio('CPU seconds, median', 0, 3),
    'with phones, against Polars with phones, best elapsed': ratio('seconds, best', 4, 5),
    'with phones, against pandas with phones, best elapsed': ratio('seconds, best', 4, 6),
    target: 'at most 1.3 times the hand-written SQL, without phones',
  },
  notes: [
    'Whole processes with their start. Each writes the kept rows as Parquet, the rejected rows as CSV (none here) and how many cells each rule changed. Ours also proves that every reader reads the file alike, writes a full run report and shows its files only when all counts add up.',
    'pandas and Polars answer each distinct phone number once, in two Python processes; their peak is that of the largest process. Rows of pandas that are unlike ours hold a quoted empty cell, which it cannot tell from a missing one.',
  ],
});

function round2(value) {
  return Number(value.toFixed(2));
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return round2(sorted[Math.floor(sorted.length / 2)]);
}

/** How many rows of each result are not in ours; the counts must be the same. */
async function compare() {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const answers = [];
  for (const { name, phones, folder } of contenders) {
    const mine = contenders.find((one) => one.name === 'DataHarmonize' && one.phones === phones);
    const [theirs, counts] = [countsOf(folder), countsOf(mine.folder)];
    const file = (place) => `'${path.join(place, 'output.parquet').replaceAll("'", "''")}'`;
    const found = await connection.runAndReadAll(
      `SELECT count(*) FROM (FROM ${file(folder)} EXCEPT ALL FROM ${file(mine.folder)})`,
    );
    const unlike = Number(found.getRows()[0][0]);
    answers.push(unlike);
    if (theirs !== counts) console.error(`${name}: counts ${theirs}, ours ${counts}`);
    if (name.startsWith('DuckDB') && (unlike > 0 || theirs !== counts))
      throw new Error('The hand-written SQL does not mean the same.');
  }
  return answers;
}

/** Rows read and kept and cells changed by column, as text; from a run report of ours or a rival's own. */
function countsOf(folder) {
  const report = JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8'));
  const { read, kept, steps, changed } = report.counts ?? report;
  const all = changed ?? Object.assign({}, ...steps.map((step) => step.changedByColumn));
  return JSON.stringify({ read, kept, ...all });
}

async function pythonVersions() {
  const script =
    'import json, pandas, polars, platform; print(json.dumps({"python": platform.python_version(), "pandas": pandas.__version__, "polars": polars.__version__}))';
  return JSON.parse((await execute(python, ['-c', script])).stdout);
}
