import { type HdfsConnection, hdfsConnectionSchema } from '../../../shared/connections/hdfs';
import { firstRead } from '../first-read';
import { defineKind, type FindSecret, type TestStep } from '../kind';
import { readPem } from '../pem';
import { networkSteps, targetOf } from '../probe';
import { serviceAnswers } from '../service-answers';
import { createHdfsConnector } from './connector';
import { webHdfsOptions } from './settings';
import { createWebHdfs } from './webhdfs';

const files = async (connection: HdfsConnection, secret: FindSecret) =>
  createHdfsConnector(await webHdfsOptions(connection, secret));

function* steps(connection: HdfsConnection, secret: FindSecret): Iterable<TestStep> {
  const { nameNodes, ca, livy, yarn } = connection;
  const trust = async () => (ca ? { ca: await readPem(ca) } : {});
  const encrypted = nameNodes.every((address) => address.startsWith('https:'));
  yield* networkSteps(nameNodes.map(targetOf), encrypted ? trust : null);
  yield {
    title: 'Signed in',
    async run(signal) {
      const hdfs = createWebHdfs(await webHdfsOptions(connection, secret));
      try {
        return `HDFS knows ${connection.user}; the home folder is ${await hdfs.homeFolder({ signal })}.`;
      } finally {
        hdfs.close();
      }
    },
  };
  yield firstRead(() => files(connection, secret));
  if (livy !== undefined) yield serviceAnswers('Livy', livy, '/batches?size=1');
  if (yarn !== undefined) yield serviceAnswers('YARN', yarn, '/ws/v1/cluster/info');
}

/** HDFS as a kind of connection. */
export const hdfsKind = defineKind('hdfs', hdfsConnectionSchema, { files, steps });
