import { mkdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { z } from 'zod';
import { Fault } from '../../shared/contract/errors';
import { issueLines, issueWords } from '../../shared/document/issues';
import { localFault, writeFault } from '../connectors/local/faults';
import { writeAtomically } from '../project/atomic-file';

/** Where the program keeps its own files: DATAHARMONIZE_HOME, or the user's data folder. */
export function dataFolder(): string {
  const told = process.env.DATAHARMONIZE_HOME;
  if (told) return told;
  if (process.platform === 'darwin')
    return join(homedir(), 'Library', 'Application Support', 'DataHarmonize');
  if (process.platform === 'win32') return join(process.env.APPDATA ?? homedir(), 'DataHarmonize');
  return join(process.env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'dataharmonize');
}

/** A JSON file of the program's own, such as its settings. */
export type Store<T> = {
  read(): Promise<T>;
  write(value: T): Promise<void>;
  /** Reads, changes and writes, one edit after the other. */
  edit(change: (value: T) => T): Promise<void>;
};

const damaged = (file: string, why: string, cause?: unknown) =>
  new Fault({
    code: 'settings.damaged',
    message: `${file}: the settings cannot be read: ${why}`,
    place: { file },
    unaffected: 'Projects and data are as they were.',
    advice: 'Move the file away to begin with fresh settings.',
    cause,
  });

/** What the data of a store's file are; throws a Fault where they are something else. */
type Check<T> = (data: unknown, file: string) => T;

const checkedBy =
  <T>(schema: z.ZodType<T>): Check<T> =>
  (data, file) => {
    const result = schema.safeParse(data, { error: issueWords });
    if (result.success) return result.data;
    throw damaged(file, issueLines(result.error)[0] ?? 'it is not of the form expected.');
  };

/** Opens a store; a missing file reads as `empty`, a damaged one is a Fault and is not overwritten. */
export function openStore<T>(file: string, form: z.ZodType<T> | Check<T>, empty: T): Store<T> {
  const check = typeof form === 'function' ? form : checkedBy(form);
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = (task: () => Promise<void>): Promise<void> => {
    const done = queue.then(task);
    queue = done.catch(() => undefined);
    return done;
  };
  const read = async () => {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw localFault(error, file);
    });
    if (text === null) return empty;
    let data: unknown;
    try {
      data = JSON.parse(text);
    } catch (cause) {
      throw damaged(file, 'it is not JSON.', cause);
    }
    return check(data, file);
  };
  const write = async (value: T) => {
    await mkdir(dirname(file), { recursive: true }).catch((error: unknown) => {
      throw writeFault(error, file);
    });
    await writeAtomically(file, `${JSON.stringify(value, null, 2)}\n`);
  };
  return {
    read,
    write: (value) => inTurn(() => write(value)),
    edit: (change) => inTurn(async () => write(change(await read()))),
  };
}
