// Twenty steps of many kinds over 1,000,000 rows of 12 columns, CSV to Parquet and rejects, with counts of every step:
// our command line against hand-written DuckDB SQL, Polars and pandas of the same meaning and outputs.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { version as duckdbVersion } from '@duckdb/node-api';
import { ensureBenchPython } from '../../build/setup/bench-python.mjs';
import { contest, figuresOf, round2, rowsUnlike } from './contest.mjs';
import { record } from './record.mjs';
import { readCsv, root, SPENDER_COLUMNS, scratch, spendersFile } from './sample.mjs';
import { countriesFile } from './steps/countries.mjs';
import { outcomeOf } from './steps/outcome.mjs';
import { twentySteps } from './steps/rules.mjs';

const ROWS = Number(process.env.BENCH_ROWS ?? 1_000_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);

const python = await ensureBenchPython({ log: console.log });
const input = await spendersFile(ROWS);
const countries = await countriesFile();
mkdirSync(scratch, { recursive: true });
const rules = path.join(scratch, 'twenty-steps.json');
writeFileSync(rules, JSON.stringify(twentySteps));

const inSteps = (name) => path.join(import.meta.dirname, 'steps', name);
const ours = (folder) => {
  const files = { output: 'output.parquet', rejects: 'rejects.csv', report: 'report.json' };
  const options = Object.entries(files).flatMap(([name, file]) => [`--${name}`, path.join(folder, file)]);
  return [process.execPath, path.join(root, 'out/cli/main.js'), 'run', rules, '--input', input, ...options];
};
const rival = (command, script) => (folder) => [command, inSteps(script), input, folder, countries];

const contenders = await contest('steps', ROUNDS, [
  { name: 'DataHarmonize', command: ours },
  { name: 'DuckDB, hand-written SQL', command: rival(process.execPath, 'handwritten.mjs') },
  { name: 'Polars', command: rival(python, 'with_polars.py') },
  { name: 'pandas', command: rival(python, 'with_pandas.py'), rounds: 2 },
]);
const [mine] = contenders;
const rejects = (folder) =>
  readCsv(path.join(folder, 'rejects.csv'), [...SPENDER_COLUMNS, '_fate', '_step', '_column', '_reason']);
const rows = [];
for (const one of contenders) {
  const output = (folder) => `'${path.join(folder, 'output.parquet')}'`;
  const counts = outcomeOf(one.folder) === outcomeOf(mine.folder);
  const row = {
    program: one.name,
    ...figuresOf(one),
    'kept rows unlike ours': await rowsUnlike(output(mine.folder), output(one.folder)),
    'rejects unlike ours': await rowsUnlike(rejects(mine.folder), rejects(one.folder)),
    'counts of steps': counts ? 'the same' : 'differ',
  };
  rows.push(row);
  const alike = counts && row['kept rows unlike ours'] === 0 && row['rejects unlike ours'] === 0;
  if (one.name.startsWith('DuckDB') && !alike)
    throw new Error('The hand-written SQL does not mean the same.');
}
const ratio = (column, i) => round2(rows[0][column] / rows[i][column]);
record('bench', 'steps', {
  title: `Twenty steps: ${ROWS.toLocaleString('en')} rows × 12 columns, CSV to Parquet`,
  conditions: {
    rows: ROWS,
    rounds: `${ROUNDS} in turns, at most 2 of pandas`,
    steps: twentySteps.steps.map(({ operation }) => operation).join(', '),
    kept: JSON.parse(outcomeOf(mine.folder)).kept,
    duckdb: duckdbVersion(),
    ...pythonVersions(),
  },
  rows,
  findings: {
    'against hand-written SQL, median elapsed': ratio('seconds, median', 1),
    'against hand-written SQL, best elapsed': ratio('seconds, best', 1),
    'against hand-written SQL, CPU': ratio('CPU seconds, median', 1),
    'against Polars, median elapsed': ratio('seconds, median', 2),
    'against pandas, median elapsed': ratio('seconds, median', 3),
    target: 'at most 1.3 times the hand-written SQL',
  },
  notes: [
    'Whole processes with their start. Each writes the kept rows as Parquet, the rows that leave as CSV with their original cells and the reason, and how many cells each step changed in rows that were still there. All get the names of countries as a file.',
    'The rivals are written by someone who knows this file: what it does not hold (other countries, other spellings of amounts, letters whose case differs between engines) they need not handle; the SQL ends the run where it would have to. Ours handles every file, proves that every reader reads this one alike, and shows its files only when all counts add up.',
    'pandas cannot tell a quoted empty cell from a missing one: hence its differences.',
  ],
});

function pythonVersions() {
  const script =
    'import json, pandas, polars, platform; print(json.dumps({"python": platform.python_version(), "pandas": pandas.__version__, "polars": polars.__version__}))';
  return JSON.parse(execFileSync(python, ['-c', script]));
}
