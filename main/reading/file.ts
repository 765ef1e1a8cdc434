import { type FileHandle, open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { Fault } from '../../shared/contract/errors';
import type { CancelSignal } from '../../shared/ports/signal';
import { localFault } from '../connectors/local/faults';
import { cancelled } from '../engine/faults';
import type { Original } from './plain';

/** What tells one state of a file from another. `bytes` is its size, `modified` ISO 8601 in UTC. */
export type Fingerprint = { readonly bytes: number; readonly modified: string; readonly identity: string };

/** A file opened for reading, whose path is real and absolute. */
export type InputFile = {
  readonly path: string;
  /** As the caller named it. */
  readonly named: string;
  readonly handle: FileHandle;
  readonly fingerprint: Fingerprint;
  /** Its path within the data set it belongs to. */
  readonly inside?: string;
  /** Of a plain copy: the file it was made from. */
  readonly original?: Original;
};

export const CHUNK_BYTES = 1024 * 1024;

/** Hears how many records have been read so far. */
export type Told = (records: number) => void;

async function fingerprintOf(handle: FileHandle, named: string): Promise<Fingerprint> {
  const found = await handle.stat({ bigint: true });
  if (!found.isFile()) throw localFault('EISDIR', named);
  return {
    bytes: Number(found.size),
    modified: found.mtime.toISOString(),
    identity: `${found.dev}:${found.ino}:${found.mtimeNs}`,
  };
}

/** Opens a file to be read as a whole; close its handle. */
export async function openInput(named: string): Promise<InputFile> {
  let handle: FileHandle | undefined;
  try {
    const real = await realpath(path.resolve(named));
    // Opening a pipe would wait for its writer.
    if (!(await stat(real)).isFile()) throw localFault('EISDIR', named);
    handle = await open(real, 'r');
    return { path: real, named, handle, fingerprint: await fingerprintOf(handle, named) };
  } catch (error) {
    await handle?.close();
    throw localFault(error, named);
  }
}

/** Throws a fault when the file is no longer what it was when it was opened. */
export async function assertUnchanged({ path: real, named, fingerprint }: InputFile): Promise<void> {
  let again: FileHandle | undefined;
  try {
    again = await open(real, 'r');
    const now = await fingerprintOf(again, named);
    if (now.identity === fingerprint.identity && now.bytes === fingerprint.bytes) return;
  } catch (error) {
    throw localFault(error, named);
  } finally {
    await again?.close();
  }
  throw new Fault({
    code: 'source.changed',
    message: `${named} changed while it was read.`,
    unaffected: 'Nothing was written.',
    advice: 'Run again when whoever writes the file has finished.',
    place: { file: named },
  });
}

/** A file's bytes from an offset on, in chunks; the buffer is used again for each. */
export async function* chunksOf(
  { handle }: InputFile,
  offset: number,
  signal?: CancelSignal,
): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  for (let at = offset; ; ) {
    if (signal?.aborted) throw cancelled();
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
