import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ensurePrograms } from './debian.mjs';
import { cache, exclusively, root } from './lock.mjs';
import { run } from './run.mjs';

const POMS = { 3: 'spark-kafka-pom.xml', 4: 'spark4-kafka-pom.xml' };
/** Those that Spark lacks; the others on Maven’s class path are among its own. */
const NEEDED = /^(spark-sql-kafka|spark-token-provider-kafka|kafka-clients|commons-pool2)-/;

/**
 * Resolves the jars with which Spark reads and writes topics, unless that was done before.
 * @param {object} options
 * @param {(line: string) => void} options.log
 * @param {3 | 4} [options.line] Spark 3.5 or Spark 4
 * @returns {Promise<string[]>} their files
 */
export async function ensureSparkKafka({ log, line = 3 }) {
  const pom = path.join(root, 'test', 'cluster', POMS[line]);
  return current(pom) ?? exclusively('spark-kafka', async () => current(pom) ?? install(pom, log));
}

function listFile(pom) {
  const hash = createHash('sha256').update(readFileSync(pom)).digest('hex');
  return path.join(cache, 'cluster', `spark-kafka-${hash.slice(0, 12)}.classpath`);
}

function current(pom) {
  const file = listFile(pom);
  if (!existsSync(file)) return null;
  const jars = readFileSync(file, 'utf8').trim().split(path.delimiter);
  // Maven's own repository may have been emptied meanwhile.
  return jars.every((jar) => existsSync(jar)) ? jars.filter((jar) => NEEDED.test(path.basename(jar))) : null;
}

async function install(pom, log) {
  await ensurePrograms({ java: 'default-jdk-headless', mvn: 'maven' }, log);
  log('getting Spark’s connector for Kafka from Maven (6 MB the first time) …');
  const file = listFile(pom);
  const draft = `${file}.${process.pid}`;
  mkdirSync(path.dirname(file), { recursive: true });
  await run('mvn', [
    ...['--batch-mode', '--quiet', '--file', pom],
    ...['dependency:build-classpath', '-DincludeScope=runtime', `-Dmdep.outputFile=${draft}`],
  ]);
  writeFileSync(draft, readFileSync(draft, 'utf8').trim());
  renameSync(draft, file);
  const jars = current(pom);
  if (jars === null) throw new Error('Maven left out some of Spark’s jars for Kafka: try again');
  return jars;
}
