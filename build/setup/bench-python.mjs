import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ensurePrograms, installDebian } from './debian.mjs';
import { cache, exclusively } from './lock.mjs';
import { run } from './run.mjs';

const requirements = path.join(import.meta.dirname, 'requirements-bench.txt');
const venv = path.join(cache, 'bench', 'venv');
const python = path.join(venv, 'bin', 'python');

/**
 * Installs pandas, Polars and what they need into a virtual environment of their own, unless they are there.
 * @returns {Promise<string>} its Python
 */
export async function ensureBenchPython({ log }) {
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  const stamp = path.join(venv, `installed-${hash.slice(0, 12)}`);
  if (existsSync(stamp)) return python;
  return exclusively('bench-python', async () => {
    if (existsSync(stamp)) return python;
    await ensurePrograms({ python3: 'python3' }, log);
    log('installing pandas and Polars into .cache/bench (a minute) …');
    rmSync(venv, { recursive: true, force: true });
    await run('python3', ['-c', 'import ensurepip']).catch(() =>
      installDebian(['python3-venv'], 'Python lacks venv', log),
    );
    await run('python3', ['-m', 'venv', venv]);
    await run(python, ['-m', 'pip', 'install', '--quiet', '-r', requirements]);
    writeFileSync(stamp, '');
    return python;
  });
}
