import type { Connector, Entry } from '../../../shared/ports/connector';
import type { HdfsEntry } from './answers';
import { createWebHdfs, type WebHdfsOptions } from './webhdfs';

function toEntry({ path, name, kind, size, modified }: HdfsEntry): Entry {
  return { path, name, kind, size, modified };
}

/** HDFS as a source. Where the user has no home folder, browsing begins at the root. */
export function createHdfsConnector(options: WebHdfsOptions): Connector {
  const hdfs = createWebHdfs(options);
  return {
    kind: 'hdfs',
    async home(signal) {
      const home = await hdfs.homeFolder({ signal });
      return (await hdfs.status(home, { signal }))?.kind === 'folder' ? home : '/';
    },
    async *list(path, signal) {
      for await (const entry of hdfs.list(path, { signal })) yield toEntry(entry);
    },
    async stat(path, signal) {
      const entry = await hdfs.status(path, { signal });
      return entry && toEntry(entry);
    },
    open: hdfs.open,
    async close() {
      hdfs.close();
    },
  };
}
