import { ensureCluster } from '../../build/setup/cluster.mjs';
import { ensureSpark } from '../../build/setup/spark.mjs';
import { startHadoop } from './hadoop.mjs';
import { startLivy } from './livy.mjs';
import { openWorkspace } from './workspace.mjs';

// In the order of starting. Each takes the workspace, the options and what has started so far, and answers what
// it adds to the cluster's description, with `connections` for whoever wants to use it; a service more is a file
// beside this one and a line here.
const services = [hadoopService, livyService];

/** See start.d.mts. */
export async function startCluster(options = {}) {
  const log = options.log ?? (() => {});
  const wanted = { yarn: true, livy: options.yarn ?? true, livyRetainSeconds: 600, ...options };
  const parts = {
    classPaths: await ensureCluster({ log }),
    spark: wanted.livy ? await ensureSpark({ log }) : null,
  };
  const workspace = openWorkspace();
  const cluster = { user: workspace.user, directory: workspace.directory, connections: [] };
  try {
    for (const start of services) {
      const since = Date.now();
      const { name, connections, ...added } = await start(workspace, wanted, cluster, parts);
      cluster.connections.push(...connections);
      Object.assign(cluster, added);
      if (name) log(`${name} ready in ${((Date.now() - since) / 1000).toFixed(1)} s`);
    }
  } catch (error) {
    await workspace.close();
    throw error;
  }
  return { ...cluster, stop: () => workspace.close() };
}

async function hadoopService(workspace, { yarn }, _cluster, { classPaths }) {
  const { confFolder, hdfsUrl, webhdfsUrl, yarnUrl } = await startHadoop(workspace, {
    yarn,
    classPath: classPaths.hadoop,
  });
  return {
    name: yarn ? 'HDFS and YARN' : 'HDFS',
    connections: [{ id: 'hdfs', kind: 'hdfs', name: 'Test HDFS', webhdfs: webhdfsUrl, user: workspace.user }],
    hadoopConfFolder: confFolder,
    hdfsUrl,
    webhdfsUrl,
    yarnUrl,
  };
}

async function livyService(workspace, { livy, livyRetainSeconds }, cluster, { classPaths, spark }) {
  if (!livy) return { name: null, connections: [], livyUrl: null, livy: null };
  const { url, ...control } = await startLivy(workspace, {
    hadoop: { confFolder: cluster.hadoopConfFolder, yarnUrl: cluster.yarnUrl },
    spark,
    classPath: classPaths.livy,
    retainSeconds: livyRetainSeconds,
  });
  return {
    name: 'Livy',
    connections: [{ id: 'livy', kind: 'livy', name: 'Test Livy', url, yarn: cluster.yarnUrl }],
    livyUrl: url,
    livy: control,
  };
}
