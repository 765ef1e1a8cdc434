import { Fault } from '../../shared/contract/errors';
import type { WebHdfs } from '../connectors/hdfs/webhdfs';

/** Spark's connector for Kafka and what it needs that Spark lacks: artifacts, whose versions are the cluster's to choose. */
const ARTIFACTS = [
  { name: 'spark-sql-kafka-0-10', pattern: /^spark-sql-kafka-0-10_2\.1[23]-.+\.jar$/ },
  { name: 'spark-token-provider-kafka-0-10', pattern: /^spark-token-provider-kafka-0-10_2\.1[23]-.+\.jar$/ },
  { name: 'kafka-clients', pattern: /^kafka-clients-.+\.jar$/ },
  { name: 'commons-pool2', pattern: /^commons-pool2-.+\.jar$/ },
];

export type FoundJars = { readonly jars: readonly string[]; readonly lacking: readonly string[] };

/** The connector's jars in a folder on HDFS, and the artifacts that are not there. */
export async function findStreamJars(
  hdfs: WebHdfs,
  folder: string,
  cancel: { signal?: AbortSignal | undefined },
): Promise<FoundJars> {
  const there: string[] = [];
  if ((await hdfs.status(folder, cancel)) !== null)
    for await (const { name } of hdfs.list(folder, cancel)) there.push(name);
  const found = ARTIFACTS.map(({ name, pattern }) => ({
    name,
    jar: there
      .filter((one) => pattern.test(one))
      .sort()
      .at(-1),
  }));
  return {
    jars: found.flatMap(({ jar }) => (jar === undefined ? [] : `${folder}/${jar}`)),
    lacking: found.flatMap(({ name, jar }) => (jar === undefined ? name : [])),
  };
}

/** What to say where some are lacking. */
export const lackingJarsWords = (folder: string, lacking: readonly string[]): string =>
  `The cluster’s folder ${folder} lacks ${lacking.join(', ')}: put these jars there, in the version of the cluster’s Spark.`;

export function assertJars(folder: string, { jars, lacking }: FoundJars): readonly string[] {
  if (lacking.length === 0) return jars;
  throw new Fault({
    code: 'publish.jars',
    message: lackingJarsWords(folder, lacking),
    unaffected: 'Nothing was submitted.',
    advice: 'CONTRIBUTING and README name the artifacts on Maven; then try again.',
  });
}
