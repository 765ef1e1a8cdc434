import { ensureCluster } from '../../build/setup/cluster.mjs';
import { ensureSpark } from '../../build/setup/spark.mjs';
import { startHadoop } from './hadoop.mjs';
import { startLivy } from './livy.mjs';
import { openWorkspace } from './workspace.mjs';

// In the order of starting. Each takes the workspace, what was asked for, what has started so far and what the
// set-up found, and answers its name and what it adds to the cluster's description; null says it is not wanted.
// One service more is a file beside this one, a line here and its connection below.
const services = [hadoopService, livyService];

/** See start.d.mts. */
export async function startCluster(options = {}) {
  const log = options.log ?? (() => {});
  const wanted = { yarn: true, livy: options.yarn ?? true, livyRetainSeconds: 600, ...options };
  const found = {
    classPaths: await ensureCluster({ log }),
    spark: wanted.livy ? await ensureSpark({ log }) : null,
  };
  const workspace = openWorkspace();
  const cluster = { user: workspace.user, directory: workspace.directory, livyUrl: null, livy: null };
  try {
    for (const start of services) {
      const since = Date.now();
      const started = await start(workspace, wanted, cluster, found);
      if (started === null) continue;
      Object.assign(cluster, started.adds);
      log(`${started.name} ready in ${((Date.now() - since) / 1000).toFixed(1)} s`);
    }
  } catch (error) {
    await workspace.close();
    throw error;
  }
  return { ...cluster, connections: connectionsOf(cluster), stop: () => workspace.close() };
}

async function hadoopService(workspace, { yarn }, _cluster, { classPaths }) {
  return {
    name: yarn ? 'HDFS and YARN' : 'HDFS',
    adds: await startHadoop(workspace, { yarn, classPath: classPaths.hadoop }),
  };
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

function connectionsOf({ webhdfsUrl, user, livyUrl, yarnUrl }) {
  const jobs = livyUrl === null || yarnUrl === null ? {} : { livy: livyUrl, yarn: yarnUrl };
  const { origin } = new URL(webhdfsUrl);
  return [{ id: 'test-cluster', kind: 'hdfs', name: 'Test cluster', webhdfs: origin, user, ...jobs }];
}
