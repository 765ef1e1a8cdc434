import { join } from 'node:path';
import { ROW } from '../../shared/compile/duckdb';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import { Fault } from '../../shared/contract/errors';
import { csvDialectSchema, type Dialect } from '../../shared/document/dialect';
import { isText } from '../../shared/document/formats';
import type { Connector } from '../../shared/ports/connector';
import type { CancelSignal } from '../../shared/ports/signal';
import type { NativeEngine } from '../engine/native';
import { abortable } from '../http/abortable';
import { openInputAt } from '../reading/input';
import { plainDialect } from '../reading/plain';
import type { Source } from '../reading/reader';
import { firstRows } from '../sampling/sample';
import { type Spooled, spool } from '../sampling/spool';

/** Which rows of which file or folder engines are compared on. */
export type Compared = {
  readonly connector: Connector;
  readonly path: string;
  readonly dialect: Dialect;
  /** The first rows only; null for all, of sources of this computer. */
  readonly rows: number | null;
  readonly signal?: CancelSignal | undefined;
};

/** The file, or folder, that every engine reads, and how; the native engine's rows are in its table `source`. */
export type Prepared = {
  readonly input: string;
  readonly dialect: Dialect;
  readonly unreadable: number;
  readonly columns: readonly string[];
};

/** The source as a file of this computer: the very file, or a copy of its first rows. */
async function fileOf(
  { connector, path, dialect, rows, signal }: Compared,
  folder: string,
): Promise<{ part: string; spooled?: Spooled }> {
  const here = connector.kind === 'local';
  if (here && (rows === null || !isText(dialect))) return { part: path };
  if (rows === null) {
    throw new Fault({
      code: 'verify.rows',
      message: 'All rows of a file on a cluster are too much to compare here.',
      unaffected: 'Nothing was written.',
      advice: 'Choose how many of the first rows to compare.',
    });
  }
  const header = dialect.format === 'csv' && dialect.header ? 1 : 0;
  const part = join(folder, 'part');
  // Parquet's footer is at its end.
  const wanted = isText(dialect) ? rows + header : 0;
  const spooled = await spool(connector.open(path, { signal }), dialect, part, wanted, () => {}, path);
  return { part, spooled };
}

/** Makes the engine's table `source` of a relation, and answers how many rows it has. */
async function takeRows(engine: NativeEngine, relation: string, signal?: CancelSignal): Promise<number> {
  await engine.execute(
    `CREATE OR REPLACE TABLE source AS SELECT row_number() OVER () AS ${ROW}, * FROM ${relation}`,
    signal,
  );
  return Number((await engine.query('SELECT count(*) FROM source')).columns[0]?.[0] ?? 0);
}

/** The rows of `source` as a file: Spark reads what the host read. */
async function copied(
  engine: NativeEngine,
  columns: readonly string[],
  folder: string,
  signal?: CancelSignal,
): Promise<Prepared> {
  const copy = join(folder, 'copy.csv');
  const names = columns.map((name, i) => `c${i} AS ${quote.identifier(name)}`).join(', ');
  await engine.execute(
    `COPY (SELECT ${names} FROM source ORDER BY ${ROW}) TO ${quote.text(copy)} (FORMAT csv, HEADER true, DELIMITER ',', QUOTE '"', ESCAPE '"', NULLSTR '')`,
    signal,
  );
  const dialect = csvDialectSchema.parse({ format: 'csv', lineBreaks: true });
  return { input: copy, dialect, unreadable: 0, columns };
}

/** The first rows of a folder, or of blocks that come one by one, as samples take them. */
async function firstOf(
  { connector, path, dialect, signal }: Compared,
  rows: number,
  folder: string,
  engine: NativeEngine,
): Promise<Prepared> {
  const { cells, columns } = await firstRows({ connector, path, dialect, signal: abortable(signal) }, rows);
  const names = columns.map((_, i) => `c${i}`);
  await engine.load('rows', names, cells);
  await takeRows(engine, 'rows', signal);
  return copied(engine, columns, folder, signal);
}

/** All rows of a source of this computer, or those of the part that was copied of one. */
async function readWhole(
  { path, dialect, rows, signal }: Compared,
  { part, spooled }: { readonly part: string; readonly spooled?: Spooled },
  { folder, engine, takesFolders }: Work,
): Promise<Prepared> {
  const input = await openInputAt(part);
  const plain = spooled ? plainDialect(dialect) : dialect;
  const named = { named: path, ...(spooled?.original && { original: spooled.original }) };
  let source: Source | undefined;
  try {
    source = await input.source(plain, { engine, folder, signal }, named);
    const limit = rows === null ? '' : ` LIMIT ${quote.integer(rows)}`;
    const outcome = await source.read(
      (relation, stop) => takeRows(engine, `(SELECT * FROM ${relation}${limit})`, stop),
      signal,
    );
    const unreadable = outcome.unreadable?.count ?? 0;
    const whole = dialect.format === 'csv' || (rows === null && ['parquet', 'avro'].includes(dialect.format));
    return whole && (takesFolders || !input.isFolder)
      ? { input: input.path, dialect: plain, unreadable, columns: source.columns }
      : await copied(engine, source.columns, folder, signal);
  } finally {
    await source?.close();
    await input.close();
  }
}

type Work = {
  readonly folder: string;
  readonly engine: NativeEngine;
  /** Whether Spark can be given a folder as it stands. */
  readonly takesFolders: boolean;
};

/**
 * Makes what all engines read: the source itself, or a file of its first rows; what Spark is not to read by itself
 * becomes CSV.
 */
export async function prepare(compared: Compared, work: Work): Promise<Prepared> {
  const { connector, path, rows, signal } = compared;
  const entry = await connector.stat(path, signal);
  const inParts = compared.dialect.format === 'avro' && connector.kind !== 'local';
  if ((entry?.kind === 'folder' || inParts) && rows !== null)
    return firstOf(compared, rows, work.folder, work.engine);
  return readWhole(compared, await fileOf(compared, work.folder), work);
}
