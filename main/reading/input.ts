import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { Fault } from '../../shared/contract/errors';
import type { Dialect } from '../../shared/document/dialect';
import { createLocalConnector } from '../connectors/local/connector';
import { type DataSet, listDataSet } from './data-set';
import { assertUnchanged, type Fingerprint, type InputFile, openInput } from './file';
import { openDataSet } from './many-files';
import type { ReadContext, Source } from './reader';
import { openSource } from './source';

/** What a run reads: a file, or a folder as one data set. Paths are real and absolute. */
export type Input = {
  readonly path: string;
  /** As the caller named it. */
  readonly named: string;
  readonly fingerprint: Fingerprint;
  /** All files that are read. */
  readonly files: readonly string[];
  readonly isFolder: boolean;
  /** `as`: what a file stands for, where it is a copy; a folder stands for itself. */
  source(
    dialect: Dialect,
    context: ReadContext,
    as?: Partial<Pick<InputFile, 'named' | 'original'>>,
  ): Promise<Source>;
  /** Throws a fault when it is no longer what it was when it was opened. */
  assertUnchanged(): Promise<void>;
  close(): Promise<void>;
};

const fileInput = (file: InputFile): Input => ({
  ...{ path: file.path, named: file.named, fingerprint: file.fingerprint, files: [file.path] },
  isFolder: false,
  source: (dialect, context, as) => openSource({ ...file, ...as }, dialect, context),
  assertUnchanged: () => assertUnchanged(file),
  close: () => file.handle.close(),
});

async function listed(folder: string): Promise<DataSet> {
  const { keys, files } = await listDataSet(createLocalConnector(), folder);
  return {
    keys,
    files: await Promise.all(files.map(async (one) => ({ ...one, path: await realpath(one.path) }))),
  };
}

const marks = ({ files }: DataSet) => JSON.stringify(files.map((one) => [one.path, one.size, one.modified]));

async function folderInput(named: string, folder: string): Promise<Input> {
  const set = await listed(folder);
  const modified = set.files.map((one) => one.modified).sort();
  return {
    ...{ path: folder, named, files: set.files.map((one) => one.path) },
    fingerprint: {
      bytes: set.files.reduce((sum, { size }) => sum + size, 0),
      modified: modified.at(-1) ?? '',
      identity: marks(set),
    },
    isFolder: true,
    source: (dialect, context) => openDataSet(set, dialect, context),
    async assertUnchanged() {
      if (marks(await listed(folder)) === marks(set)) return;
      throw new Fault({
        code: 'source.changed',
        message: `${named}: files of this folder changed while it was read.`,
        unaffected: 'Nothing was written.',
        advice: 'Run again when whoever writes them has finished.',
        place: { file: named },
      });
    },
    close: async () => {},
  };
}

/** Opens a file or a folder to be read as a whole; close it. Faults: `local.*`, `source.*`. */
export async function openInputAt(named: string): Promise<Input> {
  const real = await realpath(path.resolve(named)).catch(() => null);
  if (real !== null && (await stat(real)).isDirectory()) return folderInput(named, real);
  return fileInput(await openInput(named));
}
