import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type NativeEngine, openNative } from '../../main/engine/native';

/** A folder of its own with an engine that reaches it. */
export async function engineInFolder(): Promise<{
  folder: string;
  engine: NativeEngine;
  close(): Promise<void>;
}> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'dataharmonize-test-')));
  const engine = await openNative({ folders: [folder], temporaryFolder: folder, threads: 2 });
  return {
    folder,
    engine,
    async close() {
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
