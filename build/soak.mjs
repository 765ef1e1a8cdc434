// `npm run soak [NAME …] [SETTING=VALUE …]`: what takes too long for `npm test`; dated results go into
// test/soak/results. A setting is handed to the soaks as SOAK_SETTING; each names its own at its top.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { readArguments, refuse } from './arguments.mjs';
import { ensureBuilt } from './bundle.mjs';
import { runToEnd } from './programs.mjs';
import { root } from './setup/lock.mjs';
import { ensureNpm } from './setup/npm.mjs';
import { ensureSpark, ensureSpark4 } from './setup/spark.mjs';

const ENDING = '.soak.ts';
const USAGE = 'npm run soak [NAME …] [SETTING=VALUE …]';
const { positionals: given } = readArguments(USAGE, { allowPositionals: true });

try {
  const files = filesOf(given.filter((one) => !one.includes('=')));
  for (const setting of given.filter((one) => one.includes('='))) {
    const [name, ...value] = setting.split('=');
    process.env[`SOAK_${name.toUpperCase()}`] = value.join('=');
  }
  await ensureNpm({ log: console.log });
  await ensureSpark({ log: console.log });
  await ensureSpark4({ log: console.log });
  await ensureBuilt({ log: console.log, only: ['host'] });
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  const config = path.join(root, 'test/soak/vitest.config.ts');
  process.exitCode = await runToEnd([vitest, 'run', '--config', config, ...files]);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

/** The files of the soaks that are named; none for all. */
function filesOf(names) {
  const folder = path.join(root, 'test/soak');
  const known = readdirSync(folder)
    .filter((file) => file.endsWith(ENDING))
    .map((file) => file.slice(0, -ENDING.length));
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return names.map((name) => path.join(folder, name + ENDING));
  refuse(`There is no soak ${unknown.join(', ')}; there are ${known.join(', ')}`, USAGE);
}
