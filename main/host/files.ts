import type { AppContract } from '../../shared/contract/contract';
import type { Handlers } from '../../shared/contract/define';
import type { Entry } from '../../shared/ports/connector';
import { abortable } from '../http/abortable';
import type { Connections } from './connections';

const BATCH = 1_000;
/** Entries wait no longer than this for others, in milliseconds. */
const PATIENCE = 250;

async function* inBatches(entries: AsyncIterable<Entry>): AsyncGenerator<Entry[]> {
  let batch: Entry[] = [];
  let since = Date.now();
  for await (const entry of entries) {
    batch.push(entry);
    if (batch.length < BATCH && Date.now() - since < PATIENCE) continue;
    yield batch;
    batch = [];
    since = Date.now();
  }
  if (batch.length > 0) yield batch;
}

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
    'files.list': async ({ connection, path }, { signal, progress }) => {
      const connector = await connections.connect(connection);
      try {
        let count = 0;
        for await (const entries of inBatches(connector.list(path, abortable(signal)))) {
          count += entries.length;
          progress({ entries });
        }
        return { count };
      } finally {
        await connector.close();
      }
    },
  };
}
