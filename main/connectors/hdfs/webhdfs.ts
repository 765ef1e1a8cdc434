import { createSend, type HttpOptions } from '../../http/exchange';
import { createChanging } from './changing';
import type { Identity } from './identity';
import { createNameNode } from './namenode';
import { parseAddress } from './path';
import { createReading } from './reading';

export type { HdfsEntry } from './answers';
export type { ContentSummary } from './reading';

export type WebHdfsOptions = HttpOptions &
  Identity & {
    /** `http://namenode:9870`, or a gateway's address; several of NameNodes that stand in for each other. */
    url: string | readonly string[];
  };

/**
 * HDFS over HTTP. Paths are absolute, sizes are bytes, and every failure is a `Fault` with an `hdfs.` code,
 * except that an aborted call throws its signal's reason.
 */
export type WebHdfs = ReturnType<typeof createWebHdfs>;

/** Makes a client; connects at the first call. `close` frees its connections. Throws `hdfs.bad-address`. */
export function createWebHdfs({ url, user, authorization, delegation, xsrfHeader, ...http }: WebHdfsOptions) {
  const bases = (typeof url === 'string' ? [url] : url).map(parseAddress);
  const { send, close } = createSend(http);
  const nameNode = createNameNode(bases, { user, authorization, delegation, xsrfHeader }, send);
  const reading = createReading(nameNode);
  return {
    ...reading,
    ...createChanging(nameNode, reading),
    /** Host and port of the NameNode that served last. */
    servedBy: nameNode.host,
    close,
  };
}
