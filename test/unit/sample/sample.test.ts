import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateSample } from '../../../main/sample/generate';
import type { Truth, TruthLine } from '../../../main/sample/truth';
import { parseProject } from '../../../shared/document/project';
import { findOperation } from '../../../shared/operations/registry';
import {
  type Cells,
  COMMON,
  EITHER_CASE,
  EMAIL,
  NOT_LOWER,
  NOT_UPPER,
  phoneIn,
  present,
  readCsv,
  regionOf,
  trimmed,
} from './recount';

const SIZES = { customers: 6000, transactions: 20_000, events: 20_000 };
const HASHES = {
  'customers.csv': '73a6f62fcc07f8d3',
  'transactions.csv': '821d369ecf6170a3',
  'events.csv': 'f9d7c548ca72ef92',
};
let folder: string;
let truth: Truth;
const tables: Record<string, { header: string[]; rows: Cells[] }> = {};
const listed = new Map<string, number[]>();

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sample-'));
  truth = await generateSample({ folder: path.join(folder, 'first'), ...SIZES });
  for (const { name, file } of truth.tables)
    tables[name] = readCsv(await readFile(path.join(folder, 'first', file), 'utf8'));
  const lines = (await readFile(path.join(folder, 'first', 'truth.jsonl'), 'utf8')).trimEnd().split('\n');
  for (const text of lines) {
    const line = JSON.parse(text) as TruthLine;
    const key = `${line.table}/${line.column}/${line.kind}`;
    const rows = listed.get(key) ?? [];
    rows.push(line.row);
    listed.set(key, rows);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const table = (name: string) => tables[name] ?? { header: [], rows: [] };
const column = (name: string, title: string) => {
  const { header, rows } = table(name);
  const at = header.indexOf(title);
  expect(at, title).toBeGreaterThanOrEqual(0);
  return rows.map((row) => row[at] ?? null);
};
const rowsWhere = <T>(list: readonly T[], test: (one: T) => boolean) =>
  list.flatMap((one, index) => (test(one) ? [index + 1] : []));
const known = (table: string, column: string | null, kind: string) =>
  (listed.get(`${table}/${column}/${kind}`) ?? []).toSorted((a, b) => a - b);

test('one seed, one sequence of bytes, on every machine', async () => {
  const again = await generateSample({ folder: path.join(folder, 'again'), ...SIZES, seed: 42 });
  expect(again).toEqual(truth);
  for (const { file, sha256, bytes } of truth.tables) {
    const content = await readFile(path.join(folder, 'again', file));
    expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
    expect(content.length).toBe(bytes);
  }
  const short = truth.tables.map(({ file, sha256 }) => [file, sha256.slice(0, 16)]);
  expect(Object.fromEntries(short)).toEqual(HASHES);
});

test('another seed gives other bytes and as many rows', async () => {
  const other = await generateSample({ folder: path.join(folder, 'other'), ...SIZES, seed: 7 });
  for (const [index, { rows, sha256 }] of other.tables.entries()) {
    expect(rows).toBe(truth.tables[index]?.rows);
    expect(sha256).not.toBe(truth.tables[index]?.sha256);
  }
});

test('without the list of cells the data and the counts are the same', async () => {
  const target = path.join(folder, 'counts');
  expect(await generateSample({ folder: target, ...SIZES, cells: false })).toEqual(truth);
  expect((await readdir(target)).sort()).toEqual([
    'customers.csv',
    'events.csv',
    'shop.dhz',
    'transactions.csv',
    'truth.json',
  ]);
});

test('counts, lines and the data itself tell the same', () => {
  expect(truth.tables.map(({ name, rows }) => [name, rows])).toEqual(Object.entries(SIZES));
  for (const { table, column, kind, count } of truth.dirt)
    expect(known(table, column, kind).length, `${table} ${column} ${kind}`).toBe(count);
  expect([...listed.values()].flat().length).toBe(truth.dirt.reduce((sum, { count }) => sum + count, 0));
  for (const { name, columns } of truth.tables) {
    expect(table(name).header).toEqual(columns);
    expect(table(name).rows.every((row) => row.length === columns.length)).toBe(true);
    for (const title of columns) {
      for (const [kind, holds] of Object.entries(COMMON)) {
        expect(rowsWhere(column(name, title), holds), `${name} ${title} ${kind}`).toEqual(
          known(name, title, kind),
        );
      }
    }
  }
});

test.each([
  ['customers', 'full name', EITHER_CASE],
  ['customers', 'city', EITHER_CASE],
  ['customers', 'country', NOT_UPPER],
  ['customers', 'segment', NOT_LOWER],
  ['transactions', 'customer_id', NOT_UPPER],
  ['transactions', 'currency', NOT_UPPER],
  ['transactions', 'channel', NOT_LOWER],
  ['transactions', 'status', NOT_LOWER],
  ['events', 'type', NOT_LOWER],
  ['events', 'page', NOT_LOWER],
  ['events', 'product', NOT_LOWER],
  ['events', 'device', NOT_LOWER],
] as const)('letter case of %s %s', (name, title, holds) => {
  const skip = new Set(known(name, title, 'unknown-country'));
  const found = rowsWhere(column(name, title), holds).filter((row) => !skip.has(row));
  expect(found).toEqual(known(name, title, 'letter-case'));
});

test('e-mail addresses: invalid ones are listed, and no domain belongs to anyone', () => {
  const emails = column('customers', 'e-mail');
  const invalid = rowsWhere(emails, (value) => present(value) && !EMAIL.test(trimmed(value)));
  expect(invalid).toEqual(known('customers', 'e-mail', 'invalid-email'));
  const valid = emails.filter((value) => present(value) && EMAIL.test(trimmed(value)));
  expect(valid.length).toBeGreaterThan(5000);
  for (const value of valid)
    expect(value).toMatch(/@(?:example\.(?:com|org|net)|[a-z]+\.(?:example|test))\s*$/i);
  const cased = rowsWhere(emails, (value) => NOT_LOWER(value));
  expect(cased).toEqual(known('customers', 'e-mail', 'letter-case'));
});

test('phone numbers: the library agrees on which are valid, and all are kept for fiction', () => {
  const countries = column('customers', 'country');
  const phones = column('customers', 'phone');
  const answers = phones.map((value, index) =>
    present(value) ? phoneIn(value, regionOf(countries[index] ?? null)) : undefined,
  );
  expect(rowsWhere(answers, (answer) => answer === null)).toEqual(
    known('customers', 'phone', 'invalid-phone'),
  );
  const reformatted = rowsWhere(
    answers.map((answer, index) => [answer, phones[index]] as const),
    ([answer, value]) => typeof answer === 'string' && answer !== trimmed(value ?? ''),
  );
  expect(reformatted).toEqual(known('customers', 'phone', 'phone-format'));
  for (const answer of answers)
    if (answer)
      expect(answer).toMatch(
        /^\+(?:1\d{3}55501\d\d|44(?:207946|1\d1496|11[34678]496|191498)0\d{3}|49(?:3023125|6990009|4066969|2214710|8999998)\d{3}|49(?:17139200|176040690)\d\d|33(?:19900|26191|35301|46571|53649)\d{4}|61(?:[2378]5550|[23]7010)\d{4}|6149157\d{4}|46(?:3139006|4062804|8465004|70174065?)\d\d?)$/,
      );
});

test('rows that are there twice, testers, and how the starter rules let rows go', () => {
  for (const { name, rows, ids, starter } of truth.tables) {
    const seen = new Set<string>();
    const twice = rowsWhere(table(name).rows, (row) => {
      const key = JSON.stringify(row);
      return seen.size === seen.add(key).size;
    });
    expect(twice, name).toEqual(known(name, null, 'exact-duplicate'));
    expect(ids).toBe(new Set(table(name).rows.map(([id]) => id)).size);
    expect(starter.read).toBe(rows);
    expect(starter.filtered + starter.rejected + starter.merged + starter.kept).toBe(rows);
  }
  const { rows } = table('customers');
  const fates = rows.map(([, name, email]) => {
    if (!present(email ?? null) || !EMAIL.test(trimmed(email ?? ''))) return 'rejected';
    return /@qa\.test$/i.test(trimmed(email ?? '')) || /^test account/i.test(name ?? '')
      ? 'filtered'
      : 'kept';
  });
  for (const fate of ['rejected', 'filtered'])
    expect(rowsWhere(fates, (one) => one === fate)).toEqual(known('customers', null, `starter-${fate}`));
  const best = new Map<string, number>();
  const merged: number[] = [];
  for (const [index, row] of rows.entries()) {
    if (fates[index] !== 'kept') continue;
    const email = trimmed(row[2] ?? '').toLowerCase();
    const rival = best.get(email);
    const since = (at: number) => trimmed(rows[at]?.[8] ?? '');
    const wins = rival !== undefined && since(index) > since(rival);
    if (rival !== undefined) merged.push((wins ? rival : index) + 1);
    if (rival === undefined || wins) best.set(email, index);
  }
  expect(merged.length).toBeGreaterThan(200);
  expect(merged.toSorted((a, b) => a - b)).toEqual(known('customers', null, 'starter-merged'));
});

test('times, amounts, currencies and owners in the other tables', () => {
  const times = column('transactions', 'time');
  const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
  expect(rowsWhere(times, (time) => !iso.test(time ?? ''))).toEqual(
    known('transactions', 'time', 'other-date-format'),
  );
  const impossible = rowsWhere(times, (time) => iso.test(time ?? '') && !real(time ?? ''));
  expect(impossible).toEqual(known('transactions', 'time', 'impossible-date'));
  expect(rowsWhere(column('events', 'time'), (time) => !iso.test(time ?? ''))).toEqual(
    known('events', 'time', 'other-date-format'),
  );
  expect(
    rowsWhere(column('transactions', 'amount'), (amount) => !/^-?\d+\.\d\d$/.test(amount ?? '')),
  ).toEqual(known('transactions', 'amount', 'unreadable-amount'));
  expect(rowsWhere(column('transactions', 'currency'), (code) => /[€$£]/.test(code ?? ''))).toEqual(
    known('transactions', 'currency', 'currency-sign'),
  );
  const ids = new Set(column('customers', 'customer_id'));
  for (const name of ['transactions', 'events']) {
    const unowned = rowsWhere(
      column(name, 'customer_id'),
      (id) => id !== null && !ids.has(trimmed(id).toUpperCase()),
    );
    expect(unowned, name).toEqual(known(name, 'customer_id', 'no-customer'));
  }
});

const real = (time: string) => {
  const date = new Date(time);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 19) === time.slice(0, 19);
};

test('the project holds known operations with parameters they accept and columns that exist', async () => {
  const file = path.join(folder, 'first', 'shop.dhz');
  const project = parseProject(await readFile(file, 'utf8'), file);
  expect(project.sources.map(({ role, path: name }) => [role, name])).toEqual(
    truth.tables.map(({ name, file }) => [name, file]),
  );
  for (const [id, { steps }] of Object.entries(project.ruleSets)) {
    const columns = truth.tables.find(({ name }) => name === id)?.columns;
    for (const step of steps) {
      const operation = findOperation(step.operation);
      if (!operation) throw new Error(`no operation ${step.operation}`);
      const parameters = operation.parameters.parse(step.parameters);
      for (const used of [...step.columns, ...operation.reads(parameters)]) expect(columns).toContain(used);
    }
  }
});

test('cancelling leaves nothing behind', async () => {
  const target = path.join(folder, 'cancelled');
  const stop = new AbortController();
  const made = generateSample({
    folder: target,
    ...SIZES,
    signal: stop.signal,
    onProgress: ({ table }) => {
      if (table === 'transactions') stop.abort(new Error('enough'));
    },
  });
  await expect(made).rejects.toThrow('enough');
  expect(await readdir(target)).toEqual([]);
});

test.each([{ seed: 1.5 }, { customers: 0 }, { events: -1 }, { transactions: Number.NaN }])(
  'refuses %o',
  async (options) => {
    await expect(generateSample({ folder: path.join(folder, 'none'), ...options })).rejects.toMatchObject({
      code: 'sample.options',
    });
    expect(await readdir(folder)).not.toContain('none');
  },
);
