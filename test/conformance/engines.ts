import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openNative } from '../../main/engine/native';
import type { Engine } from '../../shared/ports/engine';

export { openWasm } from '../../main/verify/wasm';

/** Native DuckDB as the host runs it; closing removes its folder. */
export async function openHost(): Promise<Engine> {
  const temporaryFolder = await mkdtemp(path.join(tmpdir(), 'dataharmonize-duckdb-'));
  const engine = await openNative({ temporaryFolder, threads: 2 });
  return {
    ...engine,
    async close() {
      await engine.close();
      await rm(temporaryFolder, { recursive: true, force: true });
    },
  };
}
