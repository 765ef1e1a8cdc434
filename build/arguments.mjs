import { parseArgs } from 'node:util';

/**
 * The arguments of a script of build/. At --help it prints the usage and ends this process with 0; what the script
 * does not know ends it with 2 and one line.
 * @param {string} usage the command with its arguments
 * @param {Pick<import('node:util').ParseArgsConfig, 'options' | 'allowPositionals'>} [known]
 */
export function readArguments(usage, { options = {}, allowPositionals = false } = {}) {
  let read;
  try {
    read = parseArgs({ options: { ...options, help: { type: 'boolean' } }, allowPositionals });
  } catch (error) {
    refuse(error.message.split('. ')[0], usage);
  }
  const { help, ...values } = read.values;
  if (!help) return { values, positionals: read.positionals };
  console.log(`usage: ${usage}`);
  process.exit(0);
}

/**
 * Ends this process with 2 and one line.
 * @returns {never}
 */
export function refuse(what, usage) {
  console.error(`${what}; usage: ${usage}`);
  process.exit(2);
}
