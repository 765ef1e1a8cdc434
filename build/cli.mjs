// `npm run -s cli -- …`: the command line, built before if need be. Nothing of that goes to stdout.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './bundle.mjs';
import { root } from './setup/lock.mjs';

try {
  await ensureBuilt({ log: console.error, only: ['host'] });
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
const program = path.join(root, 'out', 'cli', 'main.js');
process.argv[1] = program;
await import(pathToFileURL(program).href);
