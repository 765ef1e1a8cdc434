import { duckdb as quote } from '../../shared/compile/sql/quote';
import { isFault } from '../../shared/contract/errors';
import type { CsvDialect, Dialect } from '../../shared/document/dialect';
import type { CancelSignal } from '../../shared/ports/signal';
import type { NativeEngine } from '../engine/native';
import { checkCsv } from './csv-check';
import { type CleanCopy, copyCsv } from './csv-copy';
import { type CsvHeader, readHeader } from './csv-header';
import type { InputFile, Told } from './file';
import { copyJsonl, readJsonColumns } from './jsonl';
import { describeParquet, readParquet } from './parquet';
import type { Unreadable } from './unreadable';

/** DuckDB's own limit for a record, in bytes, unless told. */
const USUAL_LONGEST = 2_000_000;

/** SQL that reads a clean CSV file as text columns `c0 … cn`. */
export function readCsvSql(
  file: string,
  columns: number,
  { delimiter, header, longest }: { delimiter: string; header: boolean; longest: number },
): string {
  const types = Array.from({ length: columns }, (_, i) => `'c${i}': 'VARCHAR'`).join(', ');
  const room = longest < USUAL_LONGEST ? '' : `, max_line_size = ${quote.integer(longest + 1024)}`;
  return (
    `read_csv(${quote.text(file)}, auto_detect = false, header = ${quote.boolean(header)}, ` +
    `delim = ${quote.text(delimiter)}, quote = '"', escape = '"', comment = '', nullstr = '', ` +
    `allow_quoted_nulls = false, strict_mode = true, columns = {${types}}${room})`
  );
}

/** What reading a source came to, beside its rows. */
export type ReadOutcome = {
  /** Rows that were read, and readable records the source holds: the same unless `make` takes only some. */
  readonly rows: number;
  readonly records: number;
  readonly blankLines: number;
  readonly unreadable: Unreadable | null;
};

type Make = (relation: string, signal: CancelSignal) => Promise<number>;
const NEVER: CancelSignal = new AbortController().signal;

/** A source whose columns are known and whose rows can be read. */
export type Source = {
  readonly columns: readonly string[];
  /** How many rows it holds, where that is known beforehand. */
  readonly rows?: number;
  /**
   * Lets `make` read the rows as a relation `c0 … cn` (SQL) and answer how many it found. It may be called again
   * with another relation, when the first turns out not to be readable as it stands.
   */
  read(folder: string, make: Make, signal?: CancelSignal, told?: Told): Promise<ReadOutcome>;
};

/** Runs two works side by side; when one fails or answers no, the other is cancelled. */
async function sideBySide<A, B>(
  signal: CancelSignal | undefined,
  check: (signal: CancelSignal) => Promise<A>,
  passes: (answer: A) => boolean,
  make: (signal: CancelSignal) => Promise<B>,
): Promise<[A, B] | null> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const checked = check(controller.signal).then((answer) => {
      if (!passes(answer)) stop();
      return answer;
    });
    const made = make(controller.signal);
    const [answer, result] = await Promise.allSettled([checked, made]);
    if (answer.status === 'rejected') throw answer.reason;
    if (!passes(answer.value)) return null;
    if (result.status === 'rejected') throw result.reason;
    return [answer.value, result.value];
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

async function readCleanCsv(
  file: InputFile,
  dialect: CsvDialect,
  header: CsvHeader,
  make: Make,
  signal?: CancelSignal,
  told?: Told,
): Promise<ReadOutcome | null> {
  const columns = header.columns.length;
  const relation = readCsvSql(file.path, columns, {
    delimiter: dialect.delimiter,
    header: dialect.header,
    longest: 0,
  });
  try {
    const both = await sideBySide(
      signal,
      (stop) => checkCsv(file, dialect, header, stop, told),
      (verdict) => verdict.clean && verdict.longest < USUAL_LONGEST,
      (stop) => make(relation, stop),
    );
    if (!both) return null;
    const [verdict, rows] = both;
    const expected = verdict.records + (columns === 1 ? verdict.blankLines : 0);
    return rows === expected
      ? { rows, records: rows, blankLines: verdict.blankLines, unreadable: null }
      : null;
  } catch (error) {
    // DuckDB refuses records with too few or too many fields; the exact reader says which.
    if (signal?.aborted || !isFault(error, 'engine.failed')) throw error;
    return null;
  }
}

/** Reads a checked copy of a text source. */
async function readCopy(
  copy: CleanCopy,
  columns: number,
  make: Make,
  signal: CancelSignal | undefined,
): Promise<ReadOutcome> {
  const { delimiter, longest, blankLines, unreadable, records } = copy;
  const relation = readCsvSql(copy.file, columns, { delimiter, header: true, longest });
  const rows = await make(relation, signal ?? NEVER);
  if (rows > records) throw new RangeError('DuckDB read more rows than were written.');
  return { rows, records, blankLines, unreadable };
}

/** A CSV file. DuckDB reads it as it stands where every reader reads it alike; else a checked copy of it. */
async function openCsv(file: InputFile, dialect: CsvDialect): Promise<Source> {
  const header = await readHeader(file, dialect);
  return {
    columns: header.columns,
    async read(folder, make, signal, told) {
      const clean = await readCleanCsv(file, dialect, header, make, signal, told);
      if (clean) return clean;
      const copy = await copyCsv(file, dialect, header, folder, signal, told);
      return readCopy(copy, header.columns.length, make, signal);
    },
  };
}

async function openJsonl(file: InputFile, signal?: CancelSignal, heard?: Told): Promise<Source> {
  const columns = await readJsonColumns(file, signal, heard);
  return {
    columns,
    read: async (folder, make, stop, told) =>
      readCopy(await copyJsonl(file, columns, folder, stop, told), columns.length, make, stop),
  };
}

async function openParquet(file: InputFile, engine: NativeEngine): Promise<Source> {
  const described = await describeParquet(file, engine);
  return {
    columns: described.columns,
    rows: described.rows,
    read: async (_folder, make, signal) => ({
      rows: await readParquet(file, described, make, signal ?? NEVER),
      records: described.rows,
      blankLines: 0,
      unreadable: null,
    }),
  };
}

/**
 * Opens a source of any dialect and names its columns. JSON Lines are read through once for that. The engine must
 * be allowed to read the file.
 */
export async function openSource(
  file: InputFile,
  dialect: Dialect,
  engine: NativeEngine,
  signal?: CancelSignal,
  told?: Told,
): Promise<Source> {
  switch (dialect.format) {
    case 'csv':
      return openCsv(file, dialect);
    case 'jsonl':
      return openJsonl(file, signal, told);
    case 'parquet':
      return openParquet(file, engine);
  }
}
