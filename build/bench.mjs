// `npm run bench [NAME …]`: measures what test/bench holds and writes dated results into test/bench/results.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { readArguments, refuse } from './arguments.mjs';
import { ensureBuilt } from './bundle.mjs';
import { runToEnd } from './programs.mjs';
import { ensureBrowser } from './setup/browser.mjs';
import { root } from './setup/lock.mjs';
import { ensureNpm } from './setup/npm.mjs';

const ENDING = '.bench.mjs';
const USAGE = 'npm run bench [NAME …]';
const { positionals } = readArguments(USAGE, { allowPositionals: true });
const folder = path.join(root, 'test/bench');

try {
  const names = namesOf(positionals);
  await ensureNpm({ log: console.log });
  await ensureBrowser({ log: console.log });
  await ensureBuilt({ log: console.log });
  for (const name of names) {
    console.log(`── ${name}`);
    if ((await runToEnd([path.join(folder, name + ENDING)])) === 0) continue;
    console.error(`The bench ${name} failed.`);
    process.exitCode = 1;
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

/** The benches that are named; all of them if none is. */
function namesOf(names) {
  const known = readdirSync(folder)
    .filter((file) => file.endsWith(ENDING))
    .map((file) => file.slice(0, -ENDING.length));
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return names.length > 0 ? names : known;
  refuse(`There is no bench ${unknown.join(', ')}; there are ${known.join(', ')}`, USAGE);
}
