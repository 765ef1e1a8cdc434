import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerLookup } from '../../../main/engine/lookups';
import { customersRules } from '../../../main/sample/customers.rules';
import { generateSample } from '../../../main/sample/generate';
import { transactionsRules } from '../../../main/sample/transactions.rules';
import type { Truth, TruthLine } from '../../../main/sample/truth';
import { cleanedQuery, mergedQuery } from '../../../shared/analysis/cleaned';
import { SAMPLE_RFM } from '../../../shared/analysis/rfm/parameters';
import { rfm } from '../../../shared/analysis/rfm/rfm';
import { compareRuns, runAnalysis } from '../../../shared/analysis/run';
import { compilePlan } from '../../../shared/compile/compile';
import type { RuleSet } from '../../../shared/document/rule-set';
import type { ResultTable } from '../../../shared/ports/engine';
import { countTrace, materialise } from '../../../shared/trace/trace';
import { loadRows } from '../../conformance/trace';
import { load, openEngine, rowsOf } from '../analysis/native';
import { readCsv } from './recount';

let folder: string;
let truth: Truth;
let lines: TruthLine[];
let opened: Awaited<ReturnType<typeof openEngine>>;
beforeAll(async () => {
  opened = await openEngine();
  folder = await mkdtemp(path.join(tmpdir(), 'starter-'));
  truth = await generateSample({ folder, customers: 4000, transactions: 12_000, events: 0 });
  const written = await readFile(path.join(folder, 'truth.jsonl'), 'utf8');
  lines = written
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as TruthLine);
  await clean('customers', customersRules);
  await clean('transactions', transactionsRules);
});
afterAll(async () => {
  await opened.close();
  await rm(folder, { recursive: true, force: true });
});

const plans = new Map<string, ReturnType<typeof compilePlan>>();

/** Loads a table as `raw_<name>`, runs rules over it as `<name>_trace`, and keeps what stayed as `clean_<name>`. */
async function clean(name: string, rules: RuleSet): Promise<void> {
  const { engine } = opened;
  const { header, rows } = readCsv(await readFile(path.join(folder, `${name}.csv`), 'utf8'));
  const plan = compilePlan(rules, header);
  plans.set(name, plan);
  await load(engine, `raw_${name}`, header, rows);
  await loadRows(engine, `${name}_source`, rows, header.length);
  const trace = `${name}_trace`;
  await materialise({ engine, plan, source: `${name}_source`, table: trace, answer: answerLookup });
  await engine.execute(`CREATE OR REPLACE TEMP TABLE clean_${name} AS ${cleanedQuery(plan, trace)}`);
}

const planOf = (name: string) => {
  const plan = plans.get(name);
  if (!plan) throw new Error(`${name} was not cleaned`);
  return plan;
};
const known = (table: string, column: string | null, kind: string) =>
  lines.filter((line) => line.table === table && line.column === column && line.kind === kind);

test.each(['customers', 'transactions'])(
  'the starter rules let the rows of %s go that the catalogue names',
  async (name) => {
    const counts = await countTrace(opened.engine, planOf(name), `${name}_trace`);
    const { read, kept, filtered, rejected, merged } = counts;
    const expected = truth.tables.find((table) => table.name === name)?.starter;
    expect({ read, kept, filtered, rejected, merged }).toEqual(expected);
    const found = await opened.engine.query(`SELECT r FROM ${name}_trace WHERE f IS NOT NULL ORDER BY r`);
    const gone = found.columns[0]?.map(Number) ?? [];
    const starter = lines.filter(({ table, kind }) => table === name && kind.startsWith('starter-'));
    // Rows alike in every cell are interchangeable, so they are compared by id.
    const { rows } = readCsv(await readFile(path.join(folder, `${name}.csv`), 'utf8'));
    const ids = (numbers: readonly number[]) => numbers.map((row) => rows[row - 1]?.[0]).sort();
    expect(ids(gone)).toEqual(starter.map(({ id }) => id).sort());
  },
);

test('each step changes as many cells as there is dirt of its kind', async () => {
  const { steps } = await countTrace(opened.engine, planOf('customers'), 'customers_trace');
  const [trim, collapse] = steps;
  for (const [column, count] of Object.entries(trim?.changedByColumn ?? {}))
    expect(count, column).toBe(known('customers', column, 'outer-white-space').length);
  for (const [column, count] of Object.entries(collapse?.changedByColumn ?? {}))
    expect(count, column).toBe(known('customers', column, 'inner-white-space').length);
  const rejected = new Set(known('customers', null, 'starter-rejected').map(({ row }) => row));
  const withoutEmail = new Set(
    ['null', 'empty-text', 'null-token', 'white-space-only'].flatMap((kind) =>
      known('customers', 'e-mail', kind).map(({ row }) => row),
    ),
  );
  // The phone step comes before the check that rejects rows without an e-mail address.
  const there = known('customers', 'phone', 'phone-format').filter(
    ({ row }) => !rejected.has(row) || withoutEmail.has(row),
  );
  expect(steps.find(({ operation }) => operation === 'phone')?.changedCells).toBe(there.length);
});

test('segments before and after cleaning: no purchase is lost, and cleaning finds owners for more', async () => {
  const { engine } = opened;
  const merged = mergedQuery(planOf('customers'), 'customers_trace', 'customer_id');
  await engine.execute(`CREATE OR REPLACE TEMP TABLE merged_customers AS ${merged}`);
  const columns = {
    id: 'transaction_id',
    customer: 'customer_id',
    time: 'time',
    amount: 'amount',
    status: 'status',
    currency: 'currency',
  };
  const run = (kind: 'raw' | 'clean') =>
    runAnalysis(engine, rfm, {
      bindings: {
        customers: { table: `${kind}_customers`, columns: { id: 'customer_id' } },
        transactions: { table: `${kind}_transactions`, columns },
        ...(kind === 'clean' && {
          merged: { table: 'merged_customers', columns: { from: 'from', into: 'into' } },
        }),
      },
      parameters: SAMPLE_RFM,
      name: kind,
    });
  const [before, after] = [await run('raw'), await run('clean')];
  const count = ({ quality }: { quality: ResultTable }, of: string) =>
    Number(rowsOf(quality, ['table', 'measure', 'rows']).find((row) => `${row[0]} ${row[1]}` === of)?.[2]);
  for (const { results } of [before, after]) {
    const parts = rowsOf(results.quality, ['table', 'part', 'rows']).filter(
      ([table, part]) => table === 'transactions' && part,
    );
    expect(parts.reduce((sum, [, , rows]) => sum + Number(rows), 0)).toBe(
      count(results, 'transactions read'),
    );
  }
  expect(count(before.results, 'transactions repeated')).toBeGreaterThan(0);
  expect(count(after.results, 'transactions repeated')).toBe(0);
  expect(count(after.results, 'transactions moved')).toBeGreaterThan(0);
  expect(count(after.results, 'transactions other-status')).toBeLessThan(
    count(before.results, 'transactions other-status'),
  );
  expect(count(after.results, 'customers no-id')).toBe(0);
  expect(count(after.results, 'customers repeated')).toBe(0);
  const kept = truth.tables.find(({ name }) => name === 'customers')?.starter.kept;
  expect(after.results.customers.rows).toBe(kept);

  if (!rfm.comparison) throw new Error('no comparison');
  const compared = await compareRuns(engine, rfm.comparison, { before: 'raw', after: 'clean' });
  const totals = compared.totals as ResultTable;
  const [stayed = 0, moved = 0, gone = 0, added = 0] = rowsOf(totals)[0]?.map(Number) ?? [];
  expect(stayed + moved + gone).toBe(before.results.customers.rows);
  expect(stayed + moved + added).toBe(kept);
  expect(moved).toBeGreaterThan(0);
  expect(added).toBe(0);
  await before.dispose();
  await after.dispose();
});
