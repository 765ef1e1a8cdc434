import { expect, test } from 'vitest';
import { isFault } from '../../shared/contract/errors';
import { assertRuns, capabilitiesOf, obstaclesTo } from '../../shared/operations/capabilities';
import { ENGINES } from '../../shared/operations/operation';
import { type AnyOperation, findOperation, operations } from '../../shared/operations/registry';

const trim = findOperation('trim') as AnyOperation;
const duckdbOnly: AnyOperation = { ...trim, id: 'here', capabilities: { engines: ['wasm', 'native'] } };
const find = (id: string) => (id === 'here' ? duckdbOnly : findOperation(id));
const steps = [{ operation: 'trim' }, { operation: 'here' }];

test('an operation runs everywhere, and by cell and row in a stream, unless it says otherwise', () => {
  expect(capabilitiesOf(trim)).toEqual({ engines: ENGINES, streams: true, limits: [] });
  expect(capabilitiesOf({ ...trim, scope: 'table' }).streams).toBe(false);
  expect(capabilitiesOf({ ...trim, scope: 'group' }).streams).toBe(false);
  expect(capabilitiesOf({ ...trim, scope: 'group', capabilities: { streams: true } }).streams).toBe(true);
});

test('what an engine lacks is named with its step, before anything is written', () => {
  expect(obstaclesTo('native', steps, find)).toEqual([]);
  expect(obstaclesTo('spark', steps, find)).toEqual([
    'Step 2 (here) does not run on Spark, only on the preview (duckdb-wasm) and native DuckDB.',
  ]);
  try {
    assertRuns('spark', steps, find);
    expect.unreachable();
  } catch (error) {
    expect(isFault(error) && error.code).toBe('plan.engine');
  }
});

test('limits are sentences, and an operation that can stream says how', () => {
  for (const operation of operations) {
    const { limits, engines } = capabilitiesOf(operation);
    for (const limit of limits) expect(limit, operation.id).toMatch(/^\p{P}?\p{Lu}.*\.$/u);
    expect(engines.length, operation.id).toBeGreaterThan(0);
    expect(operation.stream, operation.id).toMatch(/\.$/);
  }
});
