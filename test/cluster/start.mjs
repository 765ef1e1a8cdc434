import { ensureCluster, ensureHdfsVariants } from '../../build/setup/cluster.mjs';
import { ensureKafka, ensureRegistry, KAFKA_VERSIONS } from '../../build/setup/kafka.mjs';
import { ensureSpark } from '../../build/setup/spark.mjs';
import { startHadoop } from './hadoop.mjs';
import { startHttpFs } from './httpfs.mjs';
import { startKafka } from './kafka.mjs';
import { startLivy } from './livy.mjs';
import { startRegistry } from './registry.mjs';
import { openWorkspace } from './workspace.mjs';

// In the order of starting. Each takes the workspace, what was asked for, what has started so far and what the
// set-up found, and answers its name and what it adds to the cluster's description; null says it is not wanted.
// One service more is a file beside this one, a line here and its connection below.
const services = [hadoopService, httpFsService, livyService, kafkaService, registryService];
const messageServices = [kafkaService, registryService];

/** See start.d.mts. */
export async function startCluster(options = {}) {
  const log = options.log ?? (() => {});
  const wanted = { yarn: true, livy: options.yarn ?? true, livyRetainSeconds: 600, ...options };
  const found = {
    classPaths: await ensureCluster({ log }),
    httpFs: wanted.httpFs ? (await ensureHdfsVariants({ log })).httpfs : null,
    spark: wanted.livy ? await ensureSpark({ log }) : null,
    ...(await findMessaging(wanted, log)),
  };
  const cluster = await start(services, wanted, found, log);
  return { ...cluster, connections: connectionsOf(cluster) };
}

/** See start.d.mts. */
export async function startMessaging(options = {}) {
  const log = options.log ?? (() => {});
  const wanted = { kafka: true, ...options };
  return start(messageServices, wanted, await findMessaging(wanted, log), log);
}

async function findMessaging({ kafka, registry }, log) {
  return {
    kafka: kafka ? await ensureKafka({ log }) : null,
    registry: registry ? await ensureRegistry({ log }) : null,
  };
}

async function start(wantedServices, wanted, found, log) {
  const workspace = openWorkspace();
  const cluster = {
    user: workspace.user,
    directory: workspace.directory,
    httpFsUrl: null,
    livyUrl: null,
    livy: null,
    kafka: null,
    registryUrl: null,
  };
  try {
    for (const service of wantedServices) {
      const since = Date.now();
      const started = await service(workspace, wanted, cluster, found);
      if (started === null) continue;
      Object.assign(cluster, started.adds);
      log(`${started.name} ready in ${((Date.now() - since) / 1000).toFixed(1)} s`);
    }
  } catch (error) {
    await workspace.close();
    throw error;
  }
  return { ...cluster, stop: () => workspace.close() };
}

async function hadoopService(workspace, { yarn }, _cluster, { classPaths }) {
  return {
    name: yarn ? 'HDFS and YARN' : 'HDFS',
    adds: await startHadoop(workspace, { yarn, classPath: classPaths.hadoop }),
  };
}

async function httpFsService(workspace, _wanted, { hdfsUrl }, { httpFs }) {
  if (httpFs === null) return null;
  return { name: 'HttpFS', adds: await startHttpFs(workspace, { hdfsUrl, classPath: httpFs }) };
}

async function livyService(workspace, { livy, livyRetainSeconds }, hadoop, { classPaths, spark }) {
  if (!livy) return null;
  const { url, ...control } = await startLivy(workspace, {
    hadoop,
    spark,
    classPath: classPaths.livy,
    retainSeconds: livyRetainSeconds,
  });
  return { name: 'Livy', adds: { livyUrl: url, livy: control } };
}

async function kafkaService(workspace, { kafka, kafkaNodes }, _cluster, found) {
  if (!kafka) return null;
  const version = kafka === true ? KAFKA_VERSIONS.at(-1) : kafka;
  const classPath = found.kafka[version];
  return {
    name: `Kafka ${version}`,
    adds: { kafka: await startKafka(workspace, { version, classPath, nodes: kafkaNodes }) },
  };
}

async function registryService(workspace, { registry }, _cluster, found) {
  if (!registry) return null;
  return {
    name: 'the schema registry',
    adds: { registryUrl: await startRegistry(workspace, { folder: found.registry }) },
  };
}

function connectionsOf({ webhdfsUrl, user, livyUrl, yarnUrl, kafka, registryUrl }) {
  const jobs = livyUrl === null || yarnUrl === null ? {} : { livy: livyUrl, yarn: yarnUrl };
  const { origin } = new URL(webhdfsUrl);
  return [
    { id: 'test-cluster', kind: 'hdfs', name: 'Test cluster', nameNodes: [origin], user, ...jobs },
    ...(kafka === null ? [] : [topicsConnection({ kafka, registryUrl })]),
  ];
}

/** The connection to a Kafka and its registry, as the workbench keeps it. */
export function topicsConnection({ kafka, registryUrl }) {
  const registry = registryUrl === null ? {} : { registry: { url: registryUrl } };
  return { id: 'test-kafka', kind: 'kafka', name: 'Test Kafka', brokers: kafka.brokers, ...registry };
}
