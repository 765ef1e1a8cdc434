import { join } from 'node:path';
import { ROW } from '../../shared/compile/duckdb';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import { Fault } from '../../shared/contract/errors';
import { csvDialectSchema, type Dialect } from '../../shared/document/dialect';
import { isText } from '../../shared/document/formats';
import type { Connector } from '../../shared/ports/connector';
import type { CancelSignal } from '../../shared/ports/signal';
import type { NativeEngine } from '../engine/native';
import { openInput } from '../reading/file';
import { plainDialect } from '../reading/plain';
import type { Source } from '../reading/reader';
import { openSource } from '../reading/source';
import { type Spooled, spool } from '../sampling/spool';

/** Which rows of which file engines are compared on. */
export type Compared = {
  readonly connector: Connector;
  readonly path: string;
  readonly dialect: Dialect;
  /** The first rows only; null for all, of files of this computer. */
  readonly rows: number | null;
  readonly signal?: CancelSignal | undefined;
};

/** The file that every engine reads, and how; the native engine's rows are in its table `source`. */
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

/** Makes the file that all engines read: the source itself, or its first rows; JSON Lines become CSV. */
export async function prepare(compared: Compared, folder: string, engine: NativeEngine): Promise<Prepared> {
  const { dialect, rows, signal } = compared;
  const { part, spooled } = await fileOf(compared, folder);
  const file = await openInput(part);
  const original = spooled?.original;
  const plain = spooled ? plainDialect(dialect) : dialect;
  let source: Source | undefined;
  try {
    const read = { ...file, named: compared.path, ...(original && { original }) };
    source = await openSource(read, plain, { engine, folder, signal });
    const limit = rows === null ? '' : ` LIMIT ${quote.integer(rows)}`;
    const outcome = await source.read(async (relation, stop) => {
      await engine.execute(
        `CREATE OR REPLACE TABLE source AS SELECT row_number() OVER () AS ${ROW}, * FROM (SELECT * FROM ${relation}${limit})`,
        stop,
      );
      return Number((await engine.query('SELECT count(*) FROM source')).columns[0]?.[0] ?? 0);
    }, signal);
    const unreadable = outcome.unreadable?.count ?? 0;
    const whole = dialect.format === 'csv' || (rows === null && ['parquet', 'avro'].includes(dialect.format));
    if (whole) return { input: file.path, dialect: plain, unreadable, columns: source.columns };
    // Spark reads what the host read: JSON Lines, and the first rows of binary files.
    const copy = join(folder, 'copy.csv');
    const names = source.columns.map((name, i) => `c${i} AS ${quote.identifier(name)}`).join(', ');
    await engine.execute(
      `COPY (SELECT ${names} FROM source ORDER BY ${ROW}) TO ${quote.text(copy)} (FORMAT csv, HEADER true, DELIMITER ',', QUOTE '"', ESCAPE '"', NULLSTR '')`,
      signal,
    );
    return {
      input: copy,
      dialect: csvDialectSchema.parse({ format: 'csv', lineBreaks: true }),
      unreadable: 0,
      columns: source.columns,
    };
  } finally {
    await source?.close();
    await file.handle.close();
  }
}
