import { spawn } from 'node:child_process';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** What runs now: it would outlive us and go on writing. */
const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill();
});

/**
 * Runs a command to its end, its output out of sight. It ends when this process ends before it.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<string>} what it printed; a failure is an Error of one line with the last words of the command
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    child.once('error', (error) => reject(new Error(`${command} cannot be run: ${error.message}`)));
    child.once('exit', () => running.delete(child));
    child.once('close', (code, signal) => {
      if (code === 0) return resolve(output);
      const call = [path.basename(command), ...args].join(' ').slice(0, 120);
      reject(new Error(`${call} ended with ${signal ?? code}: ${essence(`${errors}\n${output}`)}`));
    });
  });
}

/** The lines that speak of an error, else the last ones. */
function essence(text) {
  const lines = stripVTControlCharacters(text)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const errors = lines.filter((line) => /error|^E:|exception|cannot/i.test(line));
  return (errors.length > 0 ? errors.slice(0, 3) : lines.slice(-3)).join(' / ').slice(0, 500);
}
