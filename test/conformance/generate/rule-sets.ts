import fc from 'fast-check';
import { compilePlan } from '../../../shared/compile/compile';
import type { Plan } from '../../../shared/compile/plan';
import { isFault } from '../../../shared/contract/errors';
import { type AnyOperation, operations } from '../../../shared/operations/registry';
import { texts } from '../corpus';
import { HOSTILE } from '../hostile';
import { ruleSetOf, type StepGiven } from '../rule-sets';
import type { Cells } from '../spark-server';
import { columnParameters, type DrawnStep, drawnStep } from './parameters';

/** What fast-check draws and shrinks; build() makes a rule set and a table of it. */
export type Drawn = {
  readonly steps: readonly (DrawnStep & {
    readonly operation: AnyOperation;
    /** On the columns of its example, which the table then has; else on whatever columns there are. */
    readonly own: boolean;
    readonly offset: number;
  })[];
  /** A row is drawn from its number: equal numbers make equal rows. */
  readonly rows: readonly number[];
};
export type Generated = {
  readonly steps: readonly StepGiven[];
  readonly plan: Plan;
  readonly rows: readonly Cells[];
};
export type Size = { readonly steps: number; readonly least: number; readonly most: number };

const MOST_COLUMNS = 7;
const BASE = ['id', 'name'];
const USUAL = ['Ann', 'ann ', 'ANN', 'Bob', null, null, '', ' ', 'N/A', '1', '2'];
const AWKWARD = texts.filter((text) => text.length < 200);

/** Rule sets in which every operation of the library takes part. */
export function drawnRules({ steps, least, most }: Size): fc.Arbitrary<Drawn> {
  const step = fc
    .oneof(...operations.map((operation) => drawnStep(operation).map((drawn) => ({ ...drawn, operation }))))
    .chain((drawn) =>
      fc.record({ own: fc.boolean(), offset: fc.nat(6) }).map((more) => ({ ...drawn, ...more })),
    );
  return fc.record({
    steps: fc.array(step, { minLength: 1, maxLength: steps }),
    rows: fc.array(fc.nat(2 * most), { minLength: least, maxLength: most }),
  });
}

/** Names that hold hostile texts, one for each name. */
function hostileNames(): (name: string) => string {
  const names = new Map<string, string>();
  return (name) => {
    const known = names.get(name) ?? `${HOSTILE[names.size % HOSTILE.length]} ${names.size}`;
    names.set(name, known);
    return known;
  };
}

/** Parameters with other names where they name columns. */
export function renamed(
  value: unknown,
  key: string,
  columns: ReadonlySet<string>,
  names: (name: string) => string,
): unknown {
  if (Array.isArray(value)) return value.map((one) => renamed(one, key, columns, names));
  if (typeof value === 'string') return columns.has(key) || /columns?$/i.test(key) ? names(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, renamed(one, name, columns, names)]),
  );
}

/** The plan, or null where the compiler refuses the rule set. */
function planOf(steps: readonly StepGiven[], header: readonly string[]): Plan | null {
  try {
    return compilePlan(ruleSetOf('generated', steps), header);
  } catch (error) {
    if (isFault(error)) return null;
    throw error;
  }
}

// A hash of two integers, so that a row is the same whatever rows are around it.
function mixed(a: number, b: number): number {
  let found = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35);
  found = Math.imul(found ^ (found >>> 15), 0x2c1b3c6d);
  return (found ^ (found >>> 13)) >>> 0;
}

/** Makes the rule set, leaving out steps that the compiler refuses, and a table with cells that suit its steps. */
export function build(
  drawn: Drawn,
  { hostile = false, columns: most = MOST_COLUMNS } = {},
): Generated | null {
  const nameOf = hostile ? hostileNames() : (name: string) => name;
  const pools = new Map<string, (string | null)[]>();
  const pool = (column: string) => {
    const found = pools.get(column) ?? [];
    pools.set(column, found);
    return found;
  };
  for (const name of BASE) pool(nameOf(name)).push(...USUAL);
  const own = drawn.steps.map((one) => {
    const wanted = one.example.header.map(nameOf);
    const fits = one.own && new Set([...pools.keys(), ...wanted]).size <= most;
    if (fits) for (const column of wanted) pool(column);
    return fits;
  });
  const header = [...pools.keys()];
  let steps: readonly StepGiven[] = [];
  let plan = planOf(steps, header);
  for (const [at, one] of drawn.steps.entries()) {
    const now = plan?.output.map(({ column }) => column) ?? [];
    const example = one.example.header;
    const placed = (name: string) => {
      const index = example.indexOf(name);
      if (own[at] || index < 0) return nameOf(name);
      return now[(index + one.offset) % now.length] ?? name;
    };
    const columns = columnParameters(one.operation.form);
    for (const [index, name] of example.entries()) {
      const cells = pools.get(placed(name));
      if (cells) cells.push(...one.example.rows.map((row) => row[index] ?? null));
    }
    const candidates = [...one.tries, one.example.parameters].map(
      (parameters): StepGiven => ({
        operation: one.operation.id,
        columns: [...new Set(one.example.columns.map(placed))],
        parameters: renamed(parameters, '', columns, placed) as StepGiven['parameters'],
      }),
    );
    for (const step of candidates) {
      const longer = planOf([...steps, step], header);
      if (!longer || longer.output.length === 0) continue;
      steps = [...steps, step];
      plan = longer;
      break;
    }
  }
  if (!plan || steps.length === 0) return null;
  const strange = hostile ? HOSTILE : AWKWARD;
  const rows = drawn.rows.map((seed) =>
    header.map((column, c) => {
      const cells = pools.get(column) ?? [];
      const pick = mixed(seed, c);
      // A third of the cells are awkward; the others suit a step.
      const from = pick % 3 === 0 || cells.length === 0 ? strange : cells;
      return from[Math.floor(pick / 3) % from.length] ?? null;
    }),
  );
  return { steps, plan, rows };
}
