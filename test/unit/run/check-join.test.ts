import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createJoinHandlers } from '../../../main/host/joins';
import { fileDialect } from '../../../main/reading/file-dialect';
import { checkJoin, type SideGiven } from '../../../main/run/check-join';
import { generateSample } from '../../../main/sample/generate';
import { sampleProject } from '../../../main/sample/project';
import type { Truth } from '../../../main/sample/truth';
import { emptyRuleSet } from '../../../shared/document/rule-set';
import { readCsv, trimmed } from '../sample/recount';

let folder: string;
let truth: Truth;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'joins-'));
  truth = await generateSample({ folder, customers: 3000, transactions: 12_000, events: 4000, cells: false });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const project = sampleProject();
function side(
  name: 'customers' | 'transactions',
  steps: readonly string[],
  columns = ['customer_id'],
): SideGiven {
  const source = project.sources.find((one) => one.id === name);
  const rules = project.ruleSets[name];
  if (!source || !rules) throw new Error('The sample has no such source.');
  const ruleSet = {
    ...emptyRuleSet(name),
    steps: rules.steps.filter((one) => steps.includes(one.operation)),
  };
  const { path: file } = source;
  const dialect = fileDialect(source.dialect, name);
  return {
    name: source.name,
    path: path.join(folder, file),
    dialect,
    ruleSet,
    side: { source: name, columns },
  };
}
const ids = async (name: string) => {
  const { header, rows } = readCsv(await readFile(path.join(folder, `${name}.csv`), 'utf8'));
  return rows.map((row) => row[header.indexOf('customer_id')] ?? null);
};
const dirt = (kind: string) =>
  truth.dirt.find((one) => one.table === 'transactions' && one.column === 'customer_id' && one.kind === kind)
    ?.count;

test('over all rows, orphans are those that the sample planted, and duplicates those of its rows', async () => {
  const cleaning = ['trim', 'change-case', 'nullify'];
  const progress: string[] = [];
  const { counts, unreadable } = await checkJoin({
    from: side('transactions', cleaning),
    to: side('customers', []),
    onProgress: ({ source, phase }) => progress.push(`${source} ${phase}`),
  });
  const customers = await ids('customers');
  const often = new Map<string | null, number>();
  for (const id of customers) often.set(id, (often.get(id) ?? 0) + 1);
  const twice = [...often.values()].filter((n) => n > 1);
  expect(twice.length).toBeGreaterThan(10);
  const used = new Set((await ids('transactions')).map((id) => id && trimmed(id).toUpperCase()));
  expect(counts).toMatchObject({
    from: { rows: 12_000, missing: dirt('null'), orphans: dirt('no-customer') },
    to: {
      rows: 3000,
      missing: 0,
      duplicateKeys: twice.length,
      duplicateRows: twice.reduce((sum, n) => sum + n, 0),
      unused: customers.filter((id) => !used.has(id)).length,
    },
  });
  expect(counts.from.gone).toEqual({ filtered: 0, rejected: 0, merged: 0 });
  expect(counts.from.matched + counts.from.missing + counts.from.orphans).toBe(counts.from.rows);
  expect(unreadable).toEqual({ from: 0, to: 0 });
  expect(progress.at(-1)).toMatch(/comparing$/);
});

test('transactions of customers that rules merged, rejected or filtered are told apart', async () => {
  const all = project.ruleSets.customers?.steps.map((one) => one.operation) ?? [];
  const { counts } = await checkJoin({
    from: side('transactions', ['trim', 'change-case', 'nullify', 'deduplicate']),
    to: side('customers', all),
  });
  const { gone, orphans, rows } = counts.from;
  const starter = truth.tables.find((one) => one.name === 'customers')?.starter;
  expect(counts.to.rows).toBe(starter?.kept);
  expect(rows).toBe(truth.tables.find((one) => one.name === 'transactions')?.starter.kept);
  expect(Math.min(gone.merged, gone.rejected, gone.filtered)).toBeGreaterThan(0);
  const nowhere = orphans - gone.merged - gone.rejected - gone.filtered;
  expect(nowhere).toBeGreaterThan(0);
  expect(nowhere).toBeLessThanOrEqual(dirt('no-customer') ?? 0);
});

test('a key whose column is gone, a file that is gone, and giving up are faults that say so', async () => {
  const [from, to] = [side('transactions', []), side('customers', [])];
  await expect(checkJoin({ from, to: side('customers', [], ['customer id']) })).rejects.toMatchObject({
    code: 'join.column',
    message: 'customers.csv has no column “customer id” once its steps are done.',
  });
  await expect(checkJoin({ from: { ...from, path: path.join(folder, 'no.csv') }, to })).rejects.toMatchObject(
    {
      code: 'local.not-found',
    },
  );
  await expect(checkJoin({ from, to, signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'cancelled',
  });
});

test('records that cannot be read are counted apart', async () => {
  const file = path.join(folder, 'broken.csv');
  await writeFile(file, 'customer_id\nC0000001\n"C0000002"x\n');
  const { counts, unreadable } = await checkJoin({
    from: { ...side('transactions', []), path: file },
    to: side('customers', []),
  });
  expect(unreadable).toEqual({ from: 1, to: 0 });
  expect(counts.from).toMatchObject({ rows: 1, matched: 1 });
});

test('a source that is not on this computer is not read in full here', async () => {
  const { from, to } = { from: side('transactions', []), to: side('customers', []) };
  const source = (given: SideGiven, connection: string) => ({
    source: {
      ...project.sources[0],
      ...{ name: given.name, path: given.path, dialect: given.dialect, connection },
    },
    ruleSet: given.ruleSet,
  });
  const check = (connection: string) =>
    createJoinHandlers({
      join: () => ({ id: 'j', from: from.side, to: to.side, cardinality: 'many-to-one' }),
      source: (id: string) => (id === 'customers' ? source(to, connection) : source(from, 'local')),
    } as unknown as Parameters<typeof createJoinHandlers>[0])['join.check'](
      { join: 'j' },
      { signal: new AbortController().signal, progress: () => {}, emit: () => {} },
    );
  await expect(check('hdfs')).rejects.toMatchObject({ code: 'run.not-local' });
  expect((await check('local')).counts.from.rows).toBe(12_000);
});
