import path from 'node:path';
import { defineConfig } from '@playwright/test';

const root = path.resolve(import.meta.dirname, '../..');

// Where `npm test` puts the Electron for the tests.
process.env.ELECTRON_OVERRIDE_DIST_PATH ??= path.join(root, '.cache/electron/33.2.1');

export default defineConfig({
  testDir: '.',
  outputDir: path.join(root, 'test-results'),
  snapshotPathTemplate: '{testDir}/snapshots/{projectName}/{arg}{ext}',
  // No test is about speed: the limits leave room for a slow machine.
  timeout: 600_000,
  expect: { timeout: 60_000 },
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: { trace: 'retain-on-failure', viewport: { width: 1440, height: 900 } },
  projects: [
    {
      name: 'chromium',
      testMatch: '{web,both}/**/*.spec.ts',
      use: {
        launchOptions: {
          executablePath: '/usr/bin/chromium',
          args: [
            ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
            ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
          ],
        },
      },
    },
    { name: 'electron', testMatch: '{electron,both}/**/*.spec.ts' },
  ],
});
