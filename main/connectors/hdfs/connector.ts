import type { Connector, Entry } from '../../../shared/ports/connector';
import { abortable } from '../../http/abortable';
import type { HdfsEntry } from './answers';
import { createWebHdfs, type WebHdfsOptions } from './webhdfs';

function toEntry({ replication: _, blockSize: __, ...entry }: HdfsEntry): Entry {
  return entry;
}

/** HDFS as a source. Where the user has no home folder, browsing begins at the root. */
export function createHdfsConnector(options: WebHdfsOptions): Connector {
  const hdfs = createWebHdfs(options);
  return {
    kind: 'hdfs',
    async home(signal) {
      const cancel = { signal: abortable(signal) };
      const home = await hdfs.homeFolder(cancel);
      return (await hdfs.status(home, cancel))?.kind === 'folder' ? home : '/';
    },
    async *list(path, signal) {
      for await (const entry of hdfs.list(path, { signal: abortable(signal) })) yield toEntry(entry);
    },
    async stat(path, signal) {
      const entry = await hdfs.status(path, { signal: abortable(signal) });
      return entry && toEntry(entry);
    },
    open: (path, { signal, ...range } = {}) => hdfs.open(path, { ...range, signal: abortable(signal) }),
    async close() {
      hdfs.close();
    },
  };
}
