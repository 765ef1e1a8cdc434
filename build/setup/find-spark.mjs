import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { cache, root } from './lock.mjs';

export const venv = path.join(root, '.venv');
export const spark4Venv = path.join(cache, 'spark4');

/**
 * The Spark to use: SPARK_HOME's if that is set (its Python is PYSPARK_PYTHON's or python3), else the checkout's.
 * @returns {{ sparkHome: string, python: string } | null} null where there is none
 */
export function findSpark() {
  if (process.env.SPARK_HOME) {
    return { sparkHome: process.env.SPARK_HOME, python: process.env.PYSPARK_PYTHON ?? 'python3' };
  }
  return findVenvSpark();
}

/** The Spark in the checkout's .venv, or null. */
export const findVenvSpark = () => sparkIn(venv);

/** The Spark in a virtual environment, or null. */
export function sparkIn(folder) {
  const python = path.join(folder, 'bin', 'python');
  const lib = path.join(folder, 'lib');
  if (!existsSync(python) || !existsSync(lib)) return null;
  const homes = readdirSync(lib).map((name) => path.join(lib, name, 'site-packages', 'pyspark'));
  const sparkHome = homes.find((home) => existsSync(path.join(home, 'bin', 'spark-submit')));
  return sparkHome ? { sparkHome, python } : null;
}
