import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensurePrograms } from './debian.mjs';
import { cache, exclusively } from './lock.mjs';
import { draft, ensureClassPaths } from './maven.mjs';
import { run } from './run.mjs';

/** The versions that are tested, the older one first. */
export const KAFKA_VERSIONS = ['3.9.2', '4.4.0'];
// From 3.3 on it needs Java 21.
const REGISTRY = 'io.apicurio:apicurio-registry-app:3.0.9:tar.gz:all';

/**
 * Resolves the jars of both Kafkas through Maven and compiles their launcher, unless that was done before.
 * @returns {Promise<Record<string, string>>} class paths by version
 */
export async function ensureKafka({ log }) {
  await ensurePrograms({ openssl: 'openssl' }, log);
  const paths = await ensureClassPaths({
    poms: ['kafka39', 'kafka44'],
    launcher: 'KafkaNode.java',
    getting: 'Kafka from Maven (150 MB the first time)',
    log,
  });
  return Object.fromEntries(KAFKA_VERSIONS.map((version, index) => [version, paths[index]]));
}

/**
 * Gets the schema registry through Maven, unless that was done before.
 * @returns {Promise<string>} the folder of its program
 */
export async function ensureRegistry({ log }) {
  const folder = path.join(cache, 'cluster', `registry-${REGISTRY.split(':')[2]}`);
  if (existsSync(folder)) return folder;
  return exclusively('registry', async () => {
    if (existsSync(folder)) return folder;
    await ensurePrograms({ java: 'default-jdk-headless', mvn: 'maven' }, log);
    log('getting the schema registry from Maven (109 MB the first time) …');
    await draft(folder, async (unfinished) => {
      const plugin = ['--batch-mode', '--quiet', `-Dartifact=${REGISTRY}`];
      // Its parent is not there to be read, so that it can be no dependency in a pom.
      await run('mvn', [...plugin, 'dependency:get', '-Dtransitive=false']);
      // Without a pom its notes of what it has unpacked land in the folder that it is run from; where they are found, it
      // unpacks nothing.
      await run('mvn', [...plugin, 'dependency:unpack', `-DoutputDirectory=${unfinished}`], {
        cwd: unfinished,
      });
    });
    return folder;
  });
}
