import { needsOf, partQuery, ROW, rowNumbersIn } from '../../../shared/compile/duckdb';
import type { Plan } from '../../../shared/compile/plan';
import { duckdb as quote } from '../../../shared/compile/sql/quote';
import { Fault } from '../../../shared/contract/errors';
import type { ViewStep } from '../../../shared/trace/view';
import type { SamplePlaces } from '../model';
import { type ColumnStore, createColumnStore } from './column-store';
import { planUntil } from './counting';
import { shownBy } from './kept-columns';
import { type ColumnKeys, keyIn } from './keys';
import { columnsRelation, type Relation } from './parts';
import type { TraceParts } from './trace';

/** Rows that columns lie beside: those of the sample, or those that splitting made of them. */
export type RowSpace = {
  readonly store: ColumnStore;
  /** How many rows there are, numbered from 1 without a gap. */
  readonly rows: number;
  /** Where they come from; null for those of the sample. */
  readonly origin: Origin | null;
};

type Origin = {
  readonly before: RowSpace;
  /** Table of `r` and `parent`, the number of the row before. */
  readonly table: string;
  /** For each row the number of its row before, and its place among the parts of that. */
  readonly parents: Int32Array;
  readonly ordinals: Int32Array;
};

/** Rows that splitting made, by the key of the ordinal. */
export type RowSpaces = Map<string, RowSpace>;

/** Rows that the preview can hold: of what a sample becomes, not of what a run may write. */
const MOST_ROWS = 2_000_000;

const name = quote.identifier;
const words = (rows: number) => rows.toLocaleString('en-US');

/** Where a row of the sample is in its source: its number, or `partition:offset` of a message. */
export function placeWords(places: SamplePlaces | null, row: number): string {
  const at = places?.at[row - 1];
  if (places === null || at === undefined) return words(row);
  switch (places.kind) {
    case 'row':
      // Of rows that a job on a cluster added, it is not known.
      return words(Number.isNaN(at) ? row : at);
    case 'byte':
    case 'unknown':
      return words(row);
    case 'offset':
      return `${places.partitions[row - 1]}:${at}`;
  }
}
let made = 0;

/** The plan as far as the rows go that a view shows: up to the next step that splits them. */
export function planHere(plan: Plan, step: ViewStep): Plan {
  const next = plan.actions.find((one) => one.kind === 'explode' && step !== null && one.step > step);
  return next === undefined ? plan : planUntil(plan, next.step - 1);
}

/** The rows that a view shows; undefined while they are not made. */
export function spaceAt(
  { sample, spaces }: { readonly sample: RowSpace; readonly spaces: RowSpaces },
  plan: Plan,
  keys: ColumnKeys,
  step: ViewStep,
): RowSpace | undefined {
  const explode = planHere(plan, step).actions.findLast((action) => action.kind === 'explode');
  return explode === undefined ? sample : spaces.get(keyIn(keys, explode.id));
}

/** A row's number in the source, where that is known, and, where it is one of several parts, its place among them: `1,204·2`. */
export function rowLabel(
  space: RowSpace | null | undefined,
  row: number,
  wordsOf: (row: number) => string = words,
): string {
  const origin = space?.origin;
  const parent = origin?.parents[row - 1];
  if (!origin || parent === undefined) return wordsOf(row);
  const ordinal = origin.ordinals[row - 1] ?? 1;
  const alone = ordinal === 1 && origin.parents[row] !== parent;
  return `${rowLabel(origin.before, parent, wordsOf)}${alone ? '' : `·${ordinal}`}`;
}

/** The number in the sample of the row that a row came from. */
export function sampleRow(space: RowSpace | null | undefined, row: number): number {
  const parent = space?.origin?.parents[row - 1];
  return space?.origin && parent !== undefined ? sampleRow(space.origin.before, parent) : row;
}

const tooMany = (step: number, found: number, rows: number) =>
  new Fault({
    code: 'preview.rows',
    message: `Step ${step + 1} makes ${words(found)} rows of the sample’s ${words(rows)}; the preview shows up to ${words(MOST_ROWS)}.`,
    unaffected: 'The rules are as they were, and a run is not limited so.',
    advice: 'Draw a smaller sample, or split into fewer parts.',
  });

/** Where rows of a table `r, parent, …` come from. */
async function originOf({ engine, signal, ...before }: TraceParts, table: string, ordinal: string) {
  const { columns } = await engine.query(
    `SELECT parent, CAST(${name(ordinal)} AS INTEGER) AS ordinal FROM ${name(table)} ORDER BY ${name(ROW)}`,
    signal,
  );
  const numbers = (i: number) => Int32Array.from((columns[i] ?? []) as number[]);
  const { store, rows, origin } = before;
  return { before: { store, rows, origin }, table, parents: numbers(0), ordinals: numbers(1) };
}

/** Makes the rows of an explode from the rows before it, whose marks and versions are there. */
async function makeRows(parts: TraceParts, index: number): Promise<RowSpace> {
  const { plan, keys, store, engine, signal, rows } = parts;
  const explode = plan.actions[index];
  if (explode?.kind !== 'explode') throw new RangeError(`The action ${index} splits no rows.`);
  const input = plan.input.map((_, i) => `c${i}`);
  const prefix = `split${++made}`;
  const table = `${prefix}_rows`;
  const cells = [explode.id, explode.part, ...input].map((id) => `${name(id)} AS ${name(keyIn(keys, id))}`);
  const order = `${name(ROW)}, ${name(explode.id)}`;
  const staged: string[] = [];
  const stage = async (query: Relation) => {
    const next = store.newTable();
    staged.push(next);
    await engine.execute(`CREATE TABLE ${name(next)} AS ${query()}`, signal);
    return name(next);
  };
  try {
    // What is split may be the answer of a lookup, which is not kept.
    const before = await columnsRelation({ ...parts, some: false, urgent: false, stage }, [
      ...needsOf(plan, index),
      ...input,
    ]);
    const split = partQuery(plan, [index], { source: before(), lookups: [], survivors: false });
    const counted = await engine.query(`SELECT CAST(count(*) AS DOUBLE) AS n FROM (${split})`, signal);
    const found = Number(counted.columns[0]?.[0] ?? 0);
    if (found > MOST_ROWS) throw tooMany(explode.step, found, rows);
    await engine.execute(
      `CREATE TABLE ${name(table)} AS SELECT CAST(row_number() OVER (ORDER BY ${order}) AS INTEGER) AS ${name(ROW)}, ` +
        `CAST(${name(ROW)} AS INTEGER) AS parent, ${cells.join(', ')} FROM (${split}) ORDER BY 1`,
      signal,
    );
    const ordinal = keyIn(keys, explode.id);
    const origin = await originOf(parts, table, ordinal);
    const beside = createColumnStore(table, prefix);
    beside.add(table, [ordinal, keyIn(keys, explode.part)]);
    return { store: beside, rows: origin.parents.length, origin };
  } catch (error) {
    staged.push(table);
    throw error;
  } finally {
    for (const one of staged) await engine.execute(`DROP TABLE IF EXISTS ${name(one)}`);
  }
}

/** Brings columns from before an explode to its rows: what they lack of all that is kept. */
async function carry(parts: TraceParts, { store, origin }: RowSpace, index: number): Promise<void> {
  const { plan, keys, engine, signal } = parts;
  const before = plan.actions.slice(0, index);
  const missing = new Map(
    before
      .flatMap(shownBy)
      .map((id) => [keyIn(keys, id), id] as const)
      .filter(([key]) => !store.has(key)),
  );
  if (missing.size === 0 || !origin) return;
  const numbers = new Set(rowNumbersIn(before));
  const firsts: string[] = [];
  const first = `(SELECT parent, min(${name(ROW)}) AS first FROM ${name(origin.table)} GROUP BY parent)`;
  const cells = [...missing].map(([key, id]) => {
    if (!numbers.has(id)) return `s.${name(id)} AS ${name(key)}`;
    // What named a row names its first part.
    const alias = `n${firsts.length}`;
    firsts.push(` LEFT JOIN ${first} ${alias} ON ${alias}.parent = s.${name(id)}`);
    return `${alias}.first AS ${name(key)}`;
  });
  const relation = parts.store.relation(missing.values(), keys);
  const table = store.newTable();
  await engine.execute(
    `CREATE TABLE ${name(table)} AS SELECT m.${name(ROW)} AS ${name(ROW)}, ${cells.join(', ')} ` +
      `FROM ${name(origin.table)} m JOIN ${relation} s ON s.${name(ROW)} = m.parent${firsts.join('')} ORDER BY 1`,
    signal,
  );
  store.add(table, [...missing.keys()]);
}

/** Goes on with the rows that an explode makes, with all columns from before it. */
export async function splitRows(parts: TraceParts, index: number): Promise<TraceParts> {
  const { plan, keys, spaces } = parts;
  const explode = plan.actions[index];
  const key = explode?.kind === 'explode' ? keyIn(keys, explode.id) : '';
  const space = spaces.get(key) ?? (await makeRows(parts, index));
  spaces.set(key, space);
  await carry(parts, space, index);
  return { ...parts, ...space };
}

/** Forgets rows of which no key is used; the answer names the tables to drop, of those and of the rows that stay. */
export function sweepRows(spaces: RowSpaces, used: ReadonlySet<string>): readonly string[] {
  return [...spaces].flatMap(([key, { store }]) => {
    if (!used.has(key)) spaces.delete(key);
    return store.sweep(used.has(key) ? used : new Set());
  });
}
