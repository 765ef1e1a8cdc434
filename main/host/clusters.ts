import { hashOf } from '../../shared/compile/hash';
import { secretsOf } from '../../shared/connections/connection';
import type { Connection } from '../../shared/contract/calls/connections';
import { Fault } from '../../shared/contract/errors';
import type { Publisher, StreamPublisher, TopicScanner } from '../../shared/ports/publisher';
import { besideOptions, webHdfsOptions } from '../connectors/hdfs/settings';
import { createWebHdfs } from '../connectors/hdfs/webhdfs';
import type { FindSecret } from '../connectors/kind';
import { findJobFiles } from '../publish/job-files';
import { createLivy } from '../publish/livy';
import { createLivyPublisher } from '../publish/livy-publisher';
import { createYarn } from '../publish/yarn';
import type { SparkRunner } from '../verify/spark';
import { createSparkOnCluster } from '../verify/spark-cluster';
import type { Connections } from './connections';

export type Cluster = Extract<Connection, { kind: 'hdfs' }>;

type ClusterPublisher = Publisher & StreamPublisher & TopicScanner;

/** The clusters among the connections, each with one publisher as long as its connection stays as it is. */
export type Clusters = {
  /** Throws `publish.not-a-cluster` for a connection of another kind. */
  find(id: string): Promise<Cluster>;
  /** Throws `publish.no-livy` where no job can be submitted. */
  publisherFor(id: string): Promise<ClusterPublisher>;
  /** Folder on HDFS that holds the runs of a cluster's user. */
  rootOn(id: string): Promise<string>;
  /** Makes a folder on HDFS that its user alone may look into. */
  makePrivate(id: string, path: string): Promise<void>;
  /** Runs a task on a cluster's Spark; as `publisherFor` otherwise. */
  sparkOn(id: string): SparkRunner;
  close(): void;
};

const nothing = () => {};
const rootOf = (user: string) => `/user/${user}/dataharmonize`;

async function publisherOf(cluster: Cluster, secret: FindSecret): Promise<ClusterPublisher> {
  const { user, livy, yarn, name, sparkJars } = cluster;
  if (livy === undefined) {
    throw new Fault({
      code: 'publish.no-livy',
      message: `The connection “${name}” has no Livy address, so no job can be submitted to it.`,
      unaffected: 'The rules and the sample are as they were.',
      advice: 'Add the Livy address to the connection.',
    });
  }
  return createLivyPublisher({
    hdfs: createWebHdfs(await webHdfsOptions(cluster, secret)),
    livy: createLivy(await besideOptions(cluster, livy, secret)),
    yarn: yarn === undefined ? null : createYarn({ ...(await besideOptions(cluster, yarn, secret)), user }),
    files: findJobFiles,
    root: rootOf(user),
    jars: sparkJars ?? `${rootOf(user)}/jars`,
  });
}

/** Opens the clusters among the connections. */
export function openClusters(connections: Connections): Clusters {
  const publishers = new Map<string, { made: string; publisher: Promise<ClusterPublisher> }>();
  const find = async (id: string): Promise<Cluster> => {
    const connection = await connections.find(id);
    if (connection.kind === 'hdfs') return connection;
    throw new Fault({
      code: 'publish.not-a-cluster',
      message: `“${connection.name}” is not a cluster.`,
      unaffected: 'Nothing was published.',
      advice: 'Choose an HDFS connection.',
    });
  };
  const publisherFor = async (id: string): Promise<ClusterPublisher> => {
    const connection = await find(id);
    const secret = connections.secretsOf(connection);
    const secrets = await Promise.all(secretsOf(connection).map(({ part }) => secret(part)));
    const made = hashOf({ connection, secrets });
    const known = publishers.get(id);
    if (known?.made === made) return known.publisher;
    known?.publisher.then((publisher) => publisher.close(), nothing);
    const publisher = publisherOf(connection, secret);
    publishers.set(id, { made, publisher });
    // One that could not be made, for want of a secret perhaps, is tried anew.
    publisher.catch(() => publishers.get(id)?.publisher === publisher && publishers.delete(id));
    return publisher;
  };
  return {
    find,
    publisherFor,
    rootOn: async (id) => rootOf((await find(id)).user),
    async makePrivate(id, path) {
      const cluster = await find(id);
      const hdfs = createWebHdfs(await webHdfsOptions(cluster, connections.secretsOf(cluster)));
      try {
        await hdfs.mkdirs(path, { permission: '700' });
      } finally {
        hdfs.close();
      }
    },
    sparkOn: (id) => async (task) => {
      const cluster = await find(id);
      const publisher = await publisherFor(id);
      const hdfs = createWebHdfs(await webHdfsOptions(cluster, connections.secretsOf(cluster)));
      try {
        return await createSparkOnCluster({ publisher, hdfs, root: rootOf(cluster.user) })(task);
      } finally {
        hdfs.close();
      }
    },
    close() {
      for (const { publisher } of publishers.values()) publisher.then((one) => one.close(), nothing);
    },
  };
}
