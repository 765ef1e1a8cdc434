import { totalmem } from 'node:os';
import {
  DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBValue,
  version as duckdbVersion,
  VARCHAR,
} from '@duckdb/node-api';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import type { CellValue, Engine, ResultTable } from '../../shared/ports/engine';
import type { CancelSignal } from '../../shared/ports/signal';
import { cancelled, engineFault } from './faults';

export type NativeOptions = {
  /** Folders (with all they hold) and single files that SQL may read and write; real absolute paths. */
  readonly folders?: readonly string[];
  readonly files?: readonly string[];
  /** Where to spill what memory cannot hold, in the clear: DuckDB has no encryption for it without an extension. */
  readonly temporaryFolder: string;
  readonly memoryBytes?: number;
  readonly threads?: number;
};

export type NativeEngine = Engine & {
  readonly kind: 'native';
  /** Share of the running statement that is done, 0 to 1; null where unknown. */
  progress(): number | null;
};

const ROWS_PER_CHUNK = 2048;
const MEMORY_SHARE = 0.4;
const MOST_MEMORY = 4 * 1024 ** 3;

const list = (paths: readonly string[]) => `[${paths.map(quote.text).join(', ')}]`;

function settings({
  folders = [],
  files = [],
  temporaryFolder,
  memoryBytes,
  threads,
}: NativeOptions): string {
  const memory = memoryBytes ?? Math.min(MOST_MEMORY, Math.floor(totalmem() * MEMORY_SHARE));
  return [
    `SET memory_limit = '${memory} B'`,
    ...(threads === undefined ? [] : [`SET threads = ${quote.integer(threads)}`]),
    `SET temp_directory = ${quote.text(temporaryFolder)}`,
    "SET TimeZone = 'UTC'",
    // Without it the engine does not tell how far it is; printing is for its own command line.
    'SET enable_progress_bar = true',
    'SET enable_progress_bar_print = false',
    'SET autoinstall_known_extensions = false',
    'SET autoload_known_extensions = false',
    'SET allow_community_extensions = false',
    'SET allow_persistent_secrets = false',
    "SET disabled_filesystems = 'HTTPFileSystem'",
    `SET allowed_directories = ${list(folders)}`,
    `SET allowed_paths = ${list(files)}`,
    'SET enable_external_access = false',
    'SET lock_configuration = true',
  ].join('; ');
}

function cellOf(value: DuckDBValue): CellValue {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  return String(value);
}

/** Opens a DuckDB of its own, in memory, that reaches no file but those stated. */
export async function openNative(options: NativeOptions): Promise<NativeEngine> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(settings(options));
  let last: Promise<unknown> = Promise.resolve();

  // One statement at a time: temporary tables belong to the connection, and an interrupt stops whatever runs on it.
  function inTurn<T>(work: () => Promise<T>, signal?: CancelSignal): Promise<T> {
    const run = async () => {
      if (signal?.aborted) throw cancelled();
      const stop = () => connection.interrupt();
      signal?.addEventListener('abort', stop, { once: true });
      try {
        return await work();
      } catch (error) {
        throw signal?.aborted ? cancelled() : engineFault(error);
      } finally {
        signal?.removeEventListener('abort', stop);
      }
    };
    const turn = last.then(run, run);
    last = turn.catch(() => undefined);
    return turn;
  }

  return {
    kind: 'native',
    version: duckdbVersion(),
    execute: (sql, signal) => inTurn(async () => void (await connection.run(sql)), signal),
    query: (sql, signal) =>
      inTurn(async (): Promise<ResultTable> => {
        const reader = await connection.runAndReadAll(sql);
        const names = reader.columnNames();
        // Without rows the client answers no columns at all.
        const read = reader.getColumns();
        const columns = names.map((_, i) => (read[i] ?? []).map(cellOf));
        return { names, columns, rows: reader.currentRowCount };
      }, signal),
    load: (table, names, columns) =>
      inTurn(async () => {
        const definition = names.map((name) => `${quote.identifier(name)} VARCHAR`).join(', ');
        await connection.run(`CREATE OR REPLACE TEMP TABLE ${quote.identifier(table)} (${definition})`);
        const appender = await connection.createAppender(table, 'main', 'temp');
        const rows = columns[0]?.length ?? 0;
        for (let at = 0; at < rows; at += ROWS_PER_CHUNK) {
          const part = columns.map((column) => column.slice(at, at + ROWS_PER_CHUNK));
          const chunk = DuckDBDataChunk.create(names.map(() => VARCHAR));
          chunk.rowCount = part[0]?.length ?? 0;
          chunk.setColumns(part);
          appender.appendDataChunk(chunk);
        }
        appender.closeSync();
      }),
    progress() {
      const { percentage } = connection.progress;
      return percentage < 0 ? null : Math.min(1, percentage / 100);
    },
    async close() {
      await last;
      connection.closeSync();
      instance.closeSync();
    },
  };
}
