// `npm test`: sets up everything the tests need and runs them all.
import { readArguments } from './arguments.mjs';
import { close, runStages } from './report.mjs';
import { ensureBrowser } from './setup/browser.mjs';
import { ensureCluster } from './setup/cluster.mjs';
import { ensureElectron } from './setup/electron.mjs';
import { ensureKafka, ensureRegistry } from './setup/kafka.mjs';
import { ensureNpm } from './setup/npm.mjs';
import { ensureSpark, ensureSpark4 } from './setup/spark.mjs';
import { lint, playwright, types, vitest, zones } from './stages.mjs';

const log = console.log;

readArguments('npm test');
try {
  const environment = await setUp();
  const stages = [
    ...zones.map(types),
    lint(),
    ...['unit', 'files', 'contract', 'conformance', 'integration'].map(vitest),
    ...['chromium', 'electron'].map(playwright),
  ];
  process.exitCode = close(await runStages(stages, environment));
} catch (error) {
  console.error(error.message);
  process.exitCode = close({ passed: 0, failed: 1, skipped: 0 });
}

/** @returns {Promise<NodeJS.ProcessEnv>} the environment of the tests */
async function setUp() {
  await ensureNpm({ log });
  const [electron] = await all([
    ensureElectron({ log }),
    ensureBrowser({ log }),
    ensureCluster({ log }),
    ensureKafka({ log }),
    ensureRegistry({ log }),
    ensureSpark({ log }),
    ensureSpark4({ log }),
  ]);
  const { ensureBuilt } = await import('./bundle.mjs');
  await ensureBuilt({ log });
  // The tests run on the checkout's own Spark, whatever else is installed.
  const { SPARK_HOME, PYSPARK_PYTHON, ...environment } = process.env;
  return { ...environment, ELECTRON_OVERRIDE_DIST_PATH: electron.distPath };
}

/** Like Promise.all, but waits for all of them and tells of every failure. */
async function all(promises) {
  const outcomes = await Promise.allSettled(promises);
  const failures = outcomes.filter(({ status }) => status === 'rejected').map(({ reason }) => reason.message);
  if (failures.length > 0) throw new Error(failures.join('\n'));
  return outcomes.map(({ value }) => value);
}
