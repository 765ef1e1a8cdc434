import { columnsOf, type Expression } from '../expression/expression';
import { inFewLevels } from './levels';
import { type Measure, measuresOf } from './measures';
import {
  type Action,
  actionsBefore,
  type Explode,
  type Golden,
  type GroupSize,
  isExit,
  isGrouped,
  type Join,
  type Lookup,
  type Merge,
  MOST_PARTS,
  mergeWith,
  type Order,
  ordinalsIn,
  type Plan,
  type PlanTable,
  type Tally,
} from './plan';
import { render } from './render';
import { duckdb as quote } from './sql/quote';

/**
 * Name of the row number column in sources and traces: from 1, in the order of the source. In a trace that names
 * survivors, parts of a row have numbers of their own: the row's × MOST_PARTS, then one after another.
 */
export const ROW = 'r';
/** Name of the fate column: index of the plan's action by which the row left, or null. */
export const FATE = 'f';

const sql = (expression: Expression) => render(expression, 'duckdb');
const name = quote.identifier;
/** Name of the column with the survivor's row number, beside a merge's mark. */
export const survivorOf = (merge: Merge): string => `${merge.id}w`;
/** Name of the column with the number of the row that a golden value comes from. */
export const originOf = (golden: Golden): string => `${golden.id}p`;

/** The marks of the exits before an action, as one condition. */
function keptBefore(actions: readonly Action[], index: number): string {
  const marks = actions
    .slice(0, index)
    .filter(isExit)
    .map((exit) => name(exit.id));
  return marks.length === 0 ? 'TRUE' : `NOT (${marks.join(' OR ')})`;
}

const contentOf = (plan: Plan) => plan.input.map((_, i) => name(`c${i}`));

/** Whether a row is one that a merge, or a group's size, looks at, as SQL. */
function isEligible(plan: Plan, merge: Merge | GroupSize): string {
  const present = merge.keys.map((key) => `coalesce(${sql(key)}, '') <> ''`).join(' AND ');
  return `(${keptBefore(plan.actions, plan.actions.indexOf(merge))} AND ${present})`;
}

function groupsOf(plan: Plan, merge: Merge | GroupSize): string {
  // Rows that cannot match are spread by content, or they would all be sorted as one group.
  const spread = `CASE WHEN ${isEligible(plan, merge)} THEN NULL ELSE hash(${contentOf(plan).join(', ')}) END`;
  return `PARTITION BY ${[spread, ...merge.keys.map(sql)].join(', ')}`;
}

/** Parts of one row have its content: their ordinals tell them apart. */
function orderedBy(plan: Plan, order: readonly Order[], before: readonly Action[]): string {
  const terms = [
    ...order.map(
      ({ by, direction, nulls }) =>
        `${sql(by)} ${direction === 'ascending' ? 'ASC' : 'DESC'} NULLS ${nulls.toUpperCase()}`,
    ),
    ...contentOf(plan).map((column) => `${column} ASC NULLS LAST`),
    ...ordinalsIn(before).map((id) => `${name(id)} ASC`),
  ];
  return `ORDER BY ${terms.join(', ')}`;
}

export type TraceSource = {
  /** SQL of the relation that holds `r, c0 … cn`. */
  readonly source: string;
  /** Tables with the answers of the plan's lookups, in order: `id`-joined by lookupTable. */
  readonly lookups: readonly string[];
  /** Whether merged rows name their survivor; needs `r`. */
  readonly survivors: boolean;
};

function mergeColumns(plan: Plan, merge: Merge, { survivors }: TraceSource): string[] {
  const eligible = isEligible(plan, merge);
  const window = `(${groupsOf(plan, merge)} ${orderedBy(plan, merge.order, actionsBefore(plan, merge))})`;
  const mark = `(${eligible} AND row_number() OVER ${window} > 1) AS ${name(merge.id)}`;
  if (!survivors) return [mark];
  return [
    mark,
    `CASE WHEN ${eligible} THEN first_value(${name(ROW)}) OVER ${window} END AS ${name(survivorOf(merge))}`,
  ];
}

function sizeColumn(plan: Plan, size: GroupSize): string {
  const count = `count(*) OVER (${groupsOf(plan, size)})`;
  return `CASE WHEN ${isEligible(plan, size)} THEN ${count} ELSE 1 END AS ${name(size.id)}`;
}

function tallyColumn(plan: Plan, tally: Tally): string {
  const merge = mergeWith(plan, tally.merge);
  const count = `count(*) OVER (${groupsOf(plan, merge)}, ${sql(tally.value)})`;
  return `CASE WHEN ${isEligible(plan, merge)} THEN ${count} END AS ${name(tally.id)}`;
}

function goldenColumns(plan: Plan, golden: Golden, { survivors }: TraceSource): string[] {
  const merge = mergeWith(plan, golden.merge);
  const whole = 'ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING';
  const window = `(${groupsOf(plan, merge)} ${orderedBy(plan, golden.order, actionsBefore(plan, merge))} ${whole})`;
  const present = `coalesce(${sql(golden.value)}, '') <> ''`;
  const first = (value: string) =>
    `CASE WHEN ${isEligible(plan, merge)} AND NOT ${name(merge.id)} THEN ` +
    `first_value(CASE WHEN ${present} THEN ${value} END IGNORE NULLS) OVER ${window} END`;
  const value = `${first(sql(golden.value))} AS ${name(golden.id)}`;
  return survivors ? [value, `${first(name(ROW))} AS ${name(originOf(golden))}`] : [value];
}

function columnsFor(plan: Plan, action: Action, options: TraceSource): string[] {
  switch (action.kind) {
    case 'assign':
      return [`${sql(action.value)} AS ${name(action.id)}`];
    case 'leave':
    case 'stop':
      return [`${sql(action.when)} AS ${name(action.id)}`];
    case 'merge':
      return mergeColumns(plan, action, options);
    case 'size':
      return [sizeColumn(plan, action)];
    case 'tally':
      return [tallyColumn(plan, action)];
    case 'golden':
      return goldenColumns(plan, action, options);
    case 'lookup':
    case 'join':
    case 'explode':
      throw new TypeError('A lookup is a join, and an explode makes rows: neither is a column.');
  }
}

const readBy = (expressions: readonly Expression[]): ReadonlySet<string> =>
  new Set(expressions.flatMap((one) => [...columnsOf(one)]));

function readsOf(plan: Plan, action: Action): ReadonlySet<string> {
  switch (action.kind) {
    case 'assign':
    case 'explode':
      return columnsOf(action.value);
    case 'leave':
    case 'stop':
      return columnsOf(action.when);
    case 'lookup':
    case 'join':
      return readBy(action.inputs);
    case 'merge':
      return readBy([...action.keys, ...action.order.map((one) => one.by)]);
    case 'size':
      return readBy(action.keys);
    case 'tally':
      return readBy([...mergeWith(plan, action.merge).keys, action.value]);
    case 'golden': {
      const { keys } = mergeWith(plan, action.merge);
      return readBy([...keys, action.value, ...action.order.map((one) => one.by)]);
    }
  }
}

function joinLookup(relation: string, lookup: Lookup, table: string): string {
  const keys = lookup.inputs.map((_, i) => `s.k${i} IS NOT DISTINCT FROM a.i${i}`).join(' AND ');
  const inputs = lookup.inputs.map((input, i) => `${sql(input)} AS k${i}`).join(', ');
  const excluded = lookup.inputs.map((_, i) => `k${i}`).join(', ');
  const answers = lookup.ids.map((id, i) => `a.a${i} AS ${name(id)}`).join(', ');
  return `SELECT s.* EXCLUDE (${excluded}), ${answers} FROM (SELECT *, ${inputs} FROM (${relation})) s LEFT JOIN ${name(table)} a ON ${keys}`;
}

/** A character that none of the cells holds. */
function separatorFor(cells: readonly (string | null)[]): string {
  for (let point = 0x1f; point < 0xd800; point++) {
    const character = String.fromCodePoint(point);
    if (!cells.some((cell) => cell?.includes(character))) return character;
  }
  throw new RangeError('A table in a plan holds too many different characters.');
}

/** A carried table as `t0 … tn`. One text for each column: a parser takes far longer over as many literals. */
function tableSql({ rows }: PlanTable): string {
  const columns = (rows[0] ?? []).map((_, i) => {
    const cells = rows.map((row) => row[i] ?? null);
    const separator = separatorFor(cells);
    const joined = cells.map((cell) => (cell === null ? '' : `=${cell}`)).join(separator);
    return `unnest(string_split(${quote.text(joined)}, ${quote.text(separator)})) AS t${i}`;
  });
  const values = columns.map((_, i) => `CASE WHEN t${i} <> '' THEN substring(t${i}, 2) END AS t${i}`);
  return `SELECT ${values.join(', ')} FROM (SELECT ${columns.join(', ')})`;
}

function joinCarried(relation: string, { inputs, table, ids }: Join): string {
  const keys = inputs.map((_, i) => `s.k${i} = t.t${i}`).join(' AND ');
  const given = inputs.map((input, i) => `${sql(input)} AS k${i}`).join(', ');
  const excluded = inputs.map((_, i) => `k${i}`).join(', ');
  const [found = '', ...values] = ids;
  const answers = [
    `(t.t0 IS NOT NULL) AS ${name(found)}`,
    ...values.map((id, i) => `t.t${table.keys + i} AS ${name(id)}`),
  ];
  return `SELECT s.* EXCLUDE (${excluded}), ${answers.join(', ')} FROM (SELECT *, ${given} FROM (${relation})) s LEFT JOIN (${tableSql(table)}) t ON ${keys}`;
}

/** A list of the parts that a row's value has; of the value itself where the row is not to be split. */
function partsSql(plan: Plan, explode: Explode): string {
  const [value, separator] = [sql(explode.value), quote.text(explode.separator)];
  const splits = `${keptBefore(plan.actions, plan.actions.indexOf(explode))} AND contains(${value}, ${separator})`;
  return `CASE WHEN ${splits} THEN string_split(${value}, ${separator}) ELSE [${value}] END`;
}

/** The columns among those that actions make which hold numbers of rows. */
export const rowNumbersIn = (actions: readonly Action[]): readonly string[] =>
  actions.flatMap((one) => {
    if (one.kind === 'merge') return [survivorOf(one)];
    return one.kind === 'golden' ? [originOf(one)] : [];
  });

function explodeRows(plan: Plan, relation: string, explode: Explode, { survivors }: TraceSource): string {
  const parts = `unnest(k0) AS ${name(explode.part)}, unnest(range(1, len(k0) + 1)) AS ${name(explode.id)}`;
  const rows = `SELECT * EXCLUDE (k0), ${parts} FROM (SELECT *, ${partsSql(plan, explode)} AS k0 FROM (${relation}))`;
  if (!survivors) return rows;
  // What named a row names its first part.
  const first = (column: string) => `CAST(${name(column)} AS BIGINT) * ${MOST_PARTS}`;
  const numbers = [
    `${first(ROW)} + ${name(explode.id)} - 1 AS ${name(ROW)}`,
    ...rowNumbersIn(actionsBefore(plan, explode)).map((column) => `${first(column)} AS ${name(column)}`),
  ];
  return `SELECT * REPLACE (${numbers.join(', ')}) FROM (${rows})`;
}

/** The number of the source's row that a row of a trace with survivors came from. */
export const sourceRow = (plan: Plan): string =>
  ordinalsIn(plan.actions).reduce((row) => `(${row} // ${MOST_PARTS})`, name(ROW));

/** Ids of the columns of a trace that an action makes. */
export function madeBy(action: Action): readonly string[] {
  if (action.kind === 'explode') return [action.id, action.part];
  if (action.kind === 'lookup' || action.kind === 'join') return action.ids;
  if (action.kind === 'merge') return [action.id, survivorOf(action)];
  return action.kind === 'golden' ? [action.id, originOf(action)] : [action.id];
}

/** Marks of the exits that decide which rows an action looks at, and ordinals that tell rows of a group apart. */
function marksFor(plan: Plan, action: Action): readonly string[] {
  if (!isGrouped(action) && action.kind !== 'explode') return [];
  const grouping = 'merge' in action ? mergeWith(plan, action.merge) : action;
  const before = actionsBefore(plan, grouping);
  const marks = before.filter(isExit).map((one) => one.id);
  return [...marks, ...ordinalsIn(before), ...(action.kind === 'golden' ? [grouping.id] : [])];
}

/** Ids of the columns that an action needs: what it reads and, in groups, marks of exits and the row's content. */
export function needsOf(plan: Plan, index: number): ReadonlySet<string> {
  const action = plan.actions[index];
  if (!action) throw new RangeError(`The plan has no action ${index}.`);
  const reads = readsOf(plan, action);
  const content = isGrouped(action) ? plan.input.map((_, i) => `c${i}`) : [];
  return new Set([...reads, ...marksFor(plan, action), ...content]);
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
  for (const index of inFewLevels(plan, indexes)) {
    const action = plan.actions[index];
    if (!action) throw new RangeError(`The plan has no action ${index}.`);
    if (
      action.kind === 'lookup' ||
      action.kind === 'join' ||
      action.kind === 'explode' ||
      [...needsOf(plan, index)].some((id) => made.has(id))
    )
      flush();
    if (action.kind === 'lookup') {
      const table = options.lookups[lookups++];
      if (table === undefined) throw new RangeError('A lookup of the plan has no table of answers.');
      relation = joinLookup(relation, action, table);
    } else if (action.kind === 'join') {
      relation = joinCarried(relation, action);
    } else if (action.kind === 'explode') {
      relation = explodeRows(plan, relation, action, options);
    } else {
      level.push(...columnsFor(plan, action, options));
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

/** The order of a trace's rows: that of the source, and parts of one row as they stood in it. */
export const rowOrder = (plan: Plan): string => [ROW, ...ordinalsIn(plan.actions)].map(name).join(', ');

const first = (ordinals: readonly string[]) => ordinals.map((id) => `${name(id)} = 1`).join(' AND ');

/** Counts the rows that were read, once each, as SQL over a trace. */
export function readCount(plan: Plan): string {
  const ordinals = ordinalsIn(plan.actions);
  return ordinals.length === 0 ? 'count(*)' : `count(*) FILTER (WHERE ${first(ordinals)})`;
}

/** Whether a row counts in a measure, as a condition on a trace. */
export function measureCondition(measure: Measure): string {
  const condition = conditionOf(measure);
  return measure.once.length === 0 ? condition : `${condition} AND ${first(measure.once)}`;
}

function conditionOf(measure: Measure): string {
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
    case 'added':
      return `${name(measure.id)} > 1`;
  }
}

/** One row: `read` and every measure of the plan, over a trace. */
export function countsQuery(plan: Plan, trace: string): string {
  const counts = measuresOf(plan).map(
    (one) => `count(*) FILTER (WHERE ${measureCondition(one)}) AS ${name(one.name)}`,
  );
  return `SELECT ${[`${readCount(plan)} AS read`, ...counts].join(', ')} FROM ${trace}`;
}

/**
 * Cell text that survives being read by JavaScript: the engines' clients strip a leading U+FEFF when they decode,
 * so a value that begins with one gets a second.
 */
export const readable = (column: string): string =>
  `CASE WHEN starts_with(${column}, chr(65279)) THEN chr(65279) || ${column} ELSE ${column} END`;
