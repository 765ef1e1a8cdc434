import path from 'node:path';
import { defineConfig, defineProject } from 'vitest/config';

type ProjectOptions = { globalSetup?: string[]; isolate?: boolean; maxWorkers?: number };
const root = path.resolve(import.meta.dirname, '..');

/** Tests in test/NAME; `alone` where each file starts servers or Spark, so that one file runs at a time. */
function project(name: string, timeoutSeconds: number, alone = false, more: ProjectOptions = {}) {
  return defineProject({
    root,
    test: {
      name,
      include: [`test/${name}/**/*.test.{ts,tsx}`],
      testTimeout: timeoutSeconds * 1_000,
      hookTimeout: timeoutSeconds * 1_000,
      fileParallelism: !alone,
      ...more,
    },
  });
}

export default defineConfig({
  root,
  cacheDir: path.join(root, '.cache/vitest'),
  test: {
    allowOnly: !process.env.CI,
    projects: [
      project('unit', 30, false, { isolate: false, maxWorkers: 2 }),
      project('contract', 60),
      // One process for all files: they share a Spark.
      project('conformance', 600, true, { globalSetup: ['test/conformance/figures.ts'], isolate: false }),
      project('integration', 600, true),
    ],
  },
});
