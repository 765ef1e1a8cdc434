import { exclusively } from './lock.mjs';
import { findProgram } from './path.mjs';
import { run } from './run.mjs';

/**
 * Installs Debian packages.
 * @param {string[]} packages
 * @param {string} why what is missing, for the message when it can't be done here
 * @param {(line: string) => void} log
 */
export async function installDebian(packages, why, log) {
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (process.getuid?.() !== 0 || !findProgram('apt-get')) throw new Error(`${why}: type  sudo ${command}`);
  log(`installing ${packages.join(', ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await exclusively('apt-get', async () => {
    await run('apt-get', ['update'], { env });
    await run('apt-get', command.split(' ').slice(1), { env });
  });
}

/**
 * Makes sure that programs are there, each from the Debian package named for it.
 * @param {Record<string, string>} programs program → package
 * @param {(line: string) => void} log
 */
export async function ensurePrograms(programs, log) {
  const missing = Object.keys(programs).filter((program) => !findProgram(program));
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((program) => programs[program]))];
  await installDebian(packages, `${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing`, log);
}
