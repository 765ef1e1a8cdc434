import * as duckdb from '@duckdb/duckdb-wasm';
import ehWorker from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import mvpWorker from '@duckdb/duckdb-wasm/dist/duckdb-browser-mvp.worker.js?url';
import ehModule from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import mvpModule from '@duckdb/duckdb-wasm/dist/duckdb-mvp.wasm?url';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import { Fault } from '../../shared/contract/errors';
import type { Engine, ResultTable } from '../../shared/ports/engine';
import type { CancelSignal } from '../../shared/ports/signal';
import { decodeTable, encodeTexts } from './arrow';

/** DuckDB in a worker of the window. Calls are carried out one after the other, in their order. */
export type WasmEngine = Engine & {
  /** Creates or replaces a table from an Arrow IPC stream. */
  loadArrow(table: string, stream: Uint8Array): Promise<void>;
};

const cancelled = () =>
  new Fault({ code: 'cancelled', message: 'The query was given up.', unaffected: 'The data is as it was.' });

/** Starts an engine: its files come from this origin only, and it can load nothing from elsewhere. */
export async function createWasmEngine(): Promise<WasmEngine> {
  const bundle = await duckdb.selectBundle({
    mvp: { mainModule: mvpModule, mainWorker: mvpWorker },
    eh: { mainModule: ehModule, mainWorker: ehWorker },
  });
  const worker = new Worker(bundle.mainWorker as string);
  const database = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
  await database.instantiate(bundle.mainModule);
  await database.open({ query: { castBigIntToDouble: false, castDecimalToDouble: false } });
  const id = await database.connectInternal();
  await database.runQuery(
    id,
    'SET autoload_known_extensions = false; SET autoinstall_known_extensions = false; SET preserve_insertion_order = true',
  );
  const version = await database.getVersion();

  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const turn = last.then(task);
    last = turn.catch(() => {});
    return turn;
  };

  /** Runs statements to the end in slices, so that a cancelled one gives the worker back between two of them. */
  async function run(sql: string, signal?: CancelSignal): Promise<Uint8Array[]> {
    if (signal?.aborted) throw cancelled();
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

  return {
    kind: 'wasm',
    version,
    execute: (sql, signal) => inTurn(async () => void (await run(sql, signal))),
    query: (sql, signal): Promise<ResultTable> => inTurn(async () => decodeTable(await run(sql, signal))),
    load: (table, names, columns) => loadArrow(table, encodeTexts(names, columns)),
    loadArrow,
    async close() {
      await last;
      await database.disconnect(id);
      await database.terminate();
    },
  };

  function loadArrow(table: string, stream: Uint8Array): Promise<void> {
    return inTurn(async () => {
      await database.runQuery(id, `DROP TABLE IF EXISTS ${quote.identifier(table)}`);
      await database.insertArrowFromIPCStream(id, stream, { name: table, create: true });
    });
  }
}
