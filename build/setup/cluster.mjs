import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { ensurePrograms } from './debian.mjs';
import { cache, exclusively, root } from './lock.mjs';
import { findProgram } from './path.mjs';
import { run } from './run.mjs';

const sources = path.join(root, 'test', 'cluster');
const poms = ['hadoop', 'livy'];

/**
 * Resolves the jars of the test cluster through Maven and compiles its launcher, unless that was done before.
 * @returns {Promise<{ hadoop: string, livy: string }>} class paths
 */
export async function ensureCluster({ log }) {
  return current() ?? exclusively('cluster', async () => current() ?? install(log));
}

/** Where the JDK is; JAVA_HOME counts. Call it once ensureCluster is through. */
export function javaHome() {
  if (process.env.JAVA_HOME) return process.env.JAVA_HOME;
  const java = findProgram('java');
  if (java === null) throw new Error('java is missing: type  sudo apt-get install -y default-jdk-headless');
  return path.resolve(realpathSync(java), '../..');
}

function folder() {
  const hash = createHash('sha256');
  for (const name of [...poms.map((pom) => `${pom}-pom.xml`), 'Cluster.java']) {
    hash.update(readFileSync(path.join(sources, name)));
  }
  return path.join(cache, 'cluster', hash.digest('hex').slice(0, 12));
}

function current() {
  const made = folder();
  if (!existsSync(made)) return null;
  const [hadoop, livy] = poms.map((pom) => readFileSync(path.join(made, `${pom}.classpath`), 'utf8'));
  // Maven's own repository may have been emptied meanwhile.
  if (![hadoop, livy].every((classPath) => classPath.split(path.delimiter).every((jar) => existsSync(jar))))
    return null;
  return { hadoop: `${path.join(made, 'classes')}${path.delimiter}${hadoop}`, livy };
}

async function install(log) {
  await ensurePrograms({ javac: 'default-jdk-headless', mvn: 'maven' }, log);
  log('getting HDFS, YARN and Livy from Maven (213 MB the first time) …');
  const made = folder();
  const draft = `${made}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  try {
    await make(draft);
    rmSync(made, { recursive: true, force: true });
    renameSync(draft, made);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  const paths = current();
  if (paths === null) {
    throw new Error(
      'Maven left out some jars of the test cluster: type  rm -rf .cache/cluster  and try again',
    );
  }
  return paths;
}

async function make(draft) {
  for (const pom of poms) {
    const file = path.join(draft, `${pom}.classpath`);
    await run('mvn', [
      ...['--batch-mode', '--quiet', '--file', path.join(sources, `${pom}-pom.xml`)],
      ...['dependency:build-classpath', `-Dmdep.outputFile=${file}`],
    ]);
    writeFileSync(file, readFileSync(file, 'utf8').trim());
  }
  const classPath = readFileSync(path.join(draft, 'hadoop.classpath'), 'utf8');
  const launcher = path.join(sources, 'Cluster.java');
  await run('javac', ['-proc:none', '-cp', classPath, '-d', path.join(draft, 'classes'), launcher]);
}
