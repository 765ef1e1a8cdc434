import * as duckdb from '@duckdb/duckdb-wasm';
import ehWorker from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import mvpWorker from '@duckdb/duckdb-wasm/dist/duckdb-browser-mvp.worker.js?url';
import ehModule from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import mvpModule from '@duckdb/duckdb-wasm/dist/duckdb-mvp.wasm?url';
import { openEngine, type WasmEngine } from './connection';

export type { WasmEngine } from './connection';

/** Longest time, in ms, for which a query holds the worker before others get their turn. */
const SLICE_MS = 10;

/** Starts an engine: its files come from this origin only, and it can load nothing from elsewhere. */
export async function createWasmEngine(): Promise<WasmEngine> {
  const bundle = await duckdb.selectBundle({
    mvp: { mainModule: mvpModule, mainWorker: mvpWorker },
    eh: { mainModule: ehModule, mainWorker: ehWorker },
  });
  const database = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), new Worker(bundle.mainWorker as string));
  await database.instantiate(bundle.mainModule);
  await database.open({ query: { queryPollingInterval: SLICE_MS } });
  return openEngine(database);
}
