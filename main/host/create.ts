import { mkdir } from 'node:fs/promises';
import type { AppContract } from '../../shared/contract/contract';
import type { Emit } from '../../shared/contract/define';
import { createAppHandlers } from './app';
import { openClusters } from './clusters';
import { createConnectionHandlers } from './connection-calls';
import { openConnectionSecrets } from './connection-secrets';
import { openConnections } from './connections';
import { dataFolder } from './data-folder';
import { createFileHandlers } from './files';
import type { Host, HostOptions } from './host';
import { createJoinHandlers } from './joins';
import { createKeyHandlers } from './keys';
import { createProjects } from './projects';
import { createPublishing } from './publishing';
import { createRunHandlers } from './runs';
import { openSafe } from './safe';
import { createSourceHandlers } from './sources';
import { createStreamHandlers } from './streams';
import { createTopicHandlers } from './topics';

/** Builds the host out of its parts: the one place that knows them all. */
export async function createHost(options: HostOptions): Promise<Host> {
  const folder = dataFolder();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const listeners = new Set<Emit<AppContract>>();
  const emit: Emit<AppContract> = (name, data) => {
    for (const listener of listeners) listener(name, data);
  };
  const safe = openSafe(folder, options.vault);
  const connections = openConnections(folder, openConnectionSecrets(safe));
  const clusters = openClusters(connections);
  const projects = createProjects(folder);
  if (options.project !== undefined) await projects.open(options.project);
  const publishing = await createPublishing(folder, {
    connections,
    clusters,
    projects,
    log: options.log,
    emit: (run) => emit('publish.changed', run),
  });
  const streams = await createStreamHandlers(folder, {
    connections,
    clusters,
    projects,
    log: options.log,
    emit: (stream) => {
      for (const listener of listeners) listener('stream.changed', stream);
    },
  });
  return {
    handlers: {
      ...createAppHandlers(options),
      ...projects.handlers,
      ...createConnectionHandlers(connections),
      ...createFileHandlers(connections),
      ...createSourceHandlers(connections, clusters, projects),
      ...createTopicHandlers(connections),
      ...createJoinHandlers(projects),
      ...createRunHandlers({ connections, clusters, projects }),
      ...publishing.handlers,
      ...streams.handlers,
      ...createKeyHandlers(safe),
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    askForProject: (path) => emit('app.projectAsked', { path }),
    async close() {
      listeners.clear();
      await publishing.close();
      await streams.close();
      clusters.close();
      await projects.close();
    },
  };
}
