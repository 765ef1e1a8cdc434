import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export const root = path.resolve(import.meta.dirname, '../..');
export const cache = path.join(root, '.cache');

const TELL_MS = 5_000;

/**
 * Does the work while nobody else on this machine does work of the same name in this checkout.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @param {string} [folder] where the lock file is kept
 * @returns {Promise<T>}
 */
export async function exclusively(name, work, folder = cache) {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.lock`);
  const told = setTimeout(
    () => console.error(`waiting for another process to finish with ${name} …`),
    TELL_MS,
  );
  try {
    while (!take(file)) await sleep(200);
  } finally {
    clearTimeout(told);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** The lock file appears with its owner's number in it, so that a reader never finds it empty. */
function take(file) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!ownerLives(file)) rmSync(file, { force: true });
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

function ownerLives(file) {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
