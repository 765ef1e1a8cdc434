import { realpathSync } from 'node:fs';
import path from 'node:path';
import { ensureClassPaths } from './maven.mjs';
import { findProgram } from './path.mjs';

/**
 * Resolves the jars of HDFS, YARN and Livy through Maven and compiles their launcher, unless that was done before.
 * @returns {Promise<{ hadoop: string, livy: string }>} class paths
 */
export async function ensureCluster({ log }) {
  const [hadoop, livy] = await ensureClassPaths({
    poms: ['hadoop', 'livy'],
    launcher: 'Cluster.java',
    getting: 'HDFS, YARN and Livy from Maven (213 MB the first time)',
    log,
  });
  return { hadoop, livy };
}

/**
 * Resolves the jars of what HDFS is reached by in other ways: a KDC with HDFS behind it, and HttpFS.
 * @returns {Promise<{ kerberos: string, httpfs: string }>} class paths
 */
export async function ensureHdfsVariants({ log }) {
  const [kerberos, httpfs] = await ensureClassPaths({
    poms: ['kerberos', 'httpfs'],
    launcher: 'Kerberos.java',
    getting: 'a KDC and HttpFS from Maven (63 MB the first time)',
    log,
  });
  return { kerberos, httpfs };
}

/** Where the JDK is; JAVA_HOME counts. Call it once ensureCluster or ensureKafka is through. */
export function javaHome() {
  if (process.env.JAVA_HOME) return process.env.JAVA_HOME;
  const java = findProgram('java');
  if (java === null) throw new Error('java is missing: type  sudo apt-get install -y default-jdk-headless');
  return path.resolve(realpathSync(java), '../..');
}
