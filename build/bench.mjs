// `npm run bench [NAME …]`: measures what test/bench holds and writes dated results into test/bench/results.
import { ensureBuilt } from './bundle.mjs';
import { runPrograms } from './programs.mjs';
import { ensureNpm } from './setup/npm.mjs';

try {
  await ensureNpm({ log: console.log });
  await ensureBuilt({ log: console.log });
  const names = process.argv.slice(2);
  const failed = await runPrograms({ folder: 'test/bench', suffix: 'bench', names });
  process.exitCode = failed > 0 ? 1 : 0;
} catch (error) {
  console.error(error.message);
  process.exitCode = error.exitCode ?? 1;
}
