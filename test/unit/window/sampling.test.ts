import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { WasmEngine } from '../../../renderer/engine/wasm';
import { createRowSource } from '../../../renderer/grid/row-source';
import { createPreview } from '../../../renderer/state/preview/preview';
import { createWorkbench, type Workbench } from '../../../renderer/state/workbench';
import type { ShapeCover } from '../../../shared/contract/calls/source';
import { usualDialect } from '../../../shared/document/dialect';
import { emptyRuleSet } from '../../../shared/document/rule-set';
import { type Sampling, usualSampling } from '../../../shared/document/sampling';
import { encodeSample } from '../../../shared/sampling/arrow';
import { engineInPlace, lookupsInPlace } from './engine';
import { projectWith, standInHost, until } from './host';

let engine: WasmEngine;
beforeAll(async () => {
  engine = await engineInPlace();
});

const columns = ['name', 'phone'];
const rows = [
  ['Ann', '555-1'],
  ['Bo', '555-22'],
];
const cover: ShapeCover = {
  ...{ at: '2026-01-01T00:00:00Z', milliseconds: 1, bytes: 1, rows: 1_000_000, unreadableCount: 0 },
  columns: [
    // In another order than the sample's.
    {
      name: 'phone',
      different: 2,
      shapes: [
        { shape: '9-9', rows: 999_999, first: 1, example: 0 },
        { shape: '+9', rows: 1, first: 765_432, example: 1 },
      ],
    },
    { name: 'name', different: 1, shapes: [{ shape: 'Aa', rows: 1_000_000, first: 1, example: 0 }] },
  ],
  examples: encodeSample([
    ['555-1', '+1555'],
    ['Ann', 'Zoe'],
  ]),
};

let asked: { name: string; input: unknown }[] = [];
beforeEach(() => {
  asked = [];
});

async function open(answers: Record<string, () => unknown> = {}): Promise<Workbench> {
  const host = standInHost(columns, rows);
  const call = async (name: string, input: unknown) => {
    asked.push({ name, input });
    return answers[name] ? answers[name]() : host.call(name as 'source.sample', input as never);
  };
  const workbench = createWorkbench({
    host: { ...host, call: call as typeof host.call },
    engine: async () => engine,
    createPreview: (store) =>
      createPreview({ store, engine: async () => engine, lookups: lookupsInPlace, portion: 7 }),
  });
  workbench.openProject(projectWith(emptyRuleSet('s')));
  await until(workbench, (state) => state.preview.status === 'current');
  return workbench;
}
const ready = (workbench: Workbench) => {
  const { sample } = workbench.store.getState();
  if (sample.status !== 'ready') throw new Error('There is no sample.');
  return sample.sample;
};
const samplings = () =>
  asked
    .filter(({ name }) => name === 'source.sample')
    .map(({ input }) => (input as { sampling: Sampling }).sampling);

test('how the sample is drawn is kept by the project, and resampling takes a new seed without touching undo', async () => {
  const workbench = await open();
  workbench.edit({ kind: 'rename', name: 'people' });
  const past = workbench.store.getState().histories.s?.past.length;
  workbench.resample({ method: 'random', rows: 1000, seed: 7, on: 'here' });
  await expect.poll(() => samplings().length).toBe(2);
  expect(asked.find(({ name }) => name === 'project.setSampling')?.input).toEqual({
    source: 's',
    sampling: { method: 'random', rows: 1000, seed: 7, on: 'here' },
  });
  await until(workbench, (state) => state.preview.status === 'current');
  workbench.redraw();
  await expect.poll(() => samplings().length).toBe(3);
  const [first, second, third] = samplings();
  expect(first).toEqual({ method: 'first', rows: 20_000 });
  expect(second).toEqual({ method: 'random', rows: 1000, seed: 7, on: 'here' });
  expect(third).toMatchObject({ method: 'random', rows: 1000 });
  expect(third).not.toEqual(second);
  expect(workbench.store.getState().project?.project.sources[0]?.sampling).toEqual(third);
  expect(workbench.store.getState().histories.s?.past).toHaveLength(past ?? -1);
});

test('a sample that a job on the cluster draws waits until it is asked for', async () => {
  const workbench = await open();
  const dialect = usualDialect('orc');
  const state = projectWith(emptyRuleSet('s'));
  const sources = state.project.sources.map((one) => ({
    ...{ ...one, connection: 'shop', dialect, sampling: usualSampling(dialect) },
  }));
  const drawn = samplings().length;
  workbench.openProject({ ...state, path: '/orc.dhz', project: { ...state.project, sources } });
  await until(workbench, (state) => state.sample.status === 'waiting');
  expect(samplings()).toHaveLength(drawn);
  workbench.resample();
  await until(workbench, (state) => state.preview.status === 'current');
  expect(samplings()).toHaveLength(drawn + 1);
  workbench.selectSource('s');
  expect(workbench.store.getState().sample.status).toBe('waiting');
});

test('a scan adds a row for each shape that the sample lacks, with its number in the source', async () => {
  const workbench = await open({ 'source.shapes': () => cover });
  workbench.scanShapes();
  await until(workbench, (state) => state.cover.status === 'ready' && ready(workbench).added > 0);
  await until(workbench, (state) => state.preview.status === 'current');
  expect(ready(workbench)).toMatchObject({ rows: 3, added: 1 });
  expect(ready(workbench).shapes?.get('phone')).toEqual(new Set(['9-9']));
  const shown = await workbench.preview.rows([1, 2, 3]);
  expect(shown?.map(({ after }) => after)).toEqual([...rows, ['Zoe', '+1555']]);
  expect([1, 2, 3].map(workbench.preview.label)).toEqual(['1', '2', '765,432']);
  expect([1, 2, 3].map(workbench.preview.isAdded)).toEqual([false, false, true]);

  workbench.setFilter({ show: 'all', shape: { column: 'phone', shape: '+9' } });
  await until(workbench, (state) => state.preview.matches !== null);
  expect([...(workbench.store.getState().preview.matches ?? [])]).toEqual([3]);
  expect(createRowSource(workbench, () => {}).length()).toBe(1);

  // Another sample is covered anew.
  workbench.resample();
  await until(workbench, (state) => state.sample.status === 'loading');
  await until(workbench, (state) => state.sample.status === 'ready');
  expect(ready(workbench)).toMatchObject({ rows: 3, added: 1 });
});

test('messages that a scan adds keep their partition and offset', async () => {
  const bytes = (...numbers: number[]) => new Uint8Array(Float64Array.from(numbers).buffer);
  const messages = { partitions: bytes(0, 2), offsets: bytes(7, 42), tombstones: 0 };
  const host = standInHost(columns, rows);
  const drawn = await host.call('source.sample', {} as never);
  const workbench = await open({
    'source.shapes': () => ({ ...cover, messages }),
    'source.sample': () => ({
      ...drawn,
      places: { kind: 'offset', at: bytes(7, 8), partitions: bytes(0, 1) },
    }),
  });
  const scan = { method: 'last', rows: 100, isolation: 'committed' } as const;
  workbench.scanShapes({ messages: scan });
  await until(workbench, (state) => state.cover.status === 'ready' && ready(workbench).added > 0);
  await until(workbench, (state) => state.preview.status === 'current');
  expect(asked.at(-1)?.input ?? {}).toMatchObject({ messages: scan });
  expect([1, 2, 3].map(workbench.preview.label)).toEqual(['0:7', '1:8', '2:42']);
});

test('a scan that fails says so, and leaves the sample as it was', async () => {
  const workbench = await open({
    'source.shapes': () => {
      throw new Error('gone');
    },
  });
  workbench.scanShapes();
  await until(workbench, (state) => state.cover.status === 'failed');
  expect(ready(workbench)).toMatchObject({ rows: 2, added: 0 });
});
