import { beforeAll, expect, test } from 'vitest';
import { runSql } from '../../../renderer/analysis/run-sql';
import { createWorkspace, type Workspace } from '../../../renderer/analysis/workspace';
import type { WasmEngine } from '../../../renderer/engine/wasm';
import { isFault } from '../../../shared/contract/errors';
import { emptyRuleSet, type RuleSet, stepSchema } from '../../../shared/document/rule-set';
import { answerLookups, engineInPlace } from './engine';
import { projectWith, standInHost } from './host';

let engine: WasmEngine;
beforeAll(async () => {
  engine = await engineInPlace();
});

const trim = { id: 't', operation: 'trim', columns: ['name'] };
const derive = {
  id: 'd',
  operation: 'derive',
  parameters: { expression: 'upper([nmae])', into: 'loud' },
};
const rules = (...steps: object[]): RuleSet => ({
  ...emptyRuleSet('s'),
  steps: steps.map((step) => stepSchema.parse(step)),
});
const context = { signal: new AbortController().signal, progress: () => {} };

function open(): Workspace {
  const host = standInHost(['name'], [[' Ann '], ['Bob']]);
  const workspace = createWorkspace({ host, startEngine: async () => engine, answer: answerLookups });
  workspace.setSources(projectWith(emptyRuleSet('s')).project.sources, []);
  return workspace;
}
const ensure = (workspace: Workspace, ruleSet: RuleSet) =>
  workspace.ensure(['s'], new Map([['s', ruleSet]]), context);
const names = async (table: string) => (await runSql(engine, `SELECT name FROM ${table}`))?.values;
const stateOf = (workspace: Workspace) => workspace.use.getState().sources[0];

test('a faulty step is named as the window names it, and the table as it was read stays', async () => {
  const workspace = open();
  const error = await ensure(workspace, rules(trim, derive)).catch((one: unknown) => one);
  if (!isFault(error, 'rules.step')) throw error;
  expect(error.details).toEqual({ source: 's', step: 'd' });
  expect(error.message).toMatch(
    /^Step 2, Work out .* needs attention\.\nThere is no column “nmae” here; .*name/,
  );
  expect(error.message).not.toMatch(/step 2 \(derive\)|parameters/);
  expect(stateOf(workspace)).toMatchObject({ status: 'failed', rawColumns: ['name'] });
  expect(await names('s_raw')).toEqual([[' Ann ', 'Bob']]);
  await workspace.ensureRaw(['s'], context);
  await ensure(workspace, rules(trim));
  expect(stateOf(workspace)).toMatchObject({ status: 'ready', columns: ['name'], kept: 2 });
  expect(await names('s')).toEqual([['Ann', 'Bob']]);
});

test('faults of parameters are worded as the form words them; a step that is off hinders nothing', async () => {
  const workspace = open();
  const unfinished = { ...derive, parameters: { expression: 'upper([name]', into: 'loud' } };
  const error = await ensure(workspace, rules(unfinished)).catch((one: unknown) => one);
  if (!isFault(error, 'rules.step')) throw error;
  expect(error.message).toMatch(/\nFormula: at character \d+: /);
  await ensure(workspace, rules(trim, { ...unfinished, enabled: false }));
  expect(await names('s')).toEqual([['Ann', 'Bob']]);
});

test('a raw table needs no rules, and a cleaned one is kept while it is asked for', async () => {
  const workspace = open();
  await workspace.ensureRaw(['s'], context);
  expect(stateOf(workspace)).toMatchObject({ status: 'read', rawColumns: ['name'], rows: 2, columns: [] });
  await ensure(workspace, rules(trim));
  await workspace.ensureRaw(['s'], context);
  expect(stateOf(workspace)).toMatchObject({ status: 'ready', columns: ['name'] });
});
