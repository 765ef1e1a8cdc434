import { performance } from 'node:perf_hooks';

/**
 * Runs stages one after the other, whatever becomes of each, and prints the table of their counts.
 * @param {import('./stages.mjs').Stage[]} stages
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {Promise<import('./stages.mjs').Counts>} the sums
 */
export async function runStages(stages, environment) {
  const rows = [];
  for (const stage of stages) {
    console.log(`\n── ${stage.name} ${'─'.repeat(Math.max(0, 60 - stage.name.length))}`);
    const since = performance.now();
    const counts = await stage.run(environment);
    rows.push({ name: stage.name, ...counts, seconds: (performance.now() - since) / 1_000 });
  }
  printTable(rows);
  const sum = (column) => rows.reduce((total, row) => total + row[column], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/**
 * The closing line. Skipped tests are failures where nobody is there to see why they were skipped.
 * @param {import('./stages.mjs').Counts} counts
 * @returns {number} the exit code
 */
export function close({ passed, failed, skipped }) {
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return failed > 0 || (skipped > 0 && process.env.CI) ? 1 : 0;
}

function printTable(rows) {
  const width = Math.max(...rows.map(({ name }) => name.length));
  console.log(`\n${'stage'.padEnd(width)}  passed  failed  skipped  seconds`);
  for (const { name, passed, failed, skipped, seconds } of rows) {
    const figures = [String(passed).padStart(6), String(failed).padStart(6), String(skipped).padStart(7)];
    console.log([name.padEnd(width), ...figures, seconds.toFixed(1).padStart(7)].join('  '));
  }
  console.log('');
}
