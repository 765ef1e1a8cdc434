import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from './setup/lock.mjs';
import { onStop } from './stop.mjs';

/**
 * Runs programs `NAME.SUFFIX.mjs` of a folder one after another, all of them or those that are named.
 * @param {{ folder: string, suffix: string, names: string[] }} which
 * @returns {Promise<number>} how many failed
 */
export async function runPrograms({ folder, suffix, names }) {
  const place = path.join(root, folder);
  const ending = `.${suffix}.mjs`;
  const known = readdirSync(place)
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length));
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const message = `There is no ${suffix} ${unknown.join(', ')}; there are ${known.join(', ')}.`;
    throw Object.assign(new Error(message), { exitCode: 2 });
  }
  let failed = 0;
  for (const name of names.length > 0 ? names : known) {
    console.log(`── ${suffix} ${name}`);
    if ((await runOne(path.join(place, name + ending))) === 0) continue;
    console.error(`${suffix} ${name} failed`);
    failed += 1;
  }
  return failed;
}

function runOne(file) {
  const child = spawn(process.execPath, [file], { cwd: root, stdio: 'inherit' });
  onStop((signal) => {
    child.kill(signal);
    process.exitCode = 1;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
