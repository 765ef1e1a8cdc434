import { z } from 'zod';
import { baseName } from './path';

const fileStatus = z.object({
  pathSuffix: z.string(),
  type: z.enum(['FILE', 'DIRECTORY', 'SYMLINK']),
  length: z.int().nonnegative(),
  owner: z.string(),
  group: z.string(),
  permission: z.string(),
  modificationTime: z.number(),
  replication: z.number(),
  blockSize: z.number(),
});
type FileStatus = z.infer<typeof fileStatus>;
const statuses = z.object({ FileStatus: z.array(fileStatus) });

/** What WebHDFS answers, each checked before use. */
export const answers = {
  status: z.object({ FileStatus: fileStatus }),
  list: z.object({ FileStatuses: statuses }),
  listBatch: z.object({
    DirectoryListing: z.object({
      partialListing: z.object({ FileStatuses: statuses }),
      remainingEntries: z.int().nonnegative(),
    }),
  }),
  boolean: z.object({ boolean: z.boolean() }),
  path: z.object({ Path: z.string() }),
  contentSummary: z.object({
    ContentSummary: z.object({
      length: z.int().nonnegative(),
      fileCount: z.int().nonnegative(),
      directoryCount: z.int().nonnegative(),
      spaceConsumed: z.int().nonnegative(),
    }),
  }),
  remoteException: z.object({
    RemoteException: z.object({ exception: z.string(), message: z.string().nullish() }),
  }),
};

/** A file or folder on HDFS. `size` in bytes (0 for a folder); `permission` octal, such as `644`. */
export type HdfsEntry = {
  path: string;
  name: string;
  kind: 'file' | 'folder';
  size: number;
  owner: string;
  group: string;
  permission: string;
  /** ISO 8601, UTC. */
  modified: string;
  replication: number;
  /** Bytes. */
  blockSize: number;
};

export function toEntry(path: string, status: FileStatus): HdfsEntry {
  return {
    path,
    name: baseName(path),
    kind: status.type === 'DIRECTORY' ? 'folder' : 'file',
    size: status.length,
    owner: status.owner,
    group: status.group,
    permission: status.permission,
    modified: new Date(status.modificationTime).toISOString(),
    replication: status.replication,
    blockSize: status.blockSize,
  };
}
