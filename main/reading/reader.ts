import type { Dialect } from '../../shared/document/dialect';
import type { CancelSignal } from '../../shared/ports/signal';
import type { NativeEngine } from '../engine/native';
import { type CleanCopy, readCsvSql } from './clean-copy';
import type { InputFile, Told } from './file';
import type { Unreadable } from './unreadable';

/** What reading a source came to, beside its rows. */
export type ReadOutcome = {
  /** Rows that were read, and readable records the source holds: the same unless `make` takes only some. */
  readonly rows: number;
  readonly records: number;
  readonly blankLines: number;
  readonly unreadable: Unreadable | null;
};

/** Makes rows of a relation `c0 … cn` (SQL) and answers how many it found. */
export type Make = (relation: string, signal: CancelSignal) => Promise<number>;

/** Rows that are ready to be read: SQL with columns `c0 … cn`, and what was found of them so far. */
export type Ready = Omit<ReadOutcome, 'rows'> & { readonly relation: string };

/** A source whose columns are known and whose rows can be read. */
export type Source = {
  readonly columns: readonly string[];
  /** How many rows it holds, where that is known beforehand. */
  readonly rows?: number;
  /**
   * Lets `make` read the rows as a relation. It may be called again with another relation, when the first turns out
   * not to be readable as it stands.
   */
  read(make: Make, signal?: CancelSignal, told?: Told): Promise<ReadOutcome>;
  /** Makes the rows ready without reading them; for sources of many files. */
  ready(signal?: CancelSignal, told?: Told): Promise<Ready>;
  /** Frees what opening it took. */
  close(): Promise<void>;
};

/** What a reader works with: an engine that may read the file and the folder, which is for copies. */
export type ReadContext = {
  readonly engine: NativeEngine;
  readonly folder: string;
  /** Columns that are known already, as those of a data set are; for formats whose files do not state them. */
  readonly columns?: readonly string[];
  readonly signal?: CancelSignal | undefined;
  readonly told?: Told | undefined;
};

/** Opens files of one format. */
export type Reader<D extends Dialect> = (
  file: InputFile,
  dialect: D,
  context: ReadContext,
) => Promise<Source>;

const NEVER: CancelSignal = new AbortController().signal;

/** A source whose rows are read just as they were made ready. */
export function readFrom({ columns, rows, ready, close }: Omit<Source, 'read'>): Source {
  return {
    columns,
    ...(rows !== undefined && { rows }),
    ready,
    close,
    async read(make, signal, told) {
      const { relation, ...found } = await ready(signal, told);
      const made = await make(relation, signal ?? NEVER);
      if (made > found.records) throw new RangeError('DuckDB read more rows than were written.');
      return { ...found, rows: made };
    },
  };
}

/** The rows of a clean copy. */
export function readyCopy({ file, ...copy }: CleanCopy, columns: number): Ready {
  const { records, blankLines, unreadable } = copy;
  return {
    relation: readCsvSql(file, columns, { ...copy, header: true }),
    records,
    blankLines,
    unreadable,
  };
}
