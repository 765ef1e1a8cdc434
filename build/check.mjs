// `npm run check`: types, lint and unit tests.
import { readArguments } from './arguments.mjs';
import { close, runStages } from './report.mjs';
import { ensureNpm } from './setup/npm.mjs';
import { lint, types, vitest, zones } from './stages.mjs';

readArguments('npm run check');
await ensureNpm({ log: console.log });
process.exitCode = close(await runStages([...zones.map(types), lint(), vitest('unit')]));
