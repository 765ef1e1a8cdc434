import { join } from 'node:path';
import { readable } from '../../shared/compile/duckdb';
import type { Unreadable as ToldUnreadable } from '../../shared/contract/calls/source';
import { Fault } from '../../shared/contract/errors';
import type { Dialect } from '../../shared/document/dialect';
import { isText } from '../../shared/document/formats';
import type { Connector } from '../../shared/ports/connector';
import type { CellValue } from '../../shared/ports/engine';
import { encodeSample } from '../../shared/sampling/arrow';
import { openNative } from '../engine/native';
import { openInput } from '../reading/file';
import { plainDialect } from '../reading/plain';
import type { Source } from '../reading/reader';
import { openSource } from '../reading/source';
import { withTemporaryFolder } from '../run/temporary-folder';
import { type Guess, guessDialect, INSPECTED_BYTES } from './inspect';
import { spool } from './spool';

const MOST_TOLD = 1000;

export type SampleRequest = {
  readonly connector: Connector;
  readonly path: string;
  readonly dialect: Dialect;
  readonly rows: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: { rows: number; of: number | null }) => void;
};

export type Sample = {
  readonly arrow: Uint8Array<ArrayBuffer>;
  readonly columns: string[];
  readonly rows: number;
  readonly complete: boolean;
  readonly total: { readonly rows: number; readonly exact: boolean };
  readonly unreadable: ToldUnreadable[];
  readonly unreadableCount: number;
};

/** The file at a path; a Fault where there is none. */
async function existing(connector: Connector, path: string) {
  const entry = await connector.stat(path);
  if (entry?.kind === 'file') return entry;
  throw new Fault({
    code: 'source.missing',
    message: entry ? `${path} is a folder, not a file.` : `${path}: there is no such file.`,
    place: { path },
    unaffected: 'The project is as it was.',
    advice: 'Choose a file.',
  });
}

/** Guesses a file's dialect, unless it is told, and tells the columns. */
export async function inspect(connector: Connector, path: string, signal?: AbortSignal, told?: Dialect) {
  const entry = await existing(connector, path);
  const parts: Uint8Array[] = [];
  let read = 0;
  for await (const part of connector.open(path, { length: INSPECTED_BYTES, signal })) {
    parts.push(part.slice());
    read += part.byteLength;
  }
  const guess: Guess = told
    ? { dialect: told, notes: [] }
    : await guessDialect(path, Buffer.concat(parts), read >= entry.size);
  const { columns } = await sample({ connector, path, dialect: guess.dialect, rows: 1, signal });
  return {
    dialect: guess.dialect,
    columns,
    size: entry.size,
    modified: entry.modified,
    notes: [...guess.notes],
  };
}

const asText = (value: CellValue) => (value === null ? null : String(value));

/** The first rows of a source: read by the very code that runs use, so that a sample cannot tell another story. */
export async function sample({
  connector,
  path,
  dialect,
  rows,
  signal,
  onProgress,
}: SampleRequest): Promise<Sample> {
  const { size } = await existing(connector, path);
  return withTemporaryFolder(async (folder) => {
    const part = join(folder, 'part');
    const header = dialect.format === 'csv' && dialect.header ? 1 : 0;
    const wanted = isText(dialect) ? rows + header : 0;
    const spooled = await spool(
      connector.open(path, { signal }),
      dialect,
      part,
      wanted,
      (seen) => onProgress?.({ rows: Math.max(0, seen - header), of: rows }),
      path,
    );
    const { original } = spooled;
    // The last record may be followed by its line end alone.
    const complete = spooled.complete || (!original && spooled.bytes >= size - 2);
    const file = await openInput(part);
    const engine = await openNative({ folders: [folder], temporaryFolder: folder });
    let source: Source | undefined;
    try {
      const read = { ...file, named: path, ...(original && { original }) };
      source = await openSource(read, plainDialect(dialect), { engine, folder, signal });
      const outcome = await source.read(async (relation, stop) => {
        await engine.execute(
          `CREATE OR REPLACE TEMP TABLE sample AS SELECT * FROM ${relation} LIMIT ${rows}`,
          stop,
        );
        return Number((await engine.query('SELECT count(*) FROM sample')).columns[0]?.[0] ?? 0);
      }, signal);
      const cells = source.columns.map((_, i) => `${readable(`c${i}`)} AS c${i}`).join(', ');
      const table = await engine.query(`SELECT ${cells} FROM sample`, signal);
      const unreadable = outcome.unreadable;
      const found = table.rows + (unreadable?.count ?? 0);
      const perRecord = spooled.taken / Math.max(1, spooled.records);
      return {
        arrow: encodeSample(table.columns.map((column) => column.map(asText))),
        columns: [...source.columns],
        rows: table.rows,
        complete,
        total: complete
          ? { rows: found, exact: true }
          : { rows: Math.max(found, Math.round(size / perRecord) - header), exact: false },
        unreadable: (unreadable?.first ?? [])
          .slice(0, MOST_TOLD)
          .map(({ record, line, offset, reason }) => ({ record, line, offset, reason })),
        unreadableCount: unreadable?.count ?? 0,
      };
    } finally {
      await engine.close();
      await source?.close();
      await file.handle.close();
    }
  });
}
