import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { Fault } from '../../shared/contract/errors';
import { writeAtomically } from '../project/atomic-file';

/** Records in a folder, a file each. */
export type Records<R> = {
  get(id: string): R | undefined;
  all(): readonly R[];
  /** Keeps a record; on disk when it returns. */
  put(record: R): Promise<void>;
};

type Kind<R> = {
  schema: z.ZodType<R>;
  idOf(record: R): string;
  /** What a record is of, such as `run`. */
  noun: string;
};

/** Opens the records of a folder. A file that cannot be read is told to `trouble` and left where it is. */
export async function openRecords<R>(
  folder: string,
  { schema, idOf, noun }: Kind<R>,
  trouble: (error: unknown) => void,
): Promise<Records<R>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const records = new Map<string, R>();
  for (const name of (await readdir(folder)).filter((one) => one.endsWith('.json'))) {
    const file = join(folder, name);
    try {
      const record = schema.parse(JSON.parse(await readFile(file, 'utf8')));
      records.set(idOf(record), record);
    } catch (cause) {
      trouble(
        new Fault({
          code: 'publish.record',
          message: `${file}: this record of a ${noun} cannot be read.`,
          place: { file },
          unaffected: `The ${noun} itself and all others are as they were.`,
          advice: `Look for the ${noun} on the cluster by the file’s name.`,
          cause,
        }),
      );
    }
  }
  return {
    get: (id) => records.get(id),
    all: () => [...records.values()],
    async put(record) {
      records.set(idOf(record), record);
      await writeAtomically(join(folder, `${idOf(record)}.json`), `${JSON.stringify(record)}\n`);
    },
  };
}
