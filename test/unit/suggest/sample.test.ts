import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withInput } from '../../../main/cli/input';
import { answerLookup } from '../../../main/engine/lookups';
import type { DirtKind } from '../../../main/sample/dirt';
import { generateSample } from '../../../main/sample/generate';
import type { Truth } from '../../../main/sample/truth';
import { compilePlan } from '../../../shared/compile/compile';
import { csvDialectSchema } from '../../../shared/document/dialect';
import { emptyRuleSet, stepSchema } from '../../../shared/document/rule-set';
import { findOperation } from '../../../shared/operations/registry';
import { joined, suggestSteps } from '../../../shared/suggest/suggest';
import type { Suggestion } from '../../../shared/suggest/suggestion';
import { countTrace, materialise } from '../../../shared/trace/trace';

/** Operations that mend a kind of dirt; for a column, the first that is in the library. */
const MENDS: Partial<Record<DirtKind, readonly string[]>> = {
  'empty-text': ['nullify'],
  'null-token': ['nullify'],
  'white-space-only': ['nullify', 'trim'],
  'outer-white-space': ['trim'],
  'inner-white-space': ['collapse-whitespace'],
  'invisible-character': ['remove-characters'],
  'letter-case': ['change-case'],
  'invalid-email': ['email'],
  'phone-format': ['phone'],
  'phone-extension': ['phone'],
  'other-digits': ['phone'],
  'other-date-format': ['parse-date', 'parse-timestamp'],
  'other-boolean': ['map-values'],
  'unreadable-amount': ['parse-money', 'parse-number'],
  'currency-sign': ['map-values'],
};
/** What a column is, by the step that is made for it. */
const MADE_FOR: Readonly<Record<string, string>> = {
  'customers.full name': 'person-name',
  'customers.e-mail': 'email',
  'customers.phone': 'phone',
  'customers.country': 'country',
  'customers.postal code': 'postal-code',
  'customers.birth date': 'parse-date',
  'customers.newsletter': 'map-values',
  'transactions.time': 'parse-timestamp',
  'transactions.currency': 'map-values',
  'transactions.amount': 'parse-money',
  'events.time': 'parse-timestamp',
};

let folder: string;
let truth: Truth;
const found = new Map<string, readonly Suggestion[]>();
/** Suggestions whose step, when it is really taken, changes another number of cells or rows than was said. */
const untrue: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'suggest-'));
  truth = await generateSample({
    folder,
    customers: 20_000,
    transactions: 20_000,
    events: 20_000,
    cells: false,
  });
  for (const { name, file } of truth.tables) {
    await withInput(
      {
        input: path.join(folder, file),
        dialect: csvDialectSchema.parse({ format: 'csv' }),
        signal: new AbortController().signal,
      },
      async ({ engine, columns }) => {
        await suggestSteps({
          engine,
          answer: answerLookup,
          columns,
          source: 'source',
          prefix: 'suggest',
          found: (column, suggestions) => found.set(`${name}.${column}`, suggestions),
        });
        if (name !== 'customers') return;
        for (const one of [...found.values()]
          .flat()
          .filter(({ about }) => columns.includes(about[0] ?? ''))) {
          const step = stepSchema.parse({
            id: 's',
            operation: one.operation,
            columns: one.columns,
            parameters: one.parameters,
          });
          const plan = compilePlan({ ...emptyRuleSet('taken'), steps: [step] }, columns);
          await materialise({ engine, plan, source: 'source', table: 'taken', answer: answerLookup });
          const [counts] = (await countTrace(engine, plan, 'taken')).steps;
          const changed = one.columns.reduce(
            (sum, column) => sum + (counts?.changedByColumn[column] ?? 0),
            0,
          );
          const left = (counts?.merged ?? 0) + (counts?.filtered ?? 0) + (counts?.rejected ?? 0);
          if (changed !== one.fixed || left !== one.left)
            untrue.push(`${one.sentence}: ${changed} and ${left}`);
        }
        const tables = await engine.query(
          "SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'suggest%'",
        );
        expect(tables.rows).toBe(0);
      },
    );
  }
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Of the dirt that a step can mend, the most frequent kind of each column. */
const worst = () => {
  const columns = new Map<string, { kind: DirtKind; count: number }>();
  for (const { table, column, kind, count } of truth.dirt) {
    const key = `${table}.${column}`;
    if (column === null || !MENDS[kind] || count <= (columns.get(key)?.count ?? 0)) continue;
    columns.set(key, { kind, count });
  }
  return columns;
};

test('for nine of ten columns the right operation is among the first three', () => {
  const report = [...worst()].map(([column, { kind, count }]) => {
    const made = MADE_FOR[column];
    const right = [...(made ? [made] : []), ...(MENDS[kind] ?? [])].filter((id) => findOperation(id));
    const offered = (found.get(column) ?? []).slice(0, 3).map(({ operation }) => operation);
    return { column, kind, count, right, offered, hit: right.length > 0 && offered.includes(right[0] ?? '') };
  });
  const judged = report.filter(({ right }) => right.length > 0);
  expect(judged.length).toBeGreaterThan(15);
  const missed = judged.filter(({ hit }) => !hit);
  expect(missed.length, JSON.stringify(missed, null, 1)).toBeLessThanOrEqual(judged.length / 10);
});

test('a step that is taken does just what was said', () => {
  expect(untrue).toEqual([]);
});

test('the evidence counts what is wrong, what would be mended and what cannot be', () => {
  const phone = found.get('customers.phone')?.[0];
  expect(phone?.operation).toBe('phone');
  expect(phone?.evidence).toMatch(
    /^16,432 of 20,000 phone cells are not in E\.164; 15,437 would be after this step; 995 cannot be parsed, for example “.+”/,
  );
  expect(phone?.parameters).toMatchObject({ regionColumn: 'country', defaultRegion: 'US', invalid: 'keep' });
});

test('the same step for several columns is one suggestion', () => {
  const all = [...found].flatMap(([key, list]) => (key.startsWith('customers.') ? list : []));
  const trims = joined(all).filter(({ operation }) => operation === 'trim');
  expect(trims).toHaveLength(1);
  expect(trims[0]?.columns).toContain('e-mail');
  expect(trims[0]?.fixed).toBe(
    all.filter(({ operation }) => operation === 'trim').reduce((sum, one) => sum + one.fixed, 0),
  );
});
