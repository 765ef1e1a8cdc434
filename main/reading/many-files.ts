import { mkdir, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import { Fault } from '../../shared/contract/errors';
import type { Dialect } from '../../shared/document/dialect';
import type { DataFile, DataSet } from './data-set';
import { type InputFile, openInput } from './file';
import { type ReadContext, type Ready, readFrom, type Source } from './reader';
import { openSource } from './source';
import type { Unreadable } from './unreadable';

const FIRST = 1000;

/** Columns of several files whose records state them, each where it first appears. */
const together = (all: readonly (readonly string[])[]): readonly string[] => [...new Set(all.flat())];

/** The fault of a file whose columns are not those of the first one of its data set. */
export function otherColumns(
  named: string,
  first: string,
  own: readonly string[],
  wanted: readonly string[],
): Fault {
  const missing = wanted.filter((name) => !own.includes(name)).map((name) => `lacks “${name}”`);
  const more = own.filter((name) => !wanted.includes(name)).map((name) => `has “${name}”`);
  const differs = [...missing, ...more].slice(0, 5).join(', ') || 'has them in another order';
  return new Fault({
    code: 'source.columns-differ',
    message: `${named}: its columns are not those of ${first}: it ${differs}.`,
    place: { file: named },
    unaffected: 'Nothing was written.',
    advice: 'Take the file out of the folder, or have all files written alike.',
  });
}

async function opened<T>(
  { path: file, inside }: DataFile,
  dialect: Dialect,
  context: ReadContext,
  use: (source: Source, file: InputFile) => Promise<T>,
): Promise<T> {
  const found = await openInput(file);
  try {
    const source = await openSource({ ...found, named: file, inside }, dialect, context);
    try {
      return await use(source, found);
    } finally {
      await source.close();
    }
  } finally {
    await found.handle.close();
  }
}

/** What was rejected in several files, as one. */
async function mergedUnreadable(all: readonly Unreadable[], folder: string): Promise<Unreadable | null> {
  const some = all.filter(({ count }) => count > 0);
  if (some.length === 0) return null;
  const [rawFile, reasonFile] = [path.join(folder, 'all.jsonl'), path.join(folder, 'all.csv')];
  const [raw, reasons] = [await open(rawFile, 'w', 0o600), await open(reasonFile, 'w', 0o600)];
  try {
    for (const [i, one] of some.entries()) {
      await raw.writeFile(await readFile(one.rawFile));
      const text = await readFile(one.reasonFile);
      // One header is enough.
      await reasons.writeFile(i === 0 ? text : text.subarray(text.indexOf(0x0a) + 1));
    }
  } finally {
    await Promise.all([raw.close(), reasons.close()]);
  }
  const first = some.flatMap((one) => one.first).slice(0, FIRST);
  return { count: some.reduce((sum, one) => sum + one.count, 0), first, rawFile, reasonFile };
}

/** A data set as one source: the rows of its files one after another, and the keys of their folders as columns. */
export async function openDataSet(
  { keys, files }: DataSet,
  dialect: Dialect,
  context: ReadContext,
): Promise<Source> {
  const { folder, signal: opening, told: heard } = context;
  const inFolder = async (i: number) => {
    const own = path.join(folder, `file-${i}`);
    await mkdir(own, { recursive: true });
    return own;
  };
  const stated = dialect.format !== 'json' && dialect.format !== 'jsonl';
  const [first] = files;
  if (!first) throw new RangeError('A data set has files.');
  const found: (readonly string[])[] = [];
  for (const [i, file] of (stated ? [first] : files).entries())
    found.push(
      await opened(
        file,
        dialect,
        { ...context, folder: await inFolder(i), signal: opening, told: heard },
        async ({ columns }) => columns,
      ),
    );
  const own = together(found);
  const clash = keys.find((key) => own.includes(key));
  if (clash !== undefined)
    throw new Fault({
      code: 'source.header',
      message: `${first.path}: it has a column “${clash}”, which folders of the data set have as their key.`,
      place: { path: first.path },
      unaffected: 'Nothing was written.',
      advice: 'Rename the column, or the folders.',
    });
  return readFrom({
    columns: [...own, ...keys],
    async ready(signal, told) {
      const parts: { ready: Ready; file: DataFile }[] = [];
      let records = 0;
      for (const [i, file] of files.entries()) {
        const given = { ...context, folder: await inFolder(i), signal, ...(!stated && { columns: own }) };
        const ready = await opened(file, dialect, given, async (source) => {
          if (JSON.stringify(source.columns) !== JSON.stringify(own))
            throw otherColumns(file.path, first.path, source.columns, own);
          return source.ready(signal, (n) => told?.(records + n));
        });
        records += ready.records + (ready.unreadable?.count ?? 0);
        parts.push({ ready, file });
      }
      const relations = parts.map(({ ready, file }) => {
        const values = file.values.map(
          (value, k) => `, CAST(${quote.text(value)} AS VARCHAR) AS c${own.length + k}`,
        );
        return `SELECT *${values.join('')} FROM ${ready.relation}`;
      });
      return {
        relation: `(${relations.join(' UNION ALL ')})`,
        records: parts.reduce((sum, { ready }) => sum + ready.records, 0),
        blankLines: parts.reduce((sum, { ready }) => sum + ready.blankLines, 0),
        unreadable: await mergedUnreadable(
          parts.flatMap(({ ready }) => ready.unreadable ?? []),
          folder,
        ),
      };
    },
    close: async () => {},
  });
}
