// `npm run cluster`: a real HDFS, YARN, Livy, Kafka and schema registry on this machine with the sample data in them,
// until Ctrl+C.
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { startCluster } from '../test/cluster/start.mjs';
import { readArguments } from './arguments.mjs';
import { cache } from './setup/lock.mjs';
import { ensureNpm } from './setup/npm.mjs';
import { run } from './setup/run.mjs';
import { onStop } from './stop.mjs';

const SAMPLE_FOLDER = '/data/sample';
const connectionsFile = path.join(cache, 'cluster', 'connections.json');
const generator = path.join(import.meta.dirname, 'sample.mjs');
const log = console.log;

readArguments('npm run cluster');
const stopped = new Promise(onStop);
setInterval(() => {}, 60_000); // nothing else keeps this process going while the cluster runs

let cluster;
/** Of the sample, while it is put on HDFS. */
let folder = null;
try {
  await Promise.race([stopped, work()]);
  log('stopping …');
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await rm(connectionsFile, { force: true });
  await cluster?.stop();
  if (folder !== null) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(); // a cluster still starting goes when its owner goes

async function work() {
  await ensureNpm({ log });
  cluster = await startCluster({ kafka: true, registry: true, log });
  await loadSample();
  await writeConnections();
  explain();
  await stopped;
}

async function loadSample() {
  if (!existsSync(generator)) return log('there is no sample generator yet: HDFS stays empty');
  await mkdir(cache, { recursive: true });
  folder = await mkdtemp(path.join(cache, 'sample-'));
  try {
    await run(process.execPath, [generator, '--out', folder]);
    for (const name of (await readdir(folder)).filter((name) => name.endsWith('.csv'))) {
      await upload(path.join(folder, name), `${SAMPLE_FOLDER}/${name}`);
      log(`put ${SAMPLE_FOLDER}/${name} on HDFS`);
    }
    const { loadTopics } = await import('./sample-topics.mjs');
    await loadTopics(cluster, folder, log);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function upload(file, target) {
  const query = new URLSearchParams({ op: 'CREATE', noredirect: 'true', 'user.name': cluster.user });
  const answer = await fetch(`${cluster.webhdfsUrl}${target}?${query}`, { method: 'PUT' });
  const { Location } = await answer.json();
  const status = await send(file, Location);
  if (status !== 201) throw new Error(`HDFS answered ${status} when asked to store ${target}`);
}

/** Not fetch: the DataNode answers `100 Continue` unasked, which fetch takes for a broken answer. */
function send(file, url) {
  return new Promise((resolve, reject) => {
    const upstream = request(url, { method: 'PUT' }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    pipeline(createReadStream(file), upstream).catch(reject);
  });
}

async function writeConnections() {
  const { connections } = cluster;
  const document = { format: 'dataharmonize/connections', version: 2, connections };
  await writeFile(connectionsFile, `${JSON.stringify(document, null, 2)}\n`);
  log(JSON.stringify(document, null, 2));
}

function explain() {
  const folder = path.relative(process.cwd(), path.dirname(connectionsFile));
  log(
    `\nThe connection above is in ${path.join(folder, path.basename(connectionsFile))}. To use it, type in another window`,
  );
  log(`  DATAHARMONIZE_HOME=${folder} npm start`);
  log('The data is gone when the cluster stops. To stop it: Ctrl+C.');
}
