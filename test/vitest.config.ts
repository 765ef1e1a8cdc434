import path from 'node:path';
import { defineConfig, defineProject } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

type ProjectOptions = { globalSetup?: string[]; isolate?: boolean; maxWorkers?: number };
const root = path.resolve(import.meta.dirname, '..');

/** Files that take long, the longest first: the last to end should be a short one. */
const LONG = ['spark4', 'generated', 'corpus', 'primitives', 'operations', 'code-points', 'reading'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = LONG.indexOf(path.basename(moduleId, '.test.ts'));
      return found < 0 ? LONG.length : found;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

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
    sequence: { sequencer: LongestFirst },
    projects: [
      project('unit', 120, false, { isolate: false, maxWorkers: 2 }),
      // Whole files that are read, sampled and cleaned, and the command line.
      project('files', 120, false, { isolate: false, maxWorkers: 2 }),
      project('contract', 120),
      // Two processes, one for what computes here while the other waits for the Spark that they share.
      project('conformance', 1800, false, {
        globalSetup: ['test/conformance/figures.ts', 'test/conformance/shared-spark.ts'],
        isolate: false,
        maxWorkers: 2,
      }),
      project('integration', 1200, true),
    ],
  },
});
