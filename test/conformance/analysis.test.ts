import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateSample } from '../../main/sample/generate';
import { profile } from '../../shared/analysis/profile';
import { SAMPLE_RFM } from '../../shared/analysis/rfm/parameters';
import { rfm } from '../../shared/analysis/rfm/rfm';
import { compareRuns, runAnalysis } from '../../shared/analysis/run';
import type { Engine, ResultTable } from '../../shared/ports/engine';
import { load } from '../unit/analysis/native';
import { readCsv } from '../unit/sample/recount';
import { openHost, openWasm } from './engines';

let folder: string;
let engines: Engine[];
const headers: Record<string, string[]> = {};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'analysis-'));
  await generateSample({ folder, customers: 1500, transactions: 6000, events: 3000 });
  engines = [await openHost(), await openWasm()];
  for (const name of ['customers', 'transactions', 'events']) {
    const { header, rows } = readCsv(await readFile(path.join(folder, `${name}.csv`), 'utf8'));
    headers[name] = header;
    for (const engine of engines) await load(engine, name, header, rows);
  }
});
afterAll(async () => {
  for (const engine of engines ?? []) await engine.close();
  await rm(folder, { recursive: true, force: true });
});

async function onEach(run: (engine: Engine) => Promise<Readonly<Record<string, ResultTable>>>) {
  const [native, wasm] = engines;
  if (!native || !wasm) throw new Error('two engines are needed');
  return [await run(native), await run(wasm)] as const;
}

test('the engines are of one version', () => {
  expect(new Set(engines.map(({ version }) => version)).size).toBe(1);
});

test.each(['customers', 'transactions', 'events'])(
  'the profile of %s is the same in the window and in the host',
  async (table) => {
    const [native, wasm] = await onEach(async (engine) => {
      const parameters = { columns: headers[table], top: 20 };
      const bindings = { table: { table, columns: {} } };
      return (await runAnalysis(engine, profile, { bindings, parameters, name: 'profile' })).results;
    });
    expect(native.columns?.rows).toBe(headers[table]?.length);
    expect(wasm).toEqual(native);
  },
);

test('segments and moves are the same in the window and in the host', async () => {
  const [native, wasm] = await onEach(async (engine) => {
    const columns = { customer: 'customer_id', time: 'time', amount: 'amount', status: 'status' };
    const bindings = {
      customers: { table: 'customers', columns: { id: 'customer_id' } },
      transactions: { table: 'transactions', columns: { ...columns, currency: 'currency' } },
    };
    const one = await runAnalysis(engine, rfm, { bindings, parameters: SAMPLE_RFM, name: 'one' });
    const parameters = { ...SAMPLE_RFM, referenceDate: '2025-06-30' };
    const two = await runAnalysis(engine, rfm, { bindings, parameters, name: 'two' });
    if (!rfm.comparison) throw new Error('no comparison');
    const moves = await compareRuns(engine, rfm.comparison, { before: 'one', after: 'two' });
    await one.dispose();
    await two.dispose();
    return {
      ...one.results,
      ...Object.fromEntries(Object.entries(moves).map(([id, table]) => [`moves ${id}`, table])),
    };
  });
  expect(Object.keys(native)).toHaveLength(7);
  expect(native.customers?.rows).toBeGreaterThan(1000);
  expect(wasm).toEqual(native);
});
