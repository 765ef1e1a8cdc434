import { Fault } from '../../../shared/contract/errors';
import type { HdfsEntry } from './answers';
import { NOTHING_CHANGED, remoteFault, type Subject } from './faults';
import type { Call, NameNode } from './namenode';
import { encodePath } from './path';
import type { Cancel, createReading } from './reading';
import { type CreateOptions, createFile } from './transfer';

function notDone(message: string, subject: Subject): Fault {
  return new Fault({
    code: 'hdfs.refused',
    message,
    unaffected: subject.unaffected,
    advice: 'Check that the path and its folder are still there.',
    place: { path: subject.path },
  });
}

/** The calls that change HDFS. */
export function createChanging(nameNode: NameNode, reading: ReturnType<typeof createReading>) {
  const change = (method: Call['method'], path: string, op: string, { signal }: Cancel): Call => {
    return { method, op, path, signal, unaffected: NOTHING_CHANGED };
  };

  /**
   * Writes a file and its missing parent folders, and checks the length that HDFS then reports.
   * It is not atomic: an upload that breaks off can leave a short file, so write aside and rename.
   */
  async function create(
    path: string,
    body: AsyncIterable<Uint8Array> | Uint8Array,
    options: CreateOptions,
  ): Promise<HdfsEntry> {
    // the server's own exclusive check, which decides, answers only once the upload has begun
    if (!options.overwrite && (await reading.status(path, options)) !== null) {
      throw remoteFault('FileAlreadyExistsException', '', { path, unaffected: NOTHING_CHANGED });
    }
    const sent = await createFile(nameNode, path, body, options);
    const written = await reading.existing(path, options);
    if (written.size === sent) return written;
    throw new Fault({
      code: 'hdfs.truncated',
      message: `${sent} bytes were sent to ${path}, and HDFS holds ${written.size}.`,
      unaffected: `${path} may hold part of the upload; everything else is unchanged.`,
      advice: 'Upload it again.',
      place: { path, offset: written.size },
    });
  }

  /** Makes a folder and its missing parents; one that is there already is fine. `permission` is octal. */
  async function mkdirs(path: string, options: Cancel & { permission?: string } = {}): Promise<void> {
    const call = change('PUT', path, 'MKDIRS', options);
    call.parameters = { permission: options.permission };
    if ((await nameNode.command(call)) !== true) throw notDone(`HDFS did not make the folder ${path}.`, call);
  }

  /**
   * Renames a file or folder in one step. `to` is the new path itself, never a folder to move into: an
   * existing `to` is `hdfs.exists`, or, with `overwrite`, is replaced if it is a file or an empty folder.
   */
  async function rename(
    from: string,
    to: string,
    options: Cancel & { overwrite?: boolean } = {},
  ): Promise<void> {
    encodePath(to);
    const call = { ...change('PUT', from, 'RENAME', options), destination: to };
    // without renameoptions the server would move `from` into a folder `to`
    call.parameters = { destination: to, renameoptions: options.overwrite ? 'OVERWRITE' : 'NONE' };
    if ((await nameNode.command(call)) === false) {
      throw notDone(`HDFS did not rename ${from} to ${to}.`, call);
    }
  }

  /** Removes a file or folder; false when nothing was there. A folder with contents needs `recursive`. */
  async function remove(path: string, options: Cancel & { recursive: boolean }): Promise<boolean> {
    const call = change('DELETE', path, 'DELETE', options);
    call.parameters = { recursive: String(options.recursive) };
    const removed = await nameNode.command(call);
    if (removed === null) throw notDone(`HDFS did not say whether it removed ${path}.`, call);
    return removed;
  }

  return { create, mkdirs, rename, remove };
}
