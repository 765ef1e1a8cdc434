import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { freePorts } from './ports.mjs';
import { writeProperties } from './site.mjs';

/**
 * Starts Livy. Its batches run on the cluster's YARN, or without YARN in a local[2] Spark of their own.
 * @param {import('./workspace.mjs').Workspace} workspace
 * @param {object} options
 * @param {Awaited<ReturnType<import('./hadoop.mjs').startHadoop>>} options.hadoop
 * @param {{ sparkHome: string, python: string }} options.spark
 * @param {string} options.classPath
 * @param {number} options.retainSeconds how long a finished batch is remembered
 */
export async function startLivy(workspace, { hadoop, spark, classPath, retainSeconds }) {
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const home = path.join(workspace.directory, 'livy');
  const confFolder = path.join(home, 'conf');
  const sparkConfFolder = path.join(workspace.directory, 'spark-conf');
  const yarn = hadoop.yarnUrl !== null;

  writeProperties(
    path.join(confFolder, 'livy.conf'),
    {
      'livy.server.host': '127.0.0.1',
      'livy.server.port': port,
      'livy.spark.master': yarn ? 'yarn' : 'local[2]',
      'livy.spark.deploy-mode': yarn ? 'cluster' : 'client',
      'livy.server.yarn.poll-interval': '1s',
      'livy.server.session.state-retain.sec': `${retainSeconds}s`,
    },
    ' = ',
  );
  writeProperties(path.join(confFolder, 'livy-client.conf'), {}, ' = ');
  copyFileSync(path.join(import.meta.dirname, 'log4j.properties'), path.join(confFolder, 'log4j.properties'));
  mkdirSync(path.join(home, 'logs'));
  writeProperties(path.join(sparkConfFolder, 'spark-defaults.conf'), sparkDefaults(workspace, spark), ' ');

  let server;
  async function start() {
    server = workspace.spawn(
      'livy',
      workspace.java,
      [
        ...['-Xmx256m', ...workspace.jvmFlags],
        ...[
          '-cp',
          `${confFolder}:${hadoop.hadoopConfFolder}:${classPath}`,
          'org.apache.livy.server.LivyServer',
        ],
      ],
      {
        LIVY_HOME: home,
        LIVY_CONF_DIR: confFolder,
        HADOOP_CONF_DIR: hadoop.hadoopConfFolder,
        SPARK_HOME: spark.sparkHome,
        SPARK_CONF_DIR: sparkConfFolder,
        SPARK_LOCAL_IP: '127.0.0.1',
        SPARK_SUBMIT_OPTS: workspace.jvmFlags.join(' '),
        PYSPARK_PYTHON: spark.python,
      },
    );
    await server.until(async () => (await fetch(`${url}/batches`).catch(() => null))?.ok === true, 120_000);
  }
  await start();
  return {
    url,
    start,
    /** Ends the server in an orderly way: it forgets its batches and kills those still running. */
    stop: () => server.end('SIGTERM'),
    /** Ends the server as a crash would: it forgets its batches, which go on in YARN. */
    crash: () => server.end('SIGKILL'),
  };
}

/** What a cluster's own spark-defaults.conf would hold, so that whoever submits a batch need not know it. */
function sparkDefaults({ directory, jvmFlags }, { sparkHome, python }) {
  const environment = { PYSPARK_PYTHON: python, SPARK_LOCAL_IP: '127.0.0.1' };
  return {
    'spark.yarn.jars': `local:${sparkHome}/jars/*`,
    'spark.yarn.maxAppAttempts': 1,
    'spark.yarn.scheduler.heartbeat.interval-ms': 500,
    'spark.yarn.scheduler.initial-allocation.interval': '100ms',
    ...prefixed('spark.yarn.appMasterEnv.', environment),
    ...prefixed('spark.executorEnv.', environment),
    'spark.pyspark.python': python,
    'spark.driver.memory': '768m',
    'spark.driver.extraJavaOptions': jvmFlags.join(' '),
    'spark.executor.instances': 1,
    'spark.executor.cores': 2,
    'spark.executor.memory': '1g',
    'spark.executor.extraJavaOptions': jvmFlags.join(' '),
    'spark.local.dir': path.join(directory, 'tmp'),
    'spark.sql.shuffle.partitions': 4,
    'spark.ui.enabled': false,
  };
}

function prefixed(prefix, entries) {
  return Object.fromEntries(Object.entries(entries).map(([name, value]) => [`${prefix}${name}`, value]));
}
