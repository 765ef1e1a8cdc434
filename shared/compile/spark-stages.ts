import { columnsOf, type Expression } from '../expression/expression';
import { literalPattern } from '../expression/pattern-spans';
import type { LookupKind } from '../lookup/registry';
import { inFewLevels } from './levels';
import {
  type Action,
  actionsBefore,
  type Explode,
  type Golden,
  type GroupSize,
  isExit,
  type Join,
  type Merge,
  mergeWith,
  type Order,
  ordinalsIn,
  type Plan,
  type PlanTable,
  type Tally,
} from './plan';
import { render } from './render';
import { Changes } from './spark-changes';
import { spark as quote } from './sql/quote';

type Named = { readonly id: string; readonly sql: string };
export type SparkOrder = {
  readonly sql: string;
  readonly direction: 'ascending' | 'descending';
  readonly nulls: 'first' | 'last';
};

/** What job.py does to its DataFrame, one after another. All SQL is generated here; the job adds none. */
export type SparkStage =
  | { readonly kind: 'select'; readonly columns: readonly Named[] }
  | {
      readonly kind: 'rank';
      readonly id: string;
      readonly partitionBy: readonly string[];
      readonly orderBy: readonly SparkOrder[];
    }
  /** How many rows a partition has. */
  | { readonly kind: 'count'; readonly id: string; readonly partitionBy: readonly string[] }
  /** The first value of a partition, in order, that is not null. */
  | {
      readonly kind: 'first';
      readonly id: string;
      readonly value: string;
      readonly partitionBy: readonly string[];
      readonly orderBy: readonly SparkOrder[];
    }
  | (LookupKind & {
      readonly kind: 'lookup';
      readonly inputs: readonly string[];
      readonly ids: readonly string[];
    })
  /** Finds entries of one of the plan's tables; `ids`: whether there is one, then its values. */
  | {
      readonly kind: 'join';
      readonly keys: readonly string[];
      readonly table: number;
      readonly ids: readonly string[];
    }
  /** A row for each of an array's texts. */
  | { readonly kind: 'explode'; readonly parts: string; readonly ordinal: string; readonly part: string };

const sql = (expression: Expression) => render(expression, 'spark');
const name = quote.identifier;

function keptBefore(actions: readonly Action[], index: number): string {
  const marks = actions
    .slice(0, index)
    .filter(isExit)
    .map((exit) => name(exit.id));
  return marks.length === 0 ? 'TRUE' : `NOT (${marks.join(' OR ')})`;
}

const contentOf = (plan: Plan) => plan.input.map((_, i) => name(`c${i}`));
const eligibleOf = (merge: Merge | GroupSize) => name(`${merge.id}e`);

/** Rows of a merge's groups; those that cannot match are spread by content, or one task would sort them all. */
const groupsOf = (plan: Plan, merge: Merge | GroupSize): readonly string[] => [
  `CASE WHEN ${eligibleOf(merge)} THEN NULL ELSE xxhash64(${contentOf(plan).join(', ')}) END`,
  ...merge.keys.map(sql),
];

/** Parts of one row have its content: their ordinals tell them apart. */
const orderedBy = (plan: Plan, order: readonly Order[], merge: Merge): readonly SparkOrder[] => [
  ...order.map(({ by, direction, nulls }) => ({ sql: sql(by), direction, nulls })),
  ...[...contentOf(plan), ...ordinalsIn(actionsBefore(plan, merge)).map(name)].map((column) => ({
    sql: column,
    direction: 'ascending' as const,
    nulls: 'last' as const,
  })),
];

/** Marks the rows that a merge, or a group's size, looks at. */
function eligibleStage(plan: Plan, { id, keys }: Merge | GroupSize, index: number): SparkStage {
  const present = keys.map((key) => `coalesce(${sql(key)}, '') <> ''`).join(' AND ');
  return {
    kind: 'select',
    columns: [{ id: `${id}e`, sql: `(${keptBefore(plan.actions, index)} AND ${present})` }],
  };
}

function sizeStages(plan: Plan, size: GroupSize, index: number): SparkStage[] {
  const count = `${size.id}n`;
  return [
    eligibleStage(plan, size, index),
    { kind: 'count', id: count, partitionBy: groupsOf(plan, size) },
    {
      kind: 'select',
      columns: [{ id: size.id, sql: `CASE WHEN ${eligibleOf(size)} THEN ${name(count)} ELSE 1L END` }],
    },
  ];
}

function mergeStages(plan: Plan, merge: Merge, index: number): SparkStage[] {
  const [eligible, rank] = [`${merge.id}e`, `${merge.id}n`];
  return [
    eligibleStage(plan, merge, index),
    {
      kind: 'rank',
      id: rank,
      partitionBy: groupsOf(plan, merge),
      orderBy: orderedBy(plan, merge.order, merge),
    },
    { kind: 'select', columns: [{ id: merge.id, sql: `(${name(eligible)} AND ${name(rank)} > 1)` }] },
  ];
}

function tallyStages(plan: Plan, { id, merge, value }: Tally): SparkStage[] {
  const of = mergeWith(plan, merge);
  const count = `${id}n`;
  return [
    { kind: 'count', id: count, partitionBy: [...groupsOf(plan, of), sql(value)] },
    { kind: 'select', columns: [{ id, sql: `CASE WHEN ${eligibleOf(of)} THEN ${name(count)} END` }] },
  ];
}

function goldenStages(plan: Plan, { id, merge, value, order }: Golden): SparkStage[] {
  const of = mergeWith(plan, merge);
  const first = `${id}v`;
  return [
    {
      kind: 'first',
      id: first,
      value: `CASE WHEN coalesce(${sql(value)}, '') <> '' THEN ${sql(value)} END`,
      partitionBy: groupsOf(plan, of),
      orderBy: orderedBy(plan, order, of),
    },
    {
      kind: 'select',
      columns: [{ id, sql: `CASE WHEN ${eligibleOf(of)} AND NOT ${name(of.id)} THEN ${name(first)} END` }],
    },
  ];
}

/** Splits kept rows at the separator; a row that is not to be split has its value as its one part. */
function explodeStage(plan: Plan, { id, part, value, separator }: Explode, index: number): SparkStage {
  const splits = `${keptBefore(plan.actions, index)} AND contains(${sql(value)}, ${quote.text(separator)})`;
  const split = `split(${sql(value)}, ${quote.text(literalPattern(separator, false))}, -1)`;
  const parts = `CASE WHEN ${splits} THEN ${split} ELSE array(${sql(value)}) END`;
  return { kind: 'explode', parts, ordinal: id, part };
}

/** The tables a plan carries, each once. */
export const tablesOf = (plan: Plan): readonly PlanTable[] => [
  ...new Set(
    plan.actions.filter((action): action is Join => action.kind === 'join').map(({ table }) => table),
  ),
];

/** The stages of a plan, and where each change of a cell is marked in them. */
export function stagesOf(plan: Plan): { readonly stages: readonly SparkStage[]; readonly changes: Changes } {
  const tables = tablesOf(plan);
  const changes = new Changes();
  const stages: SparkStage[] = [];
  let level: Named[] = [];
  const flush = () => {
    // What the levels before this one changed, so that their versions need not be carried on.
    const columns = [...level, ...changes.take()];
    if (columns.length > 0) stages.push({ kind: 'select', columns });
    changes.see(level.map(({ id }) => id));
    level = [];
  };
  const settle = () => {
    flush();
    if (changes.waiting) flush();
  };
  const add = (id: string, expression: Expression) => {
    const reads = columnsOf(expression);
    if (level.some((one) => reads.has(one.id))) flush();
    level.push({ id, sql: sql(expression) });
  };
  for (const index of inFewLevels(plan, [...plan.actions.keys()])) {
    const action = plan.actions[index];
    switch (action?.kind) {
      case undefined:
        throw new RangeError(`The plan has no action ${index}.`);
      case 'assign':
        changes.await(action, index);
        add(action.id, action.value);
        break;
      case 'leave':
      case 'stop':
        add(action.id, action.when);
        break;
      case 'merge':
        settle();
        stages.push(...mergeStages(plan, action, index));
        break;
      case 'size':
        settle();
        stages.push(...sizeStages(plan, action, index));
        break;
      case 'tally':
        settle();
        stages.push(...tallyStages(plan, action));
        break;
      case 'golden':
        settle();
        stages.push(...goldenStages(plan, action));
        break;
      case 'lookup': {
        settle();
        const { lookup, options, ids } = action;
        stages.push({ kind: 'lookup', lookup, inputs: action.inputs.map(sql), ids, options });
        break;
      }
      case 'join':
        settle();
        stages.push({
          kind: 'join',
          keys: action.inputs.map(sql),
          table: tables.indexOf(action.table),
          ids: action.ids,
        });
        break;
      case 'explode':
        settle();
        stages.push(explodeStage(plan, action, index));
    }
  }
  settle();
  const exits = plan.actions.flatMap((action, index) =>
    isExit(action) ? [`WHEN ${name(action.id)} THEN ${index}`] : [],
  );
  stages.push({
    kind: 'select',
    columns: [{ id: 'f', sql: exits.length === 0 ? 'CAST(NULL AS INT)' : `CASE ${exits.join(' ')} END` }],
  });
  return { stages, changes };
}
