// A full local run of the founding rules over 1,000,000 customers, CSV to Parquet, rejects and counts, against the
// same work by hand-written DuckDB SQL, pandas and Polars. Whole processes, in turns, so that all meet the same load.
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { version as duckdbVersion } from '@duckdb/node-api';
import { ensureBenchPython } from '../../build/setup/bench-python.mjs';
import { contest, figuresOf, round2, rowsUnlike } from './contest.mjs';
import { record, versionOf } from './record.mjs';
import { foundingRules } from './run/rules.mjs';
import { customersFile, root } from './sample.mjs';

const ROWS = Number(process.env.BENCH_ROWS ?? 1_000_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);

const execute = promisify(execFile);
const python = await ensureBenchPython({ log: console.log });
const input = customersFile(ROWS);

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

const contenders = (
  await contest('run', ROUNDS, [
    { name: 'DataHarmonize', command: ours(false) },
    { name: 'DuckDB, hand-written SQL', command: rival(process.execPath, 'handwritten.mjs') },
    { name: 'Polars', command: rival(python, 'with_polars.py') },
    { name: 'pandas', command: rival(python, 'with_pandas.py'), rounds: 2 },
    // Two rounds tell enough of what takes ten times as long.
    { name: 'DataHarmonize', command: ours(true), rounds: 2 },
    { name: 'Polars', command: rival(python, 'with_polars.py', 'phones'), rounds: 2 },
    { name: 'pandas', command: rival(python, 'with_pandas.py', 'phones'), rounds: 2 },
  ])
).map((one, i) => ({ ...one, phones: i >= 4 }));
const compared = await compare();
const rows = contenders.map((one, i) => ({
  program: one.name,
  rules: one.phones ? 'trim, lower-case, phone' : 'trim, lower-case',
  ...figuresOf(one),
  'rows unlike ours': compared[i],
}));
const ratio = (column, i, j) => round2(rows[i][column] / rows[j][column]);
record('bench', 'run', {
  title: `Full local run: ${ROWS.toLocaleString('en')} customers, CSV to Parquet`,
  conditions: {
    rows: ROWS,
    rounds: `${ROUNDS} in turns, at most 2 with phones and of pandas`,
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

/** How many rows of each result are not in ours, or in ours alone; the counts must be the same. */
async function compare() {
  const answers = [];
  for (const { name, phones, folder } of contenders) {
    const mine = contenders.find((one) => one.name === 'DataHarmonize' && one.phones === phones);
    const [theirs, counts] = [countsOf(folder), countsOf(mine.folder)];
    const file = (place) => `'${path.join(place, 'output.parquet').replaceAll("'", "''")}'`;
    const unlike = await rowsUnlike(file(mine.folder), file(folder));
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
