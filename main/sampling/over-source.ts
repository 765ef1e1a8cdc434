import { realpath } from 'node:fs/promises';
import { Fault, isFault } from '../../shared/contract/errors';
import type { Dialect, Format } from '../../shared/document/dialect';
import { FORMATS, isClusterOnly } from '../../shared/document/formats';
import type { Connector } from '../../shared/ports/connector';
import { openNative } from '../engine/native';
import { withTemporaryFolder } from '../run/temporary-folder';
import { createDrawnTable, type DrawnTable } from './drawn-table';
import { assertSame, existing } from './existing';
import { PIECE_BYTES, WHOLE_BYTES } from './pieces';
import type { Scan } from './scan';

/** What a source is looked through for. */
export type SourceRequest = {
  readonly connector: Connector;
  readonly path: string;
  readonly dialect: Dialect;
  readonly pieceBytes?: number;
  readonly wholeBytes?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: { rows: number; of: number | null }) => void;
};

/** The fault of a format whose rows only the cluster reads. */
const clusterOnly = (path: string, format: Format): Fault =>
  new Fault({
    code: 'source.cluster-only',
    message: `${path}: ${FORMATS[format].notHere ?? 'this format is not read here.'}`,
    place: { path },
    unaffected: 'The project is as it was.',
    advice: 'Open it on HDFS, by a connection that has a Livy address, or convert it to Parquet.',
  });

/**
 * Finds a source, and opens an engine and a table of it for `work`; frees both afterwards.
 * @param of how many rows are wanted, for whoever hears of progress
 * @throws Fault `source.*`; `source.changed` where it was replaced meanwhile, whatever came of reading it
 */
export async function overSource<T>(
  request: SourceRequest,
  of: number | null,
  work: (job: Scan, table: DrawnTable) => Promise<T>,
): Promise<T> {
  const { connector, path, dialect, signal, onProgress } = request;
  const { pieceBytes = PIECE_BYTES, wholeBytes = WHOLE_BYTES } = request;
  if (isClusterOnly(dialect)) throw clusterOnly(path, dialect.format);
  const before = await existing(connector, path, signal);
  const { set } = before;
  return withTemporaryFolder(async (folder) => {
    const own = set?.files.map((one) => one.path) ?? [path];
    const files = connector.kind === 'local' ? await Promise.all(own.map((one) => realpath(one))) : [];
    const engine = await openNative({ folders: [folder], files, temporaryFolder: folder });
    try {
      const table = await createDrawnTable(engine);
      const told = (rows: number) => onProgress?.({ rows, of });
      const place = { connector, path, dialect, ...before, folder, pieceBytes, wholeBytes, signal };
      const found = await work({ ...place, engine, told }, table).catch(async (error) => {
        // Parts of two files make no sense together: that they were replaced is what is wrong with them.
        if (isFault(error) && error.code !== 'cancelled' && !signal?.aborted)
          await assertSame(connector, path, before);
        throw error;
      });
      await assertSame(connector, path, before);
      return found;
    } finally {
      await engine.close();
    }
  });
}
