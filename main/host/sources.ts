import type { AppContract } from '../../shared/contract/contract';
import type { Handlers } from '../../shared/contract/define';
import { isFiles } from '../../shared/document/dialect';
import { abortable } from '../http/abortable';
import { fileDialect } from '../reading/file-dialect';
import { coverShapes } from '../sampling/cover';
import { fileSampling } from '../sampling/file-sampling';
import { inspect, sample } from '../sampling/sample';
import { sampleTopic } from '../sampling/topic-sample';
import type { Connections } from './connections';
import type { Projects } from './projects';

type Calls = Pick<Handlers<AppContract>, 'source.inspect' | 'source.sample' | 'source.shapes'>;

/** The calls that look into a source. Paths of local files may be relative to the open project's file. */
export function createSourceHandlers(connections: Connections, projects: Projects): Calls {
  return {
    'source.inspect': async ({ connection, path }, { signal }) => {
      const connector = await connections.connect(connection);
      try {
        return await inspect(connector, projects.absolute(connection, path), abortable(signal));
      } finally {
        await connector.close();
      }
    },
    'source.shapes': async ({ connection, path, dialect }, { signal, progress }) => {
      const connector = await connections.connect(connection);
      try {
        return await coverShapes({
          connector,
          path: projects.absolute(connection, path),
          dialect: fileDialect(dialect, path),
          signal: abortable(signal),
          onProgress: progress,
        });
      } finally {
        await connector.close();
      }
    },
    'source.sample': async ({ connection, path, dialect, sampling }, { signal, progress }) => {
      if (!isFiles(dialect)) {
        const topics = await connections.topics(connection);
        try {
          return await sampleTopic({ topics, topic: path, dialect, sampling, signal, onProgress: progress });
        } finally {
          await topics.close();
        }
      }
      const connector = await connections.connect(connection);
      try {
        return await sample({
          connector,
          path: projects.absolute(connection, path),
          dialect,
          sampling: fileSampling(sampling, path),
          signal: abortable(signal),
          onProgress: progress,
        });
      } finally {
        await connector.close();
      }
    },
  };
}
