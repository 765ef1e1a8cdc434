import { randomUUID } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeFault } from '../connectors/local/faults';

/** Who may read and write a file that is new; one that is replaced keeps what it had. */
const OWN = 0o600;

/**
 * Writes a file so that readers see the old content or the new, never a part; on disk when it returns. A link is
 * followed. Throws a Fault that names the file.
 */
export async function writeAtomically(file: string, content: string | Uint8Array): Promise<void> {
  try {
    const target = await realpath(file).catch(() => file);
    await replace(target, content);
  } catch (error) {
    throw writeFault(error, file);
  }
}

async function replace(file: string, content: string | Uint8Array): Promise<void> {
  const mode = await stat(file).then(
    (found) => found.mode & 0o777,
    () => OWN,
  );
  const temporary = `${file}.${randomUUID().slice(0, 8)}.part`;
  try {
    const handle = await open(temporary, 'wx', OWN);
    try {
      await handle.writeFile(content);
      await handle.chmod(mode);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  const folder = await open(dirname(file), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
