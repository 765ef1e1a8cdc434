import { kafkaConnectionSchema } from '../../shared/connections/kafka';
import type { AppContract } from '../../shared/contract/contract';
import type { Handlers } from '../../shared/contract/define';
import { Fault } from '../../shared/contract/errors';
import { type Dialect, isFiles } from '../../shared/document/dialect';
import { isClusterOnly } from '../../shared/document/formats';
import type { TopicScan } from '../../shared/document/topic-sampling';
import type { MessagesDialect } from '../../shared/messages/dialect';
import type { Connector } from '../../shared/ports/connector';
import type { CancelSignal } from '../../shared/ports/signal';
import type { Topics } from '../../shared/ports/topics';
import { abortable } from '../http/abortable';
import { accessObstacles, streamAccess, usesRegistry } from '../publish/stream-access';
import { fileDialect } from '../reading/file-dialect';
import { coverShapes } from '../sampling/cover';
import { fileSampling } from '../sampling/file-sampling';
import { inspect, sample } from '../sampling/sample';
import { coverOnCluster, sampleOnCluster } from '../sampling/survey-cluster';
import { coverTopic } from '../sampling/topic-cover';
import { sampleTopic } from '../sampling/topic-sample';
import { coverTopicOnCluster } from '../sampling/topic-survey';
import { closing } from './closing';
import type { Clusters } from './clusters';
import type { Connections } from './connections';
import type { Projects } from './projects';

type Calls = Pick<Handlers<AppContract>, 'source.inspect' | 'source.sample' | 'source.shapes'>;
const ALL_MESSAGES = { method: 'all', isolation: 'committed' } as const;
type AskedTopic = {
  readonly connection: string;
  readonly path: string;
  readonly dialect: MessagesDialect;
  readonly messages: TopicScan;
};
/** Whoever waits for an answer. */
type Told = {
  readonly signal: CancelSignal;
  readonly progress: (told: { rows: number; of: number | null; words: string }) => void;
};

/** Whether only a job can look at the rows, and there is a cluster that may run it. */
const isDrawnThere = (dialect: Dialect, { kind }: Connector) => isClusterOnly(dialect) && kind === 'hdfs';

/** The calls that look into a source. Paths of local files may be relative to the open project's file. */
export function createSourceHandlers(
  connections: Connections,
  clusters: Clusters,
  projects: Projects,
): Calls {
  /** Jobs of a cluster that look at rows, and who is told what they do. */
  async function jobsOn(cluster: string, connector: Connector, { signal, progress }: Told) {
    const [publisher, root] = [await clusters.publisherFor(cluster), await clusters.rootOn(cluster)];
    const stop = abortable(signal) ?? new AbortController().signal;
    const makePrivate = (folder: string) => clusters.makePrivate(cluster, folder);
    const tell = (words: string) => progress({ rows: 0, of: null, words });
    return { publisher, connector, root, makePrivate, signal: stop, tell };
  }

  /** Lists the shapes of messages by a job of a cluster, which signs in as the connection to Kafka does. */
  async function coverThere(asked: AskedTopic, topics: Topics, cluster: string, told: Told) {
    const kafka = kafkaConnectionSchema.parse(await connections.find(asked.connection));
    const { dialect, path: topic, messages } = asked;
    const [obstacle] = accessObstacles(kafka, dialect);
    if (obstacle !== undefined)
      throw new Fault({
        ...{ code: 'publish.obstacle', message: obstacle, unaffected: 'Nothing was submitted.' },
        advice: 'Change the connection, or scan here.',
      });
    const { brokers } = kafka;
    const registry = usesRegistry(dialect) ? (kafka.registry?.url ?? null) : null;
    const access = await streamAccess(kafka, connections.secretsOf(kafka), { brokers, registry });
    return closing(connections.connect(cluster), async (connector) =>
      coverTopicOnCluster({
        ...(await jobsOn(cluster, connector, told)),
        ...{ topics, topic, dialect, messages, brokers, registry, access },
      }),
    );
  }

  return {
    'source.inspect': ({ connection, path }, { signal }) =>
      closing(connections.connect(connection), (connector) =>
        inspect(connector, projects.absolute(connection, path), abortable(signal)),
      ),
    'source.shapes': async (asked, told) => {
      const { connection, path, dialect: stated, on, cluster = connection, messages = ALL_MESSAGES } = asked;
      const { signal, progress } = told;
      if (!isFiles(stated))
        return closing(connections.topics(connection), (topics) =>
          on === 'cluster'
            ? coverThere({ connection, path, dialect: stated, messages }, topics, cluster, told)
            : coverTopic({
                ...{ topics, topic: path, dialect: stated, messages },
                ...{ signal: abortable(signal), onProgress: progress },
              }),
        );
      return closing(connections.connect(connection), async (connector) => {
        const dialect = fileDialect(stated, path);
        if (on === 'cluster' || isDrawnThere(dialect, connector))
          return coverOnCluster({ ...(await jobsOn(connection, connector, told)), path, dialect });
        return coverShapes({
          ...{ connector, dialect, path: projects.absolute(connection, path) },
          signal: abortable(signal),
          onProgress: progress,
        });
      });
    },
    'source.sample': async ({ connection, path, dialect, sampling: asked, withMessages = false }, told) => {
      const { signal, progress } = told;
      if (!isFiles(dialect))
        return closing(connections.topics(connection), (topics) =>
          sampleTopic({
            ...{ topics, topic: path, dialect, sampling: asked, withMessages },
            ...{ signal, onProgress: progress },
          }),
        );
      return closing(connections.connect(connection), async (connector) => {
        const sampling = fileSampling(asked, path);
        const there = 'on' in sampling && sampling.on === 'cluster';
        if (there || isDrawnThere(dialect, connector))
          return sampleOnCluster({ ...(await jobsOn(connection, connector, told)), path, dialect }, sampling);
        return sample({
          ...{ connector, dialect, sampling, path: projects.absolute(connection, path) },
          signal: abortable(signal),
          onProgress: progress,
        });
      });
    },
  };
}
