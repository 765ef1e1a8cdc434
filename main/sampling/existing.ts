import { Fault } from '../../shared/contract/errors';
import type { Connector } from '../../shared/ports/connector';
import type { CancelSignal } from '../../shared/ports/signal';
import { type DataSet, listDataSet } from '../reading/data-set';

/** A source as it was found: a file, or the files of a folder. `size` in bytes of all, `modified` of the latest. */
export type Found = {
  readonly size: number;
  readonly modified: string;
  /** The files of a folder; null for a file. */
  readonly set: DataSet | null;
};

/** The file or folder at a path; a Fault where there is none. */
export async function existing(connector: Connector, path: string, signal?: CancelSignal): Promise<Found> {
  const entry = await connector.stat(path);
  if (entry?.kind === 'file') return { size: entry.size, modified: entry.modified, set: null };
  if (entry) {
    const set = await listDataSet(connector, path, signal);
    const modified = set.files.map((one) => one.modified).sort();
    const size = set.files.reduce((sum, one) => sum + one.size, 0);
    return { size, modified: modified.at(-1) ?? entry.modified, set };
  }
  throw new Fault({
    code: 'source.missing',
    message: `${path}: there is no such file.`,
    place: { path },
    unaffected: 'The project is as it was.',
    advice: 'Choose a file.',
  });
}

const marks = ({ size, modified, set }: Found) =>
  JSON.stringify([size, modified, set?.files.map((one) => [one.path, one.size, one.modified])]);

/** Throws a Fault when a source was replaced while it was read. */
export async function assertSame(connector: Connector, path: string, before: Found): Promise<void> {
  const now = await existing(connector, path).catch(() => null);
  if (now && marks(now) === marks(before)) return;
  throw new Fault({
    code: 'source.changed',
    message: `${path} changed while it was read.`,
    place: { path },
    unaffected: 'The rules are as they were.',
    advice: 'Draw the sample again when whoever writes the file has finished.',
  });
}
