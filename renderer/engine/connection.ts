import type { AsyncDuckDB } from '@duckdb/duckdb-wasm';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import { Fault } from '../../shared/contract/errors';
import type { Engine } from '../../shared/ports/engine';
import type { CancelSignal } from '../../shared/ports/signal';
import { encodeTexts } from '../../shared/sampling/arrow';
import { decodeTable } from './arrow';

/** DuckDB in a worker of the window. Calls of one connection are carried out one after the other, in their order. */
export type WasmEngine = Engine & {
  /** Creates or replaces a table from an Arrow IPC stream. */
  loadArrow(table: string, stream: Uint8Array): Promise<void>;
  /**
   * Another connection to the same database. A plain one gives the worker back every few milliseconds, so that
   * others get their turn and it can be cancelled; an urgent one runs each query in one go, for short ones.
   */
  connect(options?: { urgent?: boolean }): Promise<WasmEngine>;
};

const cancelled = () =>
  new Fault({ code: 'cancelled', message: 'The query was given up.', unaffected: 'The data is as it was.' });

const SETTINGS = [
  'autoload_known_extensions = false',
  'autoinstall_known_extensions = false',
  // There is no file to write to: checkpoints would only halt the preview, for a quarter of a second each.
  "checkpoint_threshold = '1TB'",
];

/** The first connection of a database that was just opened; closing it closes the database. */
export async function openEngine(database: AsyncDuckDB): Promise<WasmEngine> {
  const engine = await connect(database, { urgent: false, first: true });
  for (const setting of SETTINGS) await engine.execute(`SET GLOBAL ${setting}`);
  return engine;
}

async function connect(
  database: AsyncDuckDB,
  { urgent, first }: { urgent: boolean; first: boolean },
): Promise<WasmEngine> {
  const id = await database.connectInternal();
  const version = await database.getVersion();

  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const turn = last.then(task);
    last = turn.catch(() => {});
    return turn;
  };

  async function runInSlices(sql: string, signal: CancelSignal | undefined): Promise<Uint8Array[]> {
    let header = await database.startPendingQuery(id, sql, false);
    while (header === null) {
      if (signal?.aborted) {
        await database.cancelPendingQuery(id);
        throw cancelled();
      }
      header = await database.pollPendingQuery(id);
    }
    const parts = [header];
    for (;;) {
      const part = await database.fetchQueryResults(id);
      if (part === null || part.length === 0) return parts;
      parts.push(part);
    }
  }

  const run = (sql: string, signal?: CancelSignal): Promise<Uint8Array[]> =>
    inTurn(async () => {
      if (signal?.aborted) throw cancelled();
      return urgent ? [await database.runQuery(id, sql)] : runInSlices(sql, signal);
    });

  const loadArrow = (table: string, stream: Uint8Array): Promise<void> =>
    inTurn(async () => {
      await database.runQuery(id, `DROP TABLE IF EXISTS ${quote.identifier(table)}`);
      await database.insertArrowFromIPCStream(id, stream, { name: table, create: true });
    });

  return {
    kind: 'wasm',
    version,
    execute: async (sql, signal) => void (await run(sql, signal)),
    query: async (sql, signal) => decodeTable(await run(sql, signal)),
    load: (table, names, columns) => loadArrow(table, encodeTexts(names, columns)),
    loadArrow,
    connect: (options) => connect(database, { urgent: options?.urgent ?? false, first: false }),
    async close() {
      await last;
      await database.disconnect(id);
      if (first) await database.terminate();
    },
  };
}
