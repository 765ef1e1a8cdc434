// The Electron that `npm start` opens the window with; the one the tests use is made in electron.mjs.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cache, exclusively, root } from './lock.mjs';
import { run } from './run.mjs';

const folder = path.join(root, 'node_modules', 'electron');
const refusal = path.join(cache, 'electron-cannot-be-had');
const RETRY_MS = 24 * 3600 * 1000;

/**
 * Finds Electron's binary, or fetches it. A fetch that failed is not tried again for a day, unless `insist`.
 * @returns {Promise<string | null>} null where there is none to be had
 */
export async function findAppElectron({ log, insist = false }) {
  return present() ?? exclusively('app-electron', async () => present() ?? fetchBinary(log, insist));
}

function present() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const binary = override
    ? path.join(override, recordedName() ?? 'electron')
    : recordedName() && path.join(folder, 'dist', recordedName());
  return binary && existsSync(binary) ? binary : null;
}

/** Electron's installer notes the name of the binary, which differs by platform, when it has unpacked it. */
function recordedName() {
  const file = path.join(folder, 'path.txt');
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

async function fetchBinary(log, insist) {
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) return null;
  const refusedLately = existsSync(refusal) && Date.now() - statSync(refusal).mtimeMs < RETRY_MS;
  if (refusedLately && !insist) return null;
  log('getting Electron …');
  try {
    await run(process.execPath, [path.join(folder, 'install.js')], { timeout: 120_000 });
  } catch (error) {
    writeFileSync(refusal, `${error.message}\n`);
  }
  return present();
}
