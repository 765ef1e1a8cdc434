import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ensurePrograms, installDebian } from './debian.mjs';
import { findVenvSpark, venv } from './find-spark.mjs';
import { ensureJobFiles } from './job-files.mjs';
import { exclusively } from './lock.mjs';
import { run } from './run.mjs';

const requirements = path.join(import.meta.dirname, 'requirements-spark.txt');
// pyspark 3.5 is made for Python 3.8 to 3.11, and works on 3.12.
const pythons = ['python3.11', 'python3.10', 'python3.12', 'python3.9', 'python3'];

/**
 * Installs Spark and what the jobs need beside it into the checkout's .venv unless they are there.
 * @returns {Promise<{ sparkHome: string, python: string }>}
 */
export async function ensureSpark({ log }) {
  const spark = current() ?? (await exclusively('spark', async () => current() ?? install(log)));
  await ensureJobFiles(spark);
  return spark;
}

/** The stamp is written last and names the requirements that were installed. */
function stamp() {
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  return path.join(venv, `installed-${hash.slice(0, 12)}`);
}

function current() {
  return existsSync(stamp()) ? findVenvSpark() : null;
}

async function install(log) {
  await ensurePrograms({ java: 'default-jdk-headless', python3: 'python3' }, log);
  log('installing Spark into .venv (318 MB, a few minutes) …');
  if (!(await works(path.join(venv, 'bin', 'python'), ['-m', 'pip', '--version']))) await makeVenv(log);
  await run(path.join(venv, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '-r', requirements]);
  writeFileSync(stamp(), '');
  const spark = findVenvSpark();
  if (spark === null)
    throw new Error('Spark is not in .venv after installing it: remove .venv and type  npm run setup:spark');
  return spark;
}

async function makeVenv(log) {
  rmSync(venv, { recursive: true, force: true });
  const python = await firstWorking(pythons);
  if (!(await works(python, ['-c', 'import ensurepip']))) {
    await installDebian(['python3-venv'], 'Python lacks venv', log);
  }
  await run(python, ['-m', 'venv', venv]);
}

async function firstWorking(candidates) {
  for (const python of candidates) if (await works(python, ['--version'])) return python;
  throw new Error('python3 is missing: type  sudo apt-get install -y python3 python3-venv');
}

function works(command, args) {
  return run(command, args).then(
    () => true,
    () => false,
  );
}

if (process.argv[1] === import.meta.filename) {
  try {
    const { sparkHome } = await ensureSpark({ log: console.log });
    console.log(`Spark is at ${sparkHome}`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
