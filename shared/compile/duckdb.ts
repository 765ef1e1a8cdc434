import { columnsOf, type Expression } from '../expression/expression';
import { type Measure, measuresOf } from './measures';
import { type Action, isExit, type Lookup, type Merge, type Plan } from './plan';
import { render } from './render';
import { duckdb as quote } from './sql/quote';

/** Name of the row number column in sources and traces: from 1, in the order of the source. */
export const ROW = 'r';
/** Name of the fate column: index of the plan's action by which the row left, or null. */
export const FATE = 'f';

const sql = (expression: Expression) => render(expression, 'duckdb');
const name = quote.identifier;
/** Name of the column with the survivor's row number, beside a merge's mark. */
export const survivorOf = (merge: Merge): string => `${merge.id}w`;

/** The marks of the exits before an action, as one condition. */
function keptBefore(actions: readonly Action[], index: number): string {
  const marks = actions
    .slice(0, index)
    .filter(isExit)
    .map((exit) => name(exit.id));
  return marks.length === 0 ? 'TRUE' : `NOT (${marks.join(' OR ')})`;
}

function windowOf(plan: Plan, merge: Merge, eligible: string): string {
  const content = plan.input.map((_, i) => name(`c${i}`));
  const order = [
    ...merge.order.map(
      ({ by, direction, nulls }) =>
        `${sql(by)} ${direction === 'ascending' ? 'ASC' : 'DESC'} NULLS ${nulls.toUpperCase()}`,
    ),
    ...content.map((column) => `${column} ASC NULLS LAST`),
  ];
  // Rows that cannot match are spread by content, or they would all be sorted as one group.
  const spread = `CASE WHEN ${eligible} THEN NULL ELSE hash(${content.join(', ')}) END`;
  return `(PARTITION BY ${[spread, ...merge.keys.map(sql)].join(', ')} ORDER BY ${order.join(', ')})`;
}

export type TraceSource = {
  /** SQL of the relation that holds `r, c0 … cn`. */
  readonly source: string;
  /** Tables with the answers of the plan's lookups, in order: `id`-joined by lookupTable. */
  readonly lookups: readonly string[];
  /** Whether merged rows name their survivor; needs `r`. */
  readonly survivors: boolean;
};

function columnsFor(plan: Plan, action: Action, index: number, options: TraceSource): string[] {
  switch (action.kind) {
    case 'assign':
      return [`${sql(action.value)} AS ${name(action.id)}`];
    case 'leave':
    case 'stop':
      return [`${sql(action.when)} AS ${name(action.id)}`];
    case 'merge': {
      const present = action.keys.map((key) => `coalesce(${sql(key)}, '') <> ''`).join(' AND ');
      const eligible = `(${keptBefore(plan.actions, index)} AND ${present})`;
      const window = windowOf(plan, action, eligible);
      const mark = `(${eligible} AND row_number() OVER ${window} > 1) AS ${name(action.id)}`;
      return options.survivors
        ? [
            mark,
            `CASE WHEN ${eligible} THEN first_value(${name(ROW)}) OVER ${window} END AS ${name(survivorOf(action))}`,
          ]
        : [mark];
    }
    case 'lookup':
      throw new TypeError('A lookup is a join, not a column.');
  }
}

const readsOf = (action: Action): ReadonlySet<string> => {
  if (action.kind === 'assign') return columnsOf(action.value);
  if (action.kind === 'leave' || action.kind === 'stop') return columnsOf(action.when);
  if (action.kind === 'lookup') return new Set(action.inputs.flatMap((input) => [...columnsOf(input)]));
  return new Set(
    [...action.keys, ...action.order.map((one) => one.by)].flatMap((one) => [...columnsOf(one)]),
  );
};

function joinLookup(relation: string, lookup: Lookup, table: string): string {
  const keys = lookup.inputs.map((_, i) => `s.k${i} IS NOT DISTINCT FROM a.i${i}`).join(' AND ');
  const inputs = lookup.inputs.map((input, i) => `${sql(input)} AS k${i}`).join(', ');
  const excluded = lookup.inputs.map((_, i) => `k${i}`).join(', ');
  const answers = lookup.ids.map((id, i) => `a.a${i} AS ${name(id)}`).join(', ');
  return `SELECT s.* EXCLUDE (${excluded}), ${answers} FROM (SELECT *, ${inputs} FROM (${relation})) s LEFT JOIN ${name(table)} a ON ${keys}`;
}

/** Ids of the columns of a trace that an action makes. */
export const madeBy = (action: Action): readonly string[] =>
  action.kind === 'lookup'
    ? action.ids
    : action.kind === 'merge'
      ? [action.id, survivorOf(action)]
      : [action.id];

const exitsBefore = (plan: Plan, index: number): readonly string[] =>
  plan.actions
    .slice(0, index)
    .filter(isExit)
    .map((one) => one.id);

/** Ids of the columns that an action needs: what it reads and, for a merge, earlier exits and the row's content. */
export function needsOf(plan: Plan, index: number): ReadonlySet<string> {
  const action = plan.actions[index];
  if (!action) throw new RangeError(`The plan has no action ${index}.`);
  if (action.kind !== 'merge') return readsOf(action);
  return new Set([...readsOf(action), ...exitsBefore(plan, index), ...plan.input.map((_, i) => `c${i}`)]);
}

/**
 * The source with what these actions make (indexes in ascending order). It must hold `r` and all that they need and
 * do not make themselves. Actions that do not read each other share one level.
 */
export function partQuery(plan: Plan, indexes: readonly number[], options: TraceSource): string {
  let relation = `SELECT * FROM ${options.source}`;
  let level: string[] = [];
  let made = new Set<string>();
  let lookups = 0;
  const flush = () => {
    if (level.length > 0) relation = `SELECT *, ${level.join(', ')} FROM (${relation})`;
    level = [];
    made = new Set();
  };
  for (const index of indexes) {
    const action = plan.actions[index];
    if (!action) throw new RangeError(`The plan has no action ${index}.`);
    const exits = action.kind === 'merge' ? exitsBefore(plan, index) : [];
    if (action.kind === 'lookup' || [...readsOf(action), ...exits].some((id) => made.has(id))) flush();
    if (action.kind === 'lookup') {
      const table = options.lookups[lookups++];
      if (table === undefined) throw new RangeError('A lookup of the plan has no table of answers.');
      relation = joinLookup(relation, action, table);
    } else {
      level.push(...columnsFor(plan, action, index, options));
      made.add(action.id);
    }
  }
  flush();
  return relation;
}

const relationAfter = (plan: Plan, until: number, options: TraceSource): string =>
  partQuery(plan, [...plan.actions.keys()].slice(0, until), options);

/** Index of the action by which a row left, from the marks of all exits; null for a kept row. */
export function fateExpression(plan: Plan): string {
  const exits = plan.actions.flatMap((action, index) =>
    isExit(action) ? [`WHEN ${name(action.id)} THEN ${index}`] : [],
  );
  return exits.length === 0 ? 'CAST(NULL AS INTEGER)' : `CAST(CASE ${exits.join(' ')} END AS INTEGER)`;
}

/** The whole plan as one relation: `r`, every version, every mark, and the fate `f`. */
export function traceQuery(plan: Plan, options: TraceSource): string {
  return `SELECT *, ${fateExpression(plan)} AS ${name(FATE)} FROM (${relationAfter(plan, plan.actions.length, options)})`;
}

/** The plan's lookups, in order. */
export const lookupsOf = (plan: Plan): readonly Lookup[] =>
  plan.actions.filter((action) => action.kind === 'lookup');

/** The distinct inputs of the n-th lookup as `i0 … in`; the lookups before it must have their tables. */
export function lookupInputsQuery(plan: Plan, n: number, options: TraceSource): string {
  const lookup = lookupsOf(plan)[n];
  if (!lookup) throw new RangeError(`The plan has no lookup ${n}.`);
  const inputs = lookup.inputs.map((input, i) => `${sql(input)} AS i${i}`).join(', ');
  const relation = relationAfter(plan, plan.actions.indexOf(lookup), { ...options, survivors: false });
  return `SELECT DISTINCT * FROM (SELECT ${inputs} FROM (${relation})) WHERE i0 IS NOT NULL`;
}

const reached = (action: number) => `(${name(FATE)} IS NULL OR ${name(FATE)} >= ${action})`;

/** Whether a row counts in a measure, as a condition on a trace. */
export function measureCondition(measure: Measure): string {
  switch (measure.kind) {
    case 'changed': {
      const differs = `${name(measure.id)} IS DISTINCT FROM ${measure.from === null ? 'NULL' : name(measure.from)}`;
      return `${reached(measure.action)} AND ${differs}`;
    }
    case 'left':
      return `${name(FATE)} = ${measure.action}`;
    case 'reached':
      return reached(measure.action);
    case 'failing':
      return `${reached(measure.action)} AND ${name(measure.id)}`;
  }
}

/** One row: `read` and every measure of the plan, over a trace. */
export function countsQuery(plan: Plan, trace: string): string {
  const counts = measuresOf(plan).map(
    (one) => `count(*) FILTER (WHERE ${measureCondition(one)}) AS ${name(one.name)}`,
  );
  return `SELECT ${['count(*) AS read', ...counts].join(', ')} FROM ${trace}`;
}

/**
 * Cell text that survives being read by JavaScript: the engines' clients strip a leading U+FEFF when they decode,
 * so a value that begins with one gets a second.
 */
export const readable = (column: string): string =>
  `CASE WHEN starts_with(${column}, chr(65279)) THEN chr(65279) || ${column} ELSE ${column} END`;
