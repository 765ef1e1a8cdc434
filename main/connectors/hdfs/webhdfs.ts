import { createSend, type HttpOptions } from '../../http/exchange';
import { createChanging } from './changing';
import { createNameNode } from './namenode';
import { parseAddress } from './path';
import { createReading } from './reading';

export type { HdfsEntry } from './answers';
export type { ContentSummary } from './reading';

export type WebHdfsOptions = HttpOptions & {
  /** `http://namenode:9870`, or a gateway's address that ends in `/webhdfs/v1`. */
  url: string;
  user: string;
  /** The `Authorization` header of a gateway; it is sent to `url`'s origin only. */
  authorization?: string;
};

/**
 * HDFS over HTTP. Paths are absolute, sizes are bytes, and every failure is a `Fault` with an `hdfs.` code,
 * except that an aborted call throws its signal's reason.
 */
export type WebHdfs = ReturnType<typeof createWebHdfs>;

/** Makes a client; connects at the first call. `close` frees its connections. Throws `hdfs.bad-address`. */
export function createWebHdfs({ url, user, authorization, ...http }: WebHdfsOptions) {
  const base = parseAddress(url);
  const { send, close } = createSend(http);
  const nameNode = createNameNode(base, { user, authorization }, send);
  const reading = createReading(nameNode, base.host);
  return { ...reading, ...createChanging(nameNode, reading), close };
}
