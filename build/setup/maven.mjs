import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ensurePrograms } from './debian.mjs';
import { cache, exclusively, root } from './lock.mjs';
import { run } from './run.mjs';

const sources = path.join(root, 'test', 'cluster');

/**
 * Resolves the jars of poms in test/cluster through Maven and compiles one Java file there against the first of them,
 * unless that was done before.
 * @param {object} what
 * @param {string[]} what.poms `NAME` for NAME-pom.xml
 * @param {string} what.launcher the Java file
 * @param {string} what.getting what is got, for the one who waits
 * @param {(line: string) => void} what.log
 * @returns {Promise<string[]>} a class path for each pom, the compiled classes in front
 */
export function ensureClassPaths({ poms, launcher, getting, log }) {
  const made = folderFor([...poms.map((pom) => `${pom}-pom.xml`), launcher]);
  const lock = path.basename(made);
  return (
    current(made, poms) ??
    exclusively(lock, async () => {
      const found = current(made, poms);
      if (found !== null) return found;
      await ensurePrograms({ javac: 'default-jdk-headless', mvn: 'maven' }, log);
      log(`getting ${getting} …`);
      await draft(made, (folder) => make(folder, poms, launcher));
      const paths = current(made, poms);
      if (paths !== null) return paths;
      throw new Error(
        'Maven left out some jars of the test cluster: type  rm -rf .cache/cluster  and try again',
      );
    })
  );
}

/** Makes a folder as a whole or not at all. */
export async function draft(folder, work) {
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    await work(unfinished);
    rmSync(folder, { recursive: true, force: true });
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function folderFor(files) {
  const hash = createHash('sha256');
  for (const name of files) hash.update(readFileSync(path.join(sources, name)));
  return path.join(cache, 'cluster', hash.digest('hex').slice(0, 12));
}

function current(made, poms) {
  if (!existsSync(made)) return null;
  const paths = poms.map((pom) => readFileSync(path.join(made, `${pom}.classpath`), 'utf8'));
  // Maven's own repository may have been emptied meanwhile.
  if (!paths.every((classPath) => classPath.split(path.delimiter).every((jar) => existsSync(jar))))
    return null;
  return paths.map((classPath) => `${path.join(made, 'classes')}${path.delimiter}${classPath}`);
}

async function make(folder, poms, launcher) {
  for (const pom of poms) {
    const file = path.join(folder, `${pom}.classpath`);
    await run('mvn', [
      ...['--batch-mode', '--quiet', '--file', path.join(sources, `${pom}-pom.xml`)],
      ...['dependency:build-classpath', `-Dmdep.outputFile=${file}`],
    ]);
    writeFileSync(file, readFileSync(file, 'utf8').trim());
  }
  const classPath = readFileSync(path.join(folder, `${poms[0]}.classpath`), 'utf8');
  const out = path.join(folder, 'classes');
  await run('javac', ['-proc:none', '-cp', classPath, '-d', out, path.join(sources, launcher)]);
}
