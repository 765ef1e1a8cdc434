import { ensurePrograms } from './debian.mjs';
import { findProgram } from './path.mjs';

/**
 * Makes sure that Chromium and a display without a screen are there for the tests.
 * @returns {Promise<{ chromium: string }>}
 */
export async function ensureBrowser({ log }) {
  await ensurePrograms({ chromium: 'chromium', Xvfb: 'xvfb', 'xvfb-run': 'xvfb', xauth: 'xauth' }, log);
  const chromium = findProgram('chromium');
  if (chromium === null) throw new Error('chromium is not on PATH after installing it');
  return { chromium };
}
