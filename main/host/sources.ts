import type { AppContract } from '../../shared/contract/contract';
import type { Handlers } from '../../shared/contract/define';
import { type Dialect, isFiles } from '../../shared/document/dialect';
import { isClusterOnly } from '../../shared/document/formats';
import type { Connector } from '../../shared/ports/connector';
import type { CancelSignal } from '../../shared/ports/signal';
import { abortable } from '../http/abortable';
import { fileDialect } from '../reading/file-dialect';
import { coverShapes } from '../sampling/cover';
import { fileSampling } from '../sampling/file-sampling';
import { inspect, sample } from '../sampling/sample';
import { coverOnCluster, type SurveyPlace, sampleOnCluster } from '../sampling/survey-cluster';
import { coverTopic } from '../sampling/topic-cover';
import { sampleTopic } from '../sampling/topic-sample';
import { closing } from './closing';
import type { Clusters } from './clusters';
import type { Connections } from './connections';
import type { Projects } from './projects';

type Calls = Pick<Handlers<AppContract>, 'source.inspect' | 'source.sample' | 'source.shapes'>;
const ALL_MESSAGES = { method: 'all', isolation: 'committed' } as const;
type Asked = { readonly connection: string; readonly path: string; readonly dialect: Dialect };

/** Whether only a job can look at the rows, and there is a cluster that may run it. */
const isDrawnThere = (dialect: Dialect, { kind }: Connector) => isClusterOnly(dialect) && kind === 'hdfs';

/** The calls that look into a source. Paths of local files may be relative to the open project's file. */
export function createSourceHandlers(
  connections: Connections,
  clusters: Clusters,
  projects: Projects,
): Calls {
  /** Where a job looks at a source, and reports to whom it does. */
  async function surveyPlace(
    { connection, path, dialect }: Asked,
    connector: Connector,
    signal: CancelSignal,
    tell: (words: string) => void,
  ): Promise<SurveyPlace> {
    const [publisher, root] = [await clusters.publisherFor(connection), await clusters.rootOn(connection)];
    const stop = abortable(signal) ?? new AbortController().signal;
    const makePrivate = (folder: string) => clusters.makePrivate(connection, folder);
    return { publisher, connector, root, makePrivate, path, dialect, signal: stop, tell };
  }

  return {
    'source.inspect': ({ connection, path }, { signal }) =>
      closing(connections.connect(connection), (connector) =>
        inspect(connector, projects.absolute(connection, path), abortable(signal)),
      ),
    'source.shapes': async ({ connection, path, dialect: stated, on, messages }, { signal, progress }) => {
      if (!isFiles(stated))
        return closing(connections.topics(connection), (topics) =>
          coverTopic({
            ...{ topics, topic: path, dialect: stated, messages: messages ?? ALL_MESSAGES },
            ...{ signal: abortable(signal), onProgress: progress },
          }),
        );
      return closing(connections.connect(connection), async (connector) => {
        const dialect = fileDialect(stated, path);
        if (on === 'cluster' || isDrawnThere(dialect, connector)) {
          const tell = (words: string) => progress({ rows: 0, of: null, words });
          return coverOnCluster(await surveyPlace({ connection, path, dialect }, connector, signal, tell));
        }
        return coverShapes({
          ...{ connector, dialect, path: projects.absolute(connection, path) },
          signal: abortable(signal),
          onProgress: progress,
        });
      });
    },
    'source.sample': async (
      { connection, path, dialect, sampling: asked, withMessages = false },
      { signal, progress },
    ) => {
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
        if (there || isDrawnThere(dialect, connector)) {
          const tell = (words: string) => progress({ rows: 0, of: null, words });
          const place = await surveyPlace({ connection, path, dialect }, connector, signal, tell);
          return sampleOnCluster(place, sampling);
        }
        return sample({
          ...{ connector, dialect, sampling, path: projects.absolute(connection, path) },
          signal: abortable(signal),
          onProgress: progress,
        });
      });
    },
  };
}
