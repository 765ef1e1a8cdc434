import { spawn } from 'node:child_process';

/**
 * Runs a command to its end, its output out of sight.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<string>} what it printed; a failure is an Error of one line with the last words of the command
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    child.once('error', (error) => reject(new Error(`${command} cannot be run: ${error.message}`)));
    child.once('close', (code, signal) => {
      if (code === 0) return resolve(output);
      const words = (errors.trim() || output.trim()).split('\n').slice(-3).join(' / ');
      reject(
        new Error(`${[command, ...args].join(' ').slice(0, 120)} ended with ${signal ?? code}: ${words}`),
      );
    });
  });
}
