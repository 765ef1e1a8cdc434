import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { openNative } from '../../../main/engine/native';
import type { Phones } from '../../../renderer/engine/phones';
import type { WasmEngine } from '../../../renderer/engine/wasm';
import { answerPhone } from '../../../shared/lookup/phone';
import type { LookupAnswerer } from '../../../shared/trace/trace';

/** Native DuckDB in the place of the window's engine. */
export async function standInEngine(): Promise<WasmEngine> {
  const temporaryFolder = mkdtempSync(path.join(tmpdir(), 'window-'));
  const native = await openNative({ temporaryFolder, threads: 1, memoryBytes: 512 * 1024 ** 2 });
  const engine: WasmEngine = {
    ...native,
    kind: 'wasm',
    async loadArrow(table, stream) {
      const data = tableFromIPC(stream);
      const names = data.schema.fields.map(({ name }) => name);
      const columns = names.map((_, i) =>
        [...(data.getChildAt(i) ?? [])].map((one) => (one === null ? null : String(one))),
      );
      await native.load(`${table}_text`, names, columns);
      await native.execute(
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
