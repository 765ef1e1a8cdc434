import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Fault, isFault } from '../../shared/contract/errors';
import { isDiskFull } from '../connectors/local/faults';

const ELSEWHERE = 'Free some space there, or name another folder in TMPDIR.';

/** A fault of the disk says what ran full: a file that was named before, or else the temporary folder. */
function named(error: unknown): unknown {
  if (isFault(error, 'engine.disk-full') ? error.place?.path !== undefined : !isDiskFull(error)) return error;
  return new Fault({
    code: 'engine.disk-full',
    message: `${tmpdir()}: the disk is full.`,
    place: { path: tmpdir() },
    unaffected: 'Nothing was written.',
    advice: ELSEWHERE,
    cause: error,
  });
}

async function make(): Promise<string> {
  try {
    return await realpath(await mkdtemp(path.join(tmpdir(), 'dataharmonize-')));
  } catch (error) {
    throw isDiskFull(error)
      ? named(error)
      : new Fault({
          code: 'engine.temporary',
          message: `${tmpdir()}: no temporary folder can be made there.`,
          place: { path: tmpdir() },
          unaffected: 'Nothing was written.',
          advice: 'Name another folder in TMPDIR.',
          cause: error,
        });
  }
}

/**
 * Runs `use` with a folder of its own, under the system's temporary folder, that is gone afterwards. Faults:
 * `engine.temporary` where none can be made, `engine.disk-full` where there is no room in it.
 */
export async function withTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await make();
  try {
    return await use(folder);
  } catch (error) {
    throw named(error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
