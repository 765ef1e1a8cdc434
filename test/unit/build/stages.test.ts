import { afterEach, expect, test, vi } from 'vitest';
import { close } from '../../../build/report.mjs';
import { countPlaywright, countVitest } from '../../../build/stages.mjs';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const report = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };

test('counts a Vitest report', () => {
  expect(countVitest(report)).toEqual({ passed: 3, failed: 0, skipped: 0 });
  expect(countVitest({ ...report, numFailedTests: 1, numPendingTests: 2, numTodoTests: 4 })).toEqual({
    passed: 3,
    failed: 1,
    skipped: 6,
  });
});

test('a file that does not load is a failure, one with a failed test is not counted twice', () => {
  const unloadable = { status: 'failed', assertionResults: [] };
  const failed = { status: 'failed', assertionResults: [{ status: 'failed' }] };
  const found = countVitest({ ...report, numFailedTests: 1, testResults: [unloadable, failed] });
  expect(found).toEqual({ passed: 3, failed: 2, skipped: 0 });
});

test('counts a Playwright report: a second try does not make a pass', () => {
  const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
  expect(countPlaywright({ stats, errors: ['no browser'] })).toEqual({ passed: 5, failed: 3, skipped: 2 });
});

test.each([
  [{ passed: 2, failed: 0, skipped: 0 }, '', 0, '2 passed, 0 failed'],
  [{ passed: 2, failed: 1, skipped: 0 }, '', 1, '2 passed, 1 failed'],
  [{ passed: 2, failed: 0, skipped: 1 }, '', 0, '2 passed, 0 failed, 1 skipped'],
  [{ passed: 2, failed: 0, skipped: 1 }, 'true', 1, '2 passed, 0 failed, 1 skipped'],
])('closes with %j, CI=%j', (counts, ci, code, line) => {
  vi.stubEnv('CI', ci);
  const said = vi.spyOn(console, 'log').mockImplementation(() => {});
  expect(close(counts)).toBe(code);
  expect(said).toHaveBeenCalledExactlyOnceWith(line);
});
