// Opening a CSV file of 1,000,000 customers: the host's part, and in Chromium from the click to its first rows.
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { load } from './load.mjs';
import { record } from './record.mjs';
import { customersFile, scratch } from './sample.mjs';
import { clickToPaint, openWindow } from './window.mjs';

const ROWS = Number(process.env.BENCH_ROWS ?? 1_000_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const SAMPLE = 20_000;

const input = customersFile(ROWS);
const home = path.join(scratch, 'open');
rmSync(home, { recursive: true, force: true });
mkdirSync(home, { recursive: true });
process.env.DATAHARMONIZE_HOME = home;

const { openOnce } = await load('test/bench/host/opening.ts');
const taken = [];
for (let round = 0; round < ROUNDS; round++) taken.push(await openOnce(input, SAMPLE));
const { chrome, memory, start, clicks } = await inChromium();
const rows = [
  figure(
    'host: look into the file (dialect, columns)',
    taken.map(({ inspect }) => inspect),
  ),
  figure(
    `host: first ${SAMPLE.toLocaleString('en')} rows as Arrow`,
    taken.map(({ sample }) => sample),
  ),
  figure('window: click on a source to its first rows painted', clicks),
  figure('window: address opened to first rows painted, engine started too', [start]),
];
const atOnce = median(taken.map(({ inspect }) => inspect)) + median(clicks);
record('bench', 'open', {
  title: `Opening a CSV file of ${ROWS.toLocaleString('en')} rows`,
  conditions: {
    rows: ROWS,
    'size of the file, MB': Math.round(statSync(input).size / 1e6),
    'rows estimated by the first look': taken[0].total.rows,
    rounds: ROUNDS,
    chromium: chrome,
  },
  rows,
  findings: {
    'file opened to first rows on screen (look, then click to paint), seconds': Number(
      (atOnce / 1000).toFixed(2),
    ),
    target: 'at most 2 seconds',
    ...memory,
  },
});
process.exit(0);

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function figure(what, values) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return {
    what,
    'median ms': Math.round(median(values)),
    'best ms': Math.round(least),
    'worst ms': Math.round(most),
  };
}

/** A project with a table of one row and the big file, without rules. */
function writeProject() {
  const small = path.join(home, 'small.csv');
  writeFileSync(small, 'only\none cell\n');
  const source = (id, file) => ({
    ...{ id, name: id, role: 'other', connection: 'local', path: file },
    dialect: { format: 'csv', delimiter: ',', header: true, lineBreaks: true, encoding: 'utf-8' },
  });
  const project = path.join(home, 'open.dhz');
  const sources = [source('small', small), source('customers', input)];
  const document = { format: 'dataharmonize/project', version: 1, name: 'open', sources, ruleSets: {} };
  writeFileSync(project, JSON.stringify(document));
  return project;
}

async function inChromium() {
  const {
    page,
    address,
    chrome,
    memory: memoryOf,
    close,
  } = await openWindow({ project: writeProject(), home });
  try {
    const begun = performance.now();
    await page.goto(address);
    await page.getByRole('gridcell', { name: 'one cell' }).waitFor({ timeout: 60_000 });
    const start = performance.now() - begun;
    const before = await memoryOf();
    const clicks = [];
    for (let round = 0; round < ROUNDS; round++) {
      clicks.push(await page.evaluate(clickToPaint, { source: 'customers', cell: 'C0000001' }));
      await page.waitForTimeout(1500);
      if (round === ROUNDS - 1) break;
      await page.evaluate(clickToPaint, { source: 'small', cell: 'one cell' });
      await page.waitForTimeout(500);
    }
    const after = await memoryOf();
    const memory = {
      'renderer process, resident MB, small table': before.resident,
      [`renderer process, resident MB, ${SAMPLE} rows of the file`]: after.resident,
      'renderer process, peak MB': after.peak,
      'JavaScript heap of the page, MB': after.heap,
      'measureUserAgentSpecificMemory, MB': after.told,
    };
    return { chrome, memory, start, clicks };
  } finally {
    await close();
  }
}
