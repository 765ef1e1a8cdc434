import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createHost } from '../../main/host/create';
import type { WasmEngine } from '../../renderer/engine/wasm';
import type { HostClient } from '../../renderer/state/host';
import type { WorkbenchState } from '../../renderer/state/model';
import { createPreview } from '../../renderer/state/preview/preview';
import { createWorkbench, type Workbench } from '../../renderer/state/workbench';
import { contract } from '../../shared/contract/contract';
import { createClient } from '../../shared/rpc/client';
import { createMemoryPair } from '../../shared/rpc/memory';
import { createServer } from '../../shared/rpc/server';
import { type Messaging, topicsConnection } from '../cluster/start.mjs';
import { engineInPlace, lookupsInPlace } from '../unit/window/engine';

/** The window without its screen: a real host, a real line to it, the window's state and its DuckDB. */
export type TopicWindow = {
  readonly host: HostClient;
  readonly engine: WasmEngine;
  readonly workbench: Workbench;
  /** Resolves when the state is as asked; fails after some seconds. */
  until(what: string, holds: (state: WorkbenchState) => boolean, seconds?: number): Promise<WorkbenchState>;
  close(): Promise<void>;
};

/** Opens a window on an empty project, with a connection to a Kafka. */
export async function openTopicWindow(
  messaging: Pick<Messaging, 'kafka' | 'registryUrl'>,
): Promise<TopicWindow> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dataharmonize-topics-'));
  process.env.DATAHARMONIZE_HOME = path.join(folder, 'home');
  const inner = await createHost({
    shell: 'web',
    version: '0.0.0',
    log: (record) => {
      throw new Error(`${record.call}: ${record.error}`);
    },
  });
  const [near, far] = createMemoryPair();
  createServer(far, contract, inner.handlers, { log: () => {} });
  const host: HostClient = createClient(near, contract);
  const engine = await engineInPlace();
  const workbench = createWorkbench({
    host,
    engine: async () => engine,
    createPreview: (store) => createPreview({ store, engine: async () => engine, lookups: lookupsInPlace }),
  });
  await host.call('connections.save', { connection: topicsConnection(messaging) });
  workbench.openProject(
    await host.call('project.create', { path: path.join(folder, 'topics.dhz'), name: 'Topics' }),
  );
  return {
    host,
    engine,
    workbench,
    async until(what, holds, seconds = 20) {
      const deadline = Date.now() + seconds * 1000;
      for (;;) {
        const state = workbench.store.getState();
        if (holds(state)) return state;
        const { live, sample, preview } = state;
        if (Date.now() > deadline)
          throw new Error(
            `${what}: ${JSON.stringify({ live, sample: sample.status, preview: preview.status })}`,
          );
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async close() {
      workbench.live.stop();
      near.close();
      await inner.close();
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
