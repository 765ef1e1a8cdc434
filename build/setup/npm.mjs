import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { exclusively, root } from './lock.mjs';
import { run } from './run.mjs';

/** Installs the npm packages of package-lock.json unless they are there in the versions it names. */
export async function ensureNpm({ log }) {
  if (isCurrent()) return;
  await exclusively('npm', async () => {
    if (isCurrent()) return;
    log('installing npm packages …');
    // Not `npm ci`: it refuses our lock file where a registry lacks some platform's optional packages.
    // `--no-save` goes by the lock file too, and leaves it alone.
    await run('npm', ['install', '--no-save', '--no-audit', '--no-fund'], { cwd: root });
    if (!isCurrent()) throw new Error('npm packages are incomplete: type  npm install');
  });
}

/** Compares package-lock.json with npm's own record of what it put into node_modules. */
function isCurrent() {
  const record = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = packages(record);
  return Object.entries(packages(path.join(root, 'package-lock.json'))).every(
    ([place, { version, optional }]) => {
      const there = installed[place];
      return place === '' || (there === undefined ? optional === true : there.version === version);
    },
  );
}

function packages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}
