// `npm run soak [NAME …]`: what takes too long for `npm test`; dated results go into test/soak/results.
import { ensureBuilt } from './bundle.mjs';
import { runPrograms } from './programs.mjs';
import { ensureNpm } from './setup/npm.mjs';
import { ensureSpark } from './setup/spark.mjs';

try {
  await ensureNpm({ log: console.log });
  await ensureSpark({ log: console.log });
  await ensureBuilt({ log: console.log, only: ['host'] });
  const names = process.argv.slice(2);
  const failed = await runPrograms({ folder: 'test/soak', suffix: 'soak', names });
  process.exitCode = failed > 0 ? 1 : 0;
} catch (error) {
  console.error(error.message);
  process.exitCode = error.exitCode ?? 1;
}
