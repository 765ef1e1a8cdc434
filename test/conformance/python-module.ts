import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect } from 'vitest';
import { findSpark } from '../../main/verify/spark-local';

const PACKAGE = path.join(import.meta.dirname, '../../main/publish/pyspark');

/** What a script prints as JSON that reads `given` from its input, in Spark's Python with the job's modules. */
export function askPython<T>(script: string, given: unknown): T {
  const spark = findSpark();
  if (!spark) throw new Error('There is no Spark: type  npm run setup:spark');
  const { stdout, stderr, status } = spawnSync(spark.python, ['-c', script], {
    env: { ...process.env, PYTHONPATH: PACKAGE, PYTHONIOENCODING: 'utf-8', PYTHONDONTWRITEBYTECODE: '1' },
    input: JSON.stringify(given),
    maxBuffer: 1 << 28,
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout) as T;
}
