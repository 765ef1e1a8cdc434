import { tableFromIPC } from 'apache-arrow';
import { openWasm } from '../../../main/verify/wasm';
import type { Lookups } from '../../../renderer/engine/lookups';
import type { WasmEngine } from '../../../renderer/engine/wasm';
import { EXAMPLE_KEY } from '../../../shared/lookup/hmac';
import { answerHere } from '../../../shared/lookup/registry';
import type { LookupAnswerer } from '../../../shared/trace/trace';

/** The window's own DuckDB, without the worker around it: all connections are one. */
export async function engineInPlace(): Promise<WasmEngine> {
  const wasm = await openWasm();
  const engine: WasmEngine = {
    ...wasm,
    async loadArrow(table, stream) {
      const data = tableFromIPC(stream);
      const names = data.schema.fields.map(({ name }) => name);
      const columns = names.map((_, i) =>
        [...(data.getChildAt(i) ?? [])].map((one) => (one === null ? null : String(one))),
      );
      await wasm.load(`${table}_text`, names, columns);
      await wasm.execute(
        `CREATE OR REPLACE TABLE "${table}" AS SELECT CAST(r AS DOUBLE) AS r, * EXCLUDE (r) FROM "${table}_text"`,
      );
    },
    connect: async () => engine,
  };
  return engine;
}

/** Lookups without a worker. */
export const answerLookups: LookupAnswerer = (lookup, inputs) =>
  answerHere(lookup, inputs, async () => EXAMPLE_KEY.key);
export const lookupsInPlace: Lookups = { answer: answerLookups, answerUrgently: answerLookups };
