import { spawn } from 'node:child_process';
import { root } from './setup/lock.mjs';
import { onStop } from './stop.mjs';

/**
 * Runs Node with these arguments; signals that ask us to stop reach it too.
 * @param {string[]} args
 * @returns {Promise<number>} its exit code
 */
export function runToEnd(args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  onStop((signal) => {
    child.kill(signal);
    process.exitCode = 1;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
