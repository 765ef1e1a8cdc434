// How long the programs take to start: whole processes, in turns, from spawn to end or to the address line.
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { record } from './record.mjs';
import { foundingRules } from './run/rules.mjs';
import { root, scratch } from './sample.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 15);
/** Another build to measure, such as that of an earlier commit. */
const out = path.resolve(process.env.BENCH_OUT ?? path.join(root, 'out'));
const execute = promisify(execFile);
const folder = path.join(scratch, 'start');
mkdirSync(folder, { recursive: true });
const at = (name, text) => {
  const file = path.join(folder, name);
  if (text !== undefined) writeFileSync(file, text);
  return file;
};
const rules = at('rules.json', JSON.stringify(foundingRules({ phones: false })));
const input = at('two.csv', 'full name,e-mail\n Ann ,A@example.com\nBo,b@example.com\n');

const cli = (...args) => ended(process.execPath, [path.join(out, 'cli/main.js'), ...args]);
const starts = {
  'Node alone': () => ended(process.execPath, ['-e', '0']),
  'command line: one operation': () => cli('operations', 'trim', '--json'),
  'command line: a run of two rows': () =>
    cli('run', rules, '--input', input, '--output', at('two.parquet'), '--report', at('report.json')),
  'web shell: until its address': untilAddress,
};
const taken = Object.fromEntries(Object.keys(starts).map((what) => [what, []]));
for (let round = 0; round <= ROUNDS; round++) {
  for (const [what, start] of Object.entries(starts)) {
    const since = performance.now();
    await start();
    // The first round warms the disk's cache.
    if (round > 0) taken[what].push(performance.now() - since);
  }
}
const rows = Object.entries(taken).map(([what, times]) => {
  const sorted = times.toSorted((a, b) => a - b);
  const ms = (share) => Math.round(sorted[Math.floor((sorted.length - 1) * share)]);
  return { what, 'median ms': ms(0.5), 'best ms': ms(0), 'worst ms': ms(1) };
});
record('bench', 'start', {
  title: 'Start of the programs',
  conditions: { rounds: `${ROUNDS} in turns` },
  rows,
});

function ended(command, args) {
  return execute(command, args);
}

function untilAddress() {
  const child = spawn(process.execPath, [path.join(out, 'web/main.js'), '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DATAHARMONIZE_HOME: path.join(folder, 'data') },
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  return new Promise((resolve, reject) => {
    gone.then(() => reject(new Error('The web shell ended before it told its address.')));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith('Workbench: ')) return;
      resolve();
      child.kill('SIGTERM');
    });
  }).finally(() => gone);
}
