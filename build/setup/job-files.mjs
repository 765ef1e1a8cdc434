import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { run } from './run.mjs';

const root = path.join(import.meta.dirname, '..', '..');
const source = path.join(root, 'main', 'publish', 'pyspark');
const target = path.join(root, 'out', 'pyspark');
const requirements = path.join(import.meta.dirname, 'requirements-spark.txt');
const zipper = path.join(import.meta.dirname, 'zip_packages.py');

function hashOfSources() {
  const hash = createHash('sha256').update(readFileSync(requirements)).update(readFileSync(zipper));
  const files = readdirSync(source, { recursive: true })
    .filter((name) => name.endsWith('.py'))
    .sort();
  for (const name of files) hash.update(name).update(readFileSync(path.join(source, name)));
  return hash.digest('hex');
}

/**
 * Puts the Spark job and its libraries into out/pyspark: job.py, stream.py, scan.py, dataharmonize.zip and phonenumbers-VERSION.zip.
 * @param {{ python: string }} spark the Python that has phonenumbers
 */
export async function ensureJobFiles({ python }) {
  const stamp = path.join(target, 'stamp');
  const wanted = hashOfSources();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const making = `${target}.${process.pid}`;
  mkdirSync(making, { recursive: true });
  const find =
    'import phonenumbers, os; print(phonenumbers.__version__, os.path.dirname(phonenumbers.__file__))';
  const found = (await run(python, ['-c', find])).trim();
  const [version, ...folder] = found.split(' ');
  await run(python, [zipper, path.join(source, 'dataharmonize'), path.join(making, 'dataharmonize.zip')]);
  await run(python, [zipper, folder.join(' '), path.join(making, `phonenumbers-${version}.zip`)]);
  for (const name of ['job.py', 'stream.py', 'scan.py'])
    copyFileSync(path.join(source, name), path.join(making, name));
  writeFileSync(path.join(making, 'stamp'), wanted);
  rmSync(target, { recursive: true, force: true });
  renameSync(making, target);
}
