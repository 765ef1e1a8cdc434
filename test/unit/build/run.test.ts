import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const module = path.resolve(import.meta.dirname, '../../../build/setup/run.mjs');

test('what a script runs is ended with it', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'dataharmonize-run-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [begun, ended] = [path.join(folder, 'begun'), path.join(folder, 'ended')];
  const child = `
    const { writeFileSync } = require('node:fs');
    process.on('SIGTERM', () => {
      writeFileSync(${JSON.stringify(ended)}, '');
      process.exit();
    });
    setTimeout(() => {}, 60_000);
    writeFileSync(${JSON.stringify(begun)}, '');`;
  const script = `
    import { existsSync } from 'node:fs';
    import { run } from ${JSON.stringify(module)};
    run(process.execPath, ['-e', ${JSON.stringify(child)}]).catch(() => {});
    setInterval(() => existsSync(${JSON.stringify(begun)}) && process.exit(3), 20);`;
  const code = await new Promise((resolve) =>
    spawn(process.execPath, ['--input-type=module', '-e', script]).once('exit', resolve),
  );
  expect(code).toBe(3);
  await expect.poll(() => existsSync(ended), { timeout: 20_000 }).toBe(true);
});
