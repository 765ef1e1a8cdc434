import { duckdb as quote } from '../../shared/compile/sql/quote';
import { isFault } from '../../shared/contract/errors';
import type { CsvDialect, Dialect } from '../../shared/document/rule-set';
import type { CancelSignal } from '../../shared/ports/signal';
import type { NativeEngine } from '../engine/native';
import { checkCsv } from './csv-check';
import { copyCsv } from './csv-copy';
import { type CsvHeader, readHeader } from './csv-header';
import type { InputFile } from './file';
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
  readonly rows: number;
  readonly blankLines: number;
  readonly unreadable: Unreadable | null;
};

/** A source whose columns are known and whose rows can be read. */
export type Source = {
  readonly columns: readonly string[];
  /**
   * Lets `make` read the rows as a relation `c0 … cn` (SQL) and answer how many it found. It may be called again
   * with another relation, when the first turns out not to be readable as it stands.
   */
  read(
    folder: string,
    make: (relation: string, signal: CancelSignal) => Promise<number>,
    signal?: CancelSignal,
  ): Promise<ReadOutcome>;
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
  make: (relation: string, signal: CancelSignal) => Promise<number>,
  signal?: CancelSignal,
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
      (stop) => checkCsv(file, dialect, header, stop),
      (verdict) => verdict.clean && verdict.longest < USUAL_LONGEST,
      (stop) => make(relation, stop),
    );
    if (!both) return null;
    const [verdict, rows] = both;
    const expected = verdict.records + (columns === 1 ? verdict.blankLines : 0);
    return rows === expected ? { rows, blankLines: verdict.blankLines, unreadable: null } : null;
  } catch (error) {
    // DuckDB refuses records with too few or too many fields; the exact reader says which.
    if (signal?.aborted || !isFault(error, 'engine.failed')) throw error;
    return null;
  }
}

/** A CSV file. DuckDB reads it as it stands where every reader reads it alike; else a checked copy of it. */
export async function openCsv(file: InputFile, dialect: CsvDialect): Promise<Source> {
  const header = await readHeader(file, dialect);
  const columns = header.columns.length;
  return {
    columns: header.columns,
    async read(folder, make, signal) {
      const clean = await readCleanCsv(file, dialect, header, make, signal);
      if (clean) return clean;
      const copy = await copyCsv(file, dialect, header, folder, signal);
      const { delimiter, longest } = copy;
      const relation = readCsvSql(copy.file, columns, { delimiter, header: true, longest });
      const rows = await make(relation, signal ?? new AbortController().signal);
      if (rows !== copy.records)
        throw new RangeError('DuckDB read another number of rows than were written.');
      return { rows, blankLines: copy.blankLines, unreadable: copy.unreadable };
    },
  };
}

/** Opens a source of any dialect. */
export async function openSource(file: InputFile, dialect: Dialect, _engine: NativeEngine): Promise<Source> {
  switch (dialect.format) {
    case 'csv':
      return openCsv(file, dialect);
    default:
      throw new RangeError(dialect.format);
  }
}
