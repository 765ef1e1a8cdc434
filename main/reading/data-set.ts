import { Fault } from '../../shared/contract/errors';
import type { Connector, Entry } from '../../shared/ports/connector';
import type { CancelSignal } from '../../shared/ports/signal';
import { folderKey, isHidden } from '../../shared/reading/data-set';

/** A file of a data set. `inside`: its path from the data set's own; `values`: of the keys, in order. */
export type DataFile = Pick<Entry, 'path' | 'size' | 'modified'> & {
  readonly inside: string;
  readonly values: readonly (string | null)[];
};

/** Files in the order of their paths; empty ones are left out, as they hold neither rows nor columns. */
export type DataSet = { readonly keys: readonly string[]; readonly files: readonly DataFile[] };

const refuse = (path: string, message: string, advice: string, code = 'source.folders') =>
  new Fault({
    code,
    message: `${path}: ${message}`,
    place: { path },
    unaffected: 'Nothing was written.',
    advice,
  });

/** The data set that a folder is. Throws a Fault where it holds no file, or folders that are not named by keys. */
export async function listDataSet(
  connector: Connector,
  folder: string,
  signal?: CancelSignal,
): Promise<DataSet> {
  const files: (DataFile & { readonly keys: readonly string[] })[] = [];
  const look = async (path: string, way: readonly string[]): Promise<void> => {
    const entries: Entry[] = [];
    for await (const entry of connector.list(path, signal)) if (!isHidden(entry.name)) entries.push(entry);
    for (const { kind, name, path: own, size, modified } of entries) {
      if (kind === 'folder') {
        if (!folderKey(name))
          throw refuse(
            own,
            'this folder is not named by a key, as year=2024, so it is no part of the data set.',
            'Choose a folder that holds files only, or folders named by keys.',
          );
        await look(own, [...way, name]);
      } else {
        const pairs = way.flatMap((one) => folderKey(one) ?? []);
        files.push({
          ...{ path: own, size, modified, inside: [...way, name].join('/') },
          keys: pairs.map(({ key }) => key),
          values: pairs.map(({ value }) => value),
        });
      }
    }
  };
  await look(folder, []);
  const [first] = files;
  if (!first)
    throw refuse(folder, 'this folder holds no file.', 'Choose a folder with data.', 'source.empty');
  for (const one of files)
    if (one.keys.join('/') !== first.keys.join('/'))
      throw refuse(
        one.path,
        `it lies in folders of other keys than ${first.inside}.`,
        'Have all files lie in folders of the same keys.',
      );
  const filled = files.filter(({ size }) => size > 0);
  const kept = (filled.length > 0 ? filled : files.slice(0, 1)).sort((a, b) => (a.path < b.path ? -1 : 1));
  return { keys: first.keys, files: kept.map(({ keys: _, ...file }) => file) };
}
