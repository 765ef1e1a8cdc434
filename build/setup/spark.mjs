import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readArguments } from '../arguments.mjs';
import { ensurePrograms, installDebian } from './debian.mjs';
import { spark4Venv, sparkIn, venv } from './find-spark.mjs';
import { ensureJobFiles } from './job-files.mjs';
import { exclusively } from './lock.mjs';
import { run } from './run.mjs';

/** @typedef {{ name: string, words: string, folder: string, requirements: string, pythons: string[] }} Line */

const requirements = (name) => path.join(import.meta.dirname, name);
/** @type {Line} */
const SPARK_3 = {
  name: 'spark',
  words: 'Spark into .venv (318 MB, a few minutes)',
  folder: venv,
  requirements: requirements('requirements-spark.txt'),
  // pyspark 3.5 is made for Python 3.8 to 3.11, and works on 3.12.
  pythons: ['python3.11', 'python3.10', 'python3.12', 'python3.9', 'python3'],
};
/** @type {Line} */
const SPARK_4 = {
  name: 'spark4',
  words: 'Spark 4 into .cache/spark4 for the tests (456 MB, a few minutes)',
  folder: spark4Venv,
  requirements: requirements('requirements-spark4.txt'),
  pythons: ['python3.11', 'python3.12', 'python3.13', 'python3.10', 'python3'],
};

/**
 * Installs Spark and what the jobs need beside it into the checkout's .venv unless they are there.
 * @returns {Promise<{ sparkHome: string, python: string }>}
 */
export async function ensureSpark({ log }) {
  const spark = await ensure(SPARK_3, log);
  await ensureJobFiles(spark);
  return spark;
}

/**
 * Installs the Spark 4 that tests compare with, beside the other, unless it is there.
 * @returns {Promise<{ sparkHome: string, python: string }>}
 */
export const ensureSpark4 = ({ log }) => ensure(SPARK_4, log);

const ensure = async (line, log) =>
  current(line) ?? (await exclusively(line.name, async () => current(line) ?? install(line, log)));

/** The stamp is written last and names the requirements that were installed. */
function stamp(line) {
  const hash = createHash('sha256').update(readFileSync(line.requirements)).digest('hex');
  return path.join(line.folder, `installed-${hash.slice(0, 12)}`);
}

const current = (line) => (existsSync(stamp(line)) ? sparkIn(line.folder) : null);

async function install(line, log) {
  const { folder, requirements } = line;
  await ensurePrograms({ java: 'default-jdk-headless', python3: 'python3' }, log);
  log(`installing ${line.words} …`);
  const python = path.join(folder, 'bin', 'python');
  if (!(await works(python, ['-m', 'pip', '--version']))) await makeVenv(line, log);
  await run(python, ['-m', 'pip', 'install', '--quiet', '-r', requirements]);
  writeFileSync(stamp(line), '');
  const spark = sparkIn(folder);
  if (spark === null)
    throw new Error(`Spark is not in ${folder} after installing it: remove that folder and try again`);
  return spark;
}

async function makeVenv({ folder, pythons }, log) {
  rmSync(folder, { recursive: true, force: true });
  const python = await firstWorking(pythons);
  if (!(await works(python, ['-c', 'import ensurepip']))) {
    await installDebian(['python3-venv'], 'Python lacks venv', log);
  }
  await run(python, ['-m', 'venv', folder]);
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
  readArguments('npm run setup:spark');
  try {
    const { sparkHome } = await ensureSpark({ log: console.log });
    console.log(`Spark is at ${sparkHome}`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
