import type { WasmEngine } from '../../../renderer/engine/wasm';
import type { HostClient } from '../../../renderer/state/host';
import { createPreview } from '../../../renderer/state/preview/preview';
import { createWorkbench, type Workbench } from '../../../renderer/state/workbench';
import type { ProjectState } from '../../../shared/contract/calls/project';
import { usualDialect } from '../../../shared/document/dialect';
import { emptyProject } from '../../../shared/document/project';
import type { RuleSet } from '../../../shared/document/rule-set';
import { USUAL_SAMPLING } from '../../../shared/document/sampling';
import { encodeSample } from '../../../shared/sampling/arrow';
import { lookupsInPlace } from './engine';

export type Cells = readonly (readonly (string | null)[])[];

/** A project with one source `s`. */
export function projectWith(ruleSet: RuleSet): ProjectState {
  const source = {
    id: 's',
    name: 's.csv',
    role: 'other' as const,
    connection: 'local',
    path: '/s.csv',
    dialect: usualDialect('csv'),
    sampling: USUAL_SAMPLING,
  };
  const project = { ...emptyProject('test'), sources: [source], ruleSets: { s: ruleSet } };
  return { path: '/test.dhz', project, recovered: 0, sequence: 0 };
}

/** A host that has one sample and saves nothing. */
export function standInHost(columns: readonly string[], rows: Cells): HostClient {
  const call = async (name: string) => {
    if (name === 'project.setSampling') return {};
    if (name === 'project.edit') return { saved: '2026-01-01T00:00:00Z' };
    if (name !== 'source.sample') throw new Error(`The stand-in has no ${name}.`);
    const cells = columns.map((_, i) => rows.map((row) => row[i] ?? null));
    return {
      arrow: encodeSample(cells),
      columns: [...columns],
      rows: rows.length,
      complete: true,
      total: { rows: rows.length, exact: true },
      unreadable: [],
      unreadableCount: 0,
      drawn: {
        how: 'first-rows' as const,
        sampling: USUAL_SAMPLING,
        at: '2026-01-01T00:00:00Z',
        ...{ milliseconds: 1, bytes: 1, parts: null, share: null, matches: null, on: 'here' as const },
      },
      places: null,
    };
  };
  return { call: call as HostClient['call'], on: () => () => {} };
}

/** A workbench over a sample, as soon as that is loaded. */
export async function openWorkbench(
  engine: WasmEngine,
  { columns, rows, ruleSet }: { columns: readonly string[]; rows: Cells; ruleSet: RuleSet },
): Promise<Workbench> {
  const workbench = createWorkbench({
    host: standInHost(columns, rows),
    engine: async () => engine,
    createPreview: (store) =>
      createPreview({ store, engine: async () => engine, lookups: lookupsInPlace, portion: 7 }),
  });
  workbench.openProject(projectWith(ruleSet));
  await until(workbench, (state) => state.sample.status === 'ready');
  return workbench;
}

/** Resolves when the state is as asked. */
export function until(
  { store }: Workbench,
  holds: (state: ReturnType<Workbench['store']['getState']>) => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    if (holds(store.getState())) return resolve();
    const stop = store.subscribe((state) => {
      if (!holds(state)) return;
      stop();
      resolve();
    });
  });
}
