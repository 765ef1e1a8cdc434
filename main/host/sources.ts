import type { AppContract } from '../../shared/contract/contract';
import type { Handlers } from '../../shared/contract/define';
import { abortable } from '../http/abortable';
import { fileDialect } from '../reading/file-dialect';
import { coverShapes } from '../sampling/cover';
import { fileSampling } from '../sampling/file-sampling';
import { inspect, sample } from '../sampling/sample';
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
      const connector = await connections.connect(connection);
      try {
        return await sample({
          connector,
          path: projects.absolute(connection, path),
          dialect: fileDialect(dialect, path),
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
