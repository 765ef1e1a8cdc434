import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';

const script = path.resolve(import.meta.dirname, '../../../build/start.mjs');

test.each([
  [['--nope'], "Unknown option '--nope'"],
  [['--shell', 'tty'], '--shell is electron or web, not "tty"'],
  [['--port', '70000'], '--port is a number from 0 to 65535, not "70000"'],
  [['--port', 'x'], '--port is a number from 0 to 65535, not "x"'],
  [['--project'], "Option '--project <value>' argument missing"],
  [['--shell', 'electron', '--port', '0'], '--no-open and --port go with --shell web'],
  [['sample.dhz'], "Unexpected argument 'sample.dhz'"],
])('npm start -- %j is refused in one line', (args, reason) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  expect({ status, stdout, line: stderr }).toEqual({
    status: 2,
    stdout: '',
    line: `${reason}; usage: npm start -- [--shell electron|web] [--no-open] [--port N] [--project FILE]\n`,
  });
});
