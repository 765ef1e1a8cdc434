import { type FileHandle, open, opendir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { Fault, isFault } from '../../../shared/contract/errors';
import type { ByteRange, Connector, Entry } from '../../../shared/ports/connector';
import type { CancelSignal } from '../../../shared/ports/signal';
import { localFault } from './faults';

const CHUNK_BYTES = 256 * 1024;

function stopIfAborted(signal: CancelSignal | undefined): void {
  if (signal?.aborted) throw signal.reason;
}

function checked(file: string): string {
  if (!path.isAbsolute(file) || file.includes('\0')) throw localFault('ENAMETOOLONG', file);
  return file;
}

/** The entry at a path, links followed; null for what is neither file nor folder. */
async function entryAt(file: string): Promise<Entry | null> {
  const found = await stat(file);
  if (!found.isFile() && !found.isDirectory()) return null;
  return {
    path: file,
    name: path.basename(file),
    kind: found.isDirectory() ? 'folder' : 'file',
    size: found.isDirectory() ? 0 : found.size,
    modified: found.mtime.toISOString(),
  };
}

async function entryOrNull(file: string): Promise<Entry | null> {
  try {
    return await entryAt(checked(file));
  } catch (error) {
    const fault = localFault(error, file);
    if (isFault(fault, 'local.not-found', 'local.not-a-folder')) return null;
    throw fault;
  }
}

async function* list(folder: string, signal?: CancelSignal): AsyncGenerator<Entry> {
  stopIfAborted(signal);
  try {
    for await (const { name } of await opendir(checked(folder))) {
      stopIfAborted(signal);
      // null: a broken link, a device, or gone since
      const entry = await entryOrNull(path.join(folder, name));
      if (entry) yield entry;
    }
  } catch (error) {
    stopIfAborted(signal);
    throw localFault(error, folder);
  }
}

function changed(file: string): Fault {
  return new Fault({
    code: 'local.changed',
    message: `${file} was replaced or changed while it was read.`,
    unaffected: 'Nothing was changed.',
    advice: 'Read it again when whoever writes it has finished.',
    place: { path: file },
  });
}

async function* read(handle: FileHandle, file: string, { offset = 0, length, of, signal }: ByteRange) {
  const found = await handle.stat();
  if (of && (found.size !== of.size || found.mtime.toISOString() !== of.modified)) throw changed(file);
  if (offset > found.size) {
    throw new Fault({
      code: 'local.range',
      message: `${file} ends at byte ${found.size}, before byte ${offset}.`,
      unaffected: 'Nothing was changed.',
      advice: 'Read the file again from its start; it may have changed.',
      place: { path: file, offset },
    });
  }
  const end = Math.min(found.size, offset + (length ?? Number.POSITIVE_INFINITY));
  for (let at = offset; at < end; ) {
    stopIfAborted(signal);
    const chunk = new Uint8Array(Math.min(CHUNK_BYTES, end - at));
    const { bytesRead } = await handle.read(chunk, 0, chunk.byteLength, at);
    if (bytesRead === 0) {
      throw new Fault({
        code: 'local.truncated',
        message: `${file} became shorter while it was read: ${end - at} bytes are missing.`,
        unaffected: 'Nothing was changed.',
        advice: 'Read it again when whoever writes it has finished.',
        place: { path: file, offset: at },
      });
    }
    at += bytesRead;
    yield chunk.subarray(0, bytesRead);
  }
  // What is appended meanwhile does no harm; what is overwritten does.
  const after = await handle.stat();
  if (after.mtimeMs !== found.mtimeMs && (of !== undefined || after.size <= found.size)) throw changed(file);
}

async function* openFile(file: string, range: ByteRange = {}): AsyncGenerator<Uint8Array> {
  stopIfAborted(range.signal);
  let handle: FileHandle | undefined;
  try {
    // opening a pipe would wait for its writer
    if ((await entryAt(checked(file)))?.kind !== 'file') throw localFault('EISDIR', file);
    handle = await open(file, 'r');
    yield* read(handle, file, range);
  } catch (error) {
    stopIfAborted(range.signal);
    throw localFault(error, file);
  } finally {
    await handle?.close();
  }
}

/** The files of this machine. */
export function createLocalConnector(): Connector {
  return {
    kind: 'local',
    home: async () => homedir(),
    list,
    async stat(file, signal) {
      stopIfAborted(signal);
      return entryOrNull(file);
    },
    open: openFile,
    close: async () => {},
  };
}
