import path from 'node:path';
import { defineConfig } from 'vitest/config';

const root = path.resolve(import.meta.dirname, '../..');
const HOURS = 3_600_000;

export default defineConfig({
  root,
  cacheDir: path.join(root, '.cache/vitest'),
  test: {
    name: 'soak',
    include: ['test/soak/**/*.soak.ts'],
    testTimeout: 4 * HOURS,
    hookTimeout: HOURS,
    fileParallelism: false,
    disableConsoleIntercept: true,
  },
});
