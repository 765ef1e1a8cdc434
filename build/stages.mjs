// The parts of `npm run check` and `npm test`. A stage runs one tool and answers how many tests passed, failed
// and were skipped, as that tool itself reports; a tool that is not a test runner counts as one test.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cache, root } from './setup/lock.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @typedef {{ name: string, run: (environment?: NodeJS.ProcessEnv) => Promise<Counts> }} Stage */

const LIMIT_MS = 60 * 60_000;
const reports = path.join(cache, 'reports');
const tool = (file) => path.join(root, 'node_modules', file);

export const zones = ['shared', 'main', 'renderer', 'test'];

/** @returns {Stage} */
export function types(zone) {
  return toolStage(`types ${zone}`, [
    ...[tool('typescript/bin/tsc'), '--noEmit', '-p', path.join(root, zone)],
    // What has not changed since is not checked again.
    ...['--incremental', '--tsBuildInfoFile', path.join(cache, 'types', `${zone}.tsbuildinfo`)],
  ]);
}

/** @returns {Stage} */
export function lint() {
  const colours = process.stdout.isTTY ? [] : ['--colors=off'];
  return toolStage('lint', [
    tool('@biomejs/biome/bin/biome'),
    'check',
    '--error-on-warnings',
    ...colours,
    '.',
  ]);
}

/**
 * The tests of a Vitest project.
 * @returns {Stage}
 */
export function vitest(project) {
  const report = path.join(reports, `${project}.json`);
  const command = [
    ...[process.execPath, tool('vitest/vitest.mjs'), 'run'],
    ...['--config', path.join(root, 'test', 'vitest.config.ts'), '--project', project],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  ];
  return testStage(project, command, report, countVitest);
}

/**
 * The end-to-end tests of a Playwright project, on a display without a screen.
 * @returns {Stage}
 */
export function playwright(project) {
  const report = path.join(reports, `e2e-${project}.json`);
  const command = [
    ...['xvfb-run', '--auto-servernum', '--server-args=-screen 0 1600x1000x24'],
    ...[process.execPath, tool('@playwright/test/cli.js'), 'test'],
    ...['--config', path.join(root, 'test', 'e2e', 'playwright.config.ts'), '--project', project],
    '--reporter=list,json',
  ];
  return testStage(`e2e ${project}`, command, report, countPlaywright, {
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  });
}

function toolStage(name, args) {
  return {
    name,
    async run(environment) {
      const code = await stream([process.execPath, ...args], environment);
      return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
    },
  };
}

function testStage(name, command, report, count, added = {}) {
  return {
    name,
    async run(environment = process.env) {
      mkdirSync(reports, { recursive: true });
      rmSync(report, { force: true });
      const code = await stream(command, { ...environment, ...added });
      const counts = existsSync(report)
        ? count(JSON.parse(readFileSync(report, 'utf8')))
        : { passed: 0, failed: 1, skipped: 0 };
      // A runner may fail for a reason of its own, and a suite without a single test has proved nothing.
      if (counts.failed === 0 && (code !== 0 || counts.passed === 0)) counts.failed = 1;
      return counts;
    },
  };
}

/** Counts a report of Vitest's. A file that fails before its first test is one failure. */
export function countVitest({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }) {
  const broken = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + broken.length,
    skipped: numPendingTests + numTodoTests,
  };
}

/** Counts a report of Playwright's. A test that passes only when tried again has failed. */
export function countPlaywright({ stats, errors }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}

function stream([command, ...args], environment) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: environment,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const limit = setTimeout(() => {
      console.error(`${path.basename(command)} has run for ${LIMIT_MS / 60_000} minutes and is stopped`);
      child.kill('SIGTERM');
    }, LIMIT_MS);
    child.once('error', (error) => {
      console.error(`${command} cannot be run: ${error.message}`);
      resolve(1);
    });
    child.once('exit', (code) => {
      clearTimeout(limit);
      resolve(code ?? 1);
    });
  });
}
