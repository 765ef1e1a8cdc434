import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
/** Inside the checkout, so that packages are found. */
const out = path.join(root, '.cache', `cli-test-${process.pid}`);
let folder: string;
let children: ChildProcess[] = [];

beforeAll(async () => {
  await build({
    entryPoints: ['main/cli/main.ts', 'main/engine/lookup-worker.ts'].map((file) => path.join(root, file)),
    outbase: path.join(root, 'main'),
    outdir: out,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
  });
});
afterAll(() => rm(out, { recursive: true, force: true }));

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dataharmonize-test-'));
  await mkdir(path.join(folder, 'tmp'));
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
  await rm(folder, { recursive: true, force: true });
});

/** Starts the command line in the folder; `shell` runs before it in the same shell. */
function start(argv: readonly string[], shell = 'true') {
  const main = path.join(out, 'cli', 'main.js');
  const child = spawn('bash', ['-c', `${shell}; exec "$@"`, 'bash', process.execPath, main, ...argv], {
    cwd: folder,
    env: { ...process.env, TMPDIR: path.join(folder, 'tmp') },
  });
  children.push(child);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended };
}

const rules = (steps: unknown[]) =>
  JSON.stringify({ format: 'dataharmonize/ruleset', version: 1, name: 'test', steps });
const phone = { id: 's1', operation: 'phone', columns: ['phone'], parameters: { defaultRegion: 'US' } };
const many = (rows: number, cell: (i: number) => string) =>
  `id,phone\n${Array.from({ length: rows }, (_, i) => `${i},${cell(i)}\n`).join('')}`;
const write = (name: string, text: string) => writeFile(path.join(folder, name), text);
const left = async () => [
  ...(await readdir(folder)).filter((name) => name !== 'tmp').sort(),
  ...(await readdir(path.join(folder, 'tmp'))),
];

const run = ['run', 'rules.json', '--input', 'in.csv', '--output', 'out.csv', '--rejects', 'rejects.csv'];

describe('the command line as a process', () => {
  test('phone numbers are answered by its workers', async () => {
    await write('rules.json', rules([phone]));
    await write(
      'in.csv',
      many(12_000, (i) => `212555${String(i % 10_000).padStart(4, '0')}`),
    );
    const { ended } = start([...run, '--json']);
    const { code, stdout } = await ended;
    expect(code).toBe(0);
    expect(JSON.parse(stdout).counts.steps[0].changedCells).toBe(12_000);
    expect(await left()).toEqual(['in.csv', 'out.csv', 'rejects.csv', 'rules.json']);
  });

  test.each<NodeJS.Signals>(['SIGINT', 'SIGTERM'])(
    '%s stops it with code 1 and leaves nothing',
    async (signal) => {
      await write('rules.json', rules([phone]));
      await write(
        'in.csv',
        many(200_000, (i) => `212${1_000_000 + i}`),
      );
      const { child, ended } = start(run);
      const begun = setInterval(async () => {
        if ((await readdir(path.join(folder, 'tmp'))).length > 0) {
          clearInterval(begun);
          setTimeout(() => child.kill(signal), 200);
        }
      }, 20);
      const { code, stdout, stderr } = await ended;
      clearInterval(begun);
      expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: 'The work was cancelled.\n' });
      expect(await left()).toEqual(['in.csv', 'rules.json']);
    },
  );

  // A limit on the size of files fails writes as a full disk does; without the trap it would end the process.
  const full = "trap '' XFSZ; ulimit -f 64";

  test.each([
    ['the output', many(60_000, (i) => `x${i}`), /^out\.csv: the disk is full\./],
    [
      'the copy of a file with records that cannot be read',
      `${many(60_000, (i) => `x${i}`)}1,"2"3\n`,
      /^\S+\/tmp: the disk is full\./,
    ],
    ['what cannot be read', many(20_000, (i) => `"${i}"x`), /^\S+\/tmp: the disk is full\./],
  ])('a full disk for %s: code 1, one line naming the place, nothing written', async (_, input, words) => {
    await write('rules.json', rules([]));
    await write('in.csv', input);
    const { code, stdout, stderr } = await start(run, full).ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(words);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(await left()).toEqual(['in.csv', 'rules.json']);
  });

  test('a full disk for a report: code 1, one line naming it, nothing written', async () => {
    const step = (_: unknown, i: number) => ({ id: `s${i}`, operation: 'trim', columns: ['phone'] });
    await write('rules.json', rules(Array.from({ length: 60 }, step)));
    await write(
      'in.csv',
      many(10, (i) => `x${i}`),
    );
    const { code, stderr } = await start([...run, '--report', 'report.json'], full.replace('64', '4')).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^report\.json: the disk is full\.[^\n]*\n$/);
    expect(await left()).toEqual(['in.csv', 'rules.json']);
  });

  test('a look at a file that the temporary folder cannot hold: code 1, one line naming the folder', async () => {
    await write('rules.json', rules([]));
    const records = Array.from({ length: 20_000 }, (_, i) => `{"id":${i}}\n`);
    await write('in.jsonl', records.join(''));
    const { code, stderr } = await start(['preview', 'rules.json', '--input', 'in.jsonl'], full).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^\S+\/tmp: the disk is full\.[^\n]*\n$/);
    expect(await left()).toEqual(['in.jsonl', 'rules.json']);
  });

  test('no temporary folder: code 1 and one line', async () => {
    await write('rules.json', rules([]));
    await write(
      'in.csv',
      many(1, () => ''),
    );
    const { code, stderr } = await start(run, 'export TMPDIR=/nowhere').ended;
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: '/nowhere: no temporary folder can be made there. Name another folder in TMPDIR.\n',
    });
  });
});
