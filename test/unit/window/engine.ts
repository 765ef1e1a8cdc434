import { tableFromIPC } from 'apache-arrow';
import { openWasm } from '../../../main/verify/wasm';
import type { Phones } from '../../../renderer/engine/phones';
import type { WasmEngine } from '../../../renderer/engine/wasm';
import { answerPhone } from '../../../shared/lookup/phone';
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

/** Phone answers without a worker. */
export const answerPhones: LookupAnswerer = async ({ options }, [numbers = [], regions = []]) => {
  const answers = numbers.map((number, i) => answerPhone(number, regions[i] ?? null, options));
  return [answers.map((one) => one.number), answers.map((one) => one.extension)];
};
export const phonesInPlace: Phones = { answer: answerPhones, answerUrgently: answerPhones };
