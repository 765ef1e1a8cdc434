import type { z } from 'zod';
import { Fault, isFault } from '../../../shared/contract/errors';
import { parseJson } from '../../http/body';
import { answers, type HdfsEntry, toEntry } from './answers';
import { NOTHING_CHANGED, remoteFault, strangeAnswer } from './faults';
import type { Call, NameNode } from './namenode';
import { joinPath } from './path';
import { openFile, type Range } from './transfer';

export type Cancel = { signal?: AbortSignal | undefined };

/** `bytes` counts each file once, `spaceConsumed` every replica. `folders` includes the path itself. */
export type ContentSummary = { bytes: number; files: number; folders: number; spaceConsumed: number };

const MAX_TEXT_BYTES = 16 * 1024 * 1024;

function unreadable(code: string, path: string, problem: string, advice: string): Fault {
  return new Fault({
    code,
    message: `${path} ${problem}.`,
    unaffected: NOTHING_CHANGED,
    advice,
    place: { path },
  });
}

/** The calls that change nothing on HDFS. */
export function createReading(nameNode: NameNode) {
  const read = (path: string, op: string, { signal }: Cancel): Call => {
    return { method: 'GET', op, path, signal, unaffected: NOTHING_CHANGED };
  };
  const refused = (exception: string, path: string) =>
    remoteFault(exception, '', { path, unaffected: NOTHING_CHANGED });

  /** What is at a path, or null when nothing is. */
  async function status(path: string, cancel: Cancel = {}): Promise<HdfsEntry | null> {
    try {
      const answer = await nameNode.ask(read(path, 'GETFILESTATUS', cancel), answers.status);
      return toEntry(path, answer.FileStatus);
    } catch (error) {
      // a path that leads through a file
      if (isFault(error, 'hdfs.not-found', 'hdfs.not-a-folder')) return null;
      throw error;
    }
  }

  /** What is at a path; `hdfs.not-found` when nothing is. */
  async function existing(path: string, cancel: Cancel = {}): Promise<HdfsEntry> {
    const entry = await status(path, cancel);
    if (entry === null) throw refused('FileNotFoundException', path);
    return entry;
  }

  /** The entries of a folder in the order of their names' UTF-8 bytes, fetched batch by batch. */
  async function* list(path: string, cancel: Cancel = {}): AsyncGenerator<HdfsEntry> {
    for (let startAfter = ''; ; ) {
      // NameNodes know the first name only, HttpFS gateways the second only
      const parameters = { startafter: startAfter, startAfter };
      const call = { ...read(path, 'LISTSTATUS_BATCH', cancel), parameters };
      const { DirectoryListing: listing } = await nameNode.ask(call, answers.listBatch);
      const batch = listing.partialListing.FileStatuses.FileStatus;
      for (const found of batch) {
        // a file lists as itself, without a name
        if (found.pathSuffix === '') throw refused('ParentNotDirectoryException', path);
        yield toEntry(joinPath(path, found.pathSuffix), found);
      }
      if (listing.remainingEntries === 0) return;
      const last = batch.at(-1)?.pathSuffix;
      if (last === undefined || last === startAfter)
        throw strangeAnswer({ status: 200, host: nameNode.host() }, call);
      startAfter = last;
    }
  }

  function sameAs(found: HdfsEntry, { of: before }: Range): void {
    if (before === undefined || (found.size === before.size && found.modified === before.modified)) return;
    const problem = 'was replaced or changed while it was read';
    throw unreadable('hdfs.changed', found.path, problem, 'Read it again from its start.');
  }

  /**
   * A file's bytes, streamed; `hdfs.truncated` unless exactly as many arrive as the file holds there, `hdfs.changed`
   * when it is no longer the file of `range.of`. Where that is assumed, one request to the NameNode and one to a DataNode.
   */
  async function* open(path: string, range: Range = {}): AsyncGenerator<Uint8Array> {
    const assumed = range.assumed ? range.of : undefined;
    const entry = assumed ? { kind: 'file', path, size: assumed.size } : await existing(path, range);
    if ('modified' in entry) sameAs(entry, range);
    if (entry.kind === 'folder') {
      throw unreadable('hdfs.not-a-file', path, 'is a folder and not a file', 'Choose a file in it.');
    }
    if ((range.offset ?? 0) > entry.size) {
      throw unreadable(
        'hdfs.range',
        path,
        `ends at byte ${entry.size}, before byte ${range.offset}`,
        'Read it anew.',
      );
    }
    yield* openFile(nameNode, entry, range);
    if (range.of && !assumed) sameAs(await existing(path, range), range);
  }

  /** A whole UTF-8 file of at most `maxBytes`, without a byte order mark. */
  async function readText(
    path: string,
    { maxBytes = MAX_TEXT_BYTES, signal }: Cancel & { maxBytes?: number } = {},
  ) {
    const entry = await existing(path, { signal });
    if (entry.size > maxBytes) {
      const problem = `holds ${entry.size} bytes, more than the ${maxBytes} allowed here`;
      throw unreadable('hdfs.too-large', path, problem, 'Check that it is the right file.');
    }
    const chunks: Uint8Array[] = [];
    for await (const chunk of open(path, { signal })) chunks.push(chunk);
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
    } catch {
      throw unreadable('hdfs.not-text', path, 'is not UTF-8 text', 'Check that it is the right file.');
    }
  }

  /** A JSON file checked by `schema`; `hdfs.not-json` or `hdfs.not-expected` otherwise. */
  async function readJson<T>(
    path: string,
    schema: z.ZodType<T>,
    options: Cancel & { maxBytes?: number } = {},
  ) {
    const value = parseJson(await readText(path, options));
    if (value === undefined) {
      throw unreadable('hdfs.not-json', path, 'is not JSON', 'Check that it is the right file and is whole.');
    }
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const where = parsed.error.issues.map((issue) => issue.path.join('.') || 'its top level').slice(0, 5);
    const problem = `is JSON but not of the form expected (at ${where.join(', ')})`;
    throw unreadable('hdfs.not-expected', path, problem, 'Check that it is the right file.');
  }

  /** Totals of everything below a path. */
  async function contentSummary(path: string, cancel: Cancel = {}): Promise<ContentSummary> {
    const { ContentSummary: sum } = await nameNode.ask(
      read(path, 'GETCONTENTSUMMARY', cancel),
      answers.contentSummary,
    );
    return {
      bytes: sum.length,
      files: sum.fileCount,
      folders: sum.directoryCount,
      spaceConsumed: sum.spaceConsumed,
    };
  }

  /** The user's home folder. It need not exist. */
  async function homeFolder(cancel: Cancel = {}): Promise<string> {
    return (await nameNode.ask(read('/', 'GETHOMEDIRECTORY', cancel), answers.path)).Path;
  }

  return { status, existing, list, open, readText, readJson, contentSummary, homeFolder };
}
