import type { AppContract } from '../../shared/contract/contract';
import type { Handlers } from '../../shared/contract/define';
import type { Entry } from '../../shared/ports/connector';
import { abortable } from '../http/abortable';
import type { Connections } from './connections';

const MOST_LISTED = 10_000;

const byName = (a: Entry, b: Entry) =>
  a.kind === b.kind ? (a.name < b.name ? -1 : a.name > b.name ? 1 : 0) : a.kind === 'folder' ? -1 : 1;

type Calls = Pick<Handlers<AppContract>, 'files.home' | 'files.list'>;

/** The calls about the files of connections. */
export function createFileHandlers(connections: Connections): Calls {
  return {
    'files.home': async ({ connection }, { signal }) => {
      const connector = await connections.connect(connection);
      try {
        return { path: await connector.home(abortable(signal)) };
      } finally {
        await connector.close();
      }
    },
    'files.list': async ({ connection, path }, { signal }) => {
      const connector = await connections.connect(connection);
      try {
        const entries: Entry[] = [];
        let more = 0;
        for await (const entry of connector.list(path, abortable(signal))) {
          if (entries.length < MOST_LISTED) entries.push(entry);
          else more += 1;
        }
        return { entries: entries.sort(byName), more };
      } finally {
        await connector.close();
      }
    },
  };
}
