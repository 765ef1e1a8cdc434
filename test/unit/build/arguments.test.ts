import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
// The command line reads its own arguments.
const files = Object.entries(scripts).flatMap(([name, command]) => {
  const file = /\bnode (build\/\S+)$/.exec(command)?.[1];
  return file && name !== 'cli' ? [file] : [];
});

function run(file: string, argument: string): Promise<{ status: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [path.join(root, file), argument], {
    // A script that went to work instead is stopped.
    timeout: 60_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  for (const [name, stream] of [['out', child.stdout] as const, ['err', child.stderr] as const]) {
    stream.on('data', (chunk) => {
      said[name] += chunk;
    });
  }
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, ...said })));
}

test('every script of the project tells its usage in a line, and refuses what it does not know in one', async () => {
  expect(files.length).toBeGreaterThan(8);
  for (const file of files) {
    const [help, wrong] = await Promise.all([run(file, '--help'), run(file, '--wrong')]);
    const usage = { status: 0, out: expect.stringMatching(/^usage: npm [^\n]+\n$/), err: '' };
    expect(help, file).toEqual(usage);
    expect(wrong, file).toEqual({ status: 2, out: '', err: `Unknown option '--wrong'; ${help.out}` });
  }
});
