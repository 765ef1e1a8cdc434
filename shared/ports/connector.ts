import type { CancelSignal } from './signal';

/**
 * A file or folder of a source. `size` in bytes, 0 for a folder; `modified` ISO 8601, UTC. Who owns it and its
 * permission (octal, such as `644`) where the source tells.
 */
export type Entry = {
  path: string;
  name: string;
  kind: 'file' | 'folder';
  size: number;
  modified: string;
  owner?: string;
  group?: string;
  permission?: string;
};

/**
 * `offset` and `length` in bytes; without `length`, to the end of the file. `of`: the file as it was found before;
 * one that has been replaced since fails as `changed`, so that parts read at several times belong together. `assumed`:
 * it is taken to be that file without asking for every part; whoever reads many of them asks `stat` when all are read.
 */
export type ByteRange = {
  offset?: number;
  length?: number;
  of?: Pick<Entry, 'size' | 'modified'> | undefined;
  assumed?: boolean;
  signal?: CancelSignal | undefined;
};

/**
 * Read access to a tree of files. Paths are absolute and opaque: use those of entries.
 *
 * Failures are `Fault`s whose code is the connector's kind and one of: `not-found`, `permission-denied`,
 * `not-a-file`, `not-a-folder`, `bad-name`, `range` (an offset past the end), `truncated` (fewer bytes came than
 * the file held), `changed` (replaced while it was read), or one of its own. An aborted call throws its signal's reason.
 */
export interface Connector {
  readonly kind: 'local' | 'hdfs';
  /** Where browsing begins. */
  home(signal?: CancelSignal): Promise<string>;
  /** What a folder holds, in no stated order. */
  list(path: string, signal?: CancelSignal): AsyncIterable<Entry>;
  /** What is at a path, or null when nothing is. */
  stat(path: string, signal?: CancelSignal): Promise<Entry | null>;
  /** A file's bytes as a stream; stopping early frees what it holds. */
  open(path: string, range?: ByteRange): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}
