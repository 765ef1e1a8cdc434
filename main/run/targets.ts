import { access, constants, lstat, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Fault, isFault } from '../../shared/contract/errors';
import { isDiskFull } from '../connectors/local/faults';

/** A file to be written: under a name of its own until everything is in order. */
export type Target = { readonly named: string; readonly path: string; readonly part: string };

const refuse = (file: string, message: string, advice: string, code = 'target.refused') =>
  new Fault({
    code,
    message: `${file}: ${message}`,
    unaffected: 'Nothing was written.',
    advice,
    place: { file },
  });

/** Prepares a file to be written. Throws a fault where its folder is missing or not to be written to. */
export async function prepareTarget(named: string, runId: string, overwrite: boolean): Promise<Target> {
  const wanted = path.resolve(named);
  let folder: string;
  try {
    folder = await realpath(path.dirname(wanted));
    await access(folder, constants.W_OK);
  } catch {
    throw refuse(named, 'its folder does not exist or cannot be written to.', 'Choose another folder.');
  }
  const file = path.join(folder, path.basename(wanted));
  const found = await lstat(file).catch(() => null);
  if (found && (await stat(file).catch(() => found)).isDirectory())
    throw refuse(named, 'it is a folder.', 'Name a file.');
  if (found && !overwrite)
    throw refuse(
      named,
      'it exists already.',
      'Choose another name, or allow it to be replaced.',
      'target.exists',
    );
  return { named, path: file, part: path.join(folder, `.${path.basename(file)}.${runId}.part`) };
}

/** Throws a fault when a run would write into the folder that it reads. */
export function assertOutside(input: { named: string; path: string }, targets: readonly Target[]): void {
  for (const { named, path: file } of targets) {
    if (!file.startsWith(`${input.path}${path.sep}`)) continue;
    throw refuse(
      named,
      `it would be one of the files of ${input.named}, which is read.`,
      'Choose another folder.',
    );
  }
}

/** Throws a fault when two of the files of a run are the same. */
export function assertDistinct(files: readonly { named: string; path: string }[]): void {
  for (const [index, { path: one, named }] of files.entries()) {
    const other = files.slice(0, index).find((earlier) => earlier.path === one);
    if (!other) continue;
    const same = other.named === named ? 'it is named twice' : `it is the same file as ${other.named}`;
    throw refuse(named, `${same}, and a run reads and writes each file once.`, 'Name another file.');
  }
}

/** Puts the finished parts in their places. If one cannot be, those before it are taken away again. */
export async function publishTargets(targets: readonly Target[]): Promise<void> {
  const placed: Target[] = [];
  try {
    for (const target of targets) {
      await rename(target.part, target.path);
      placed.push(target);
    }
  } catch (error) {
    for (const { path: file } of placed) await rm(file, { force: true });
    throw error;
  }
}

/** Removes whatever parts there are. */
export async function removeParts(targets: readonly Target[]): Promise<void> {
  for (const { part } of targets) await rm(part, { force: true });
}

/** Writes the whole text of a part. */
export async function writePart(target: Target, text: string): Promise<void> {
  await writeFile(target.part, text).catch((error: unknown) => {
    throw isDiskFull(error) ? fullDisk(target, error) : error;
  });
}

const fullDisk = ({ named }: Target, cause: unknown) =>
  new Fault({
    code: 'engine.disk-full',
    message: `${named}: the disk is full.`,
    place: { path: named },
    unaffected: 'Nothing was written.',
    advice: 'Free some space, or write to another disk, then run again.',
    cause,
  });

/** The fault of a disk that ran full over one of the targets names it as the caller did; others stay as they are. */
export function withTargetNamed(error: unknown, targets: readonly Target[]): unknown {
  if (!isFault(error, 'engine.disk-full')) return error;
  const target = targets.find(({ part }) => part === error.place?.file);
  return target ? fullDisk(target, error) : error;
}
