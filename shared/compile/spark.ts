import type { Dialect as SourceDialect } from '../document/dialect';
import type { Expectation } from '../document/rule-set';
import { columnsOf, type Expression } from '../expression/expression';
import { literalPattern } from '../expression/pattern-spans';
import type { LookupKind } from '../lookup/registry';
import { assertRuns } from '../operations/capabilities';
import { unreadableWords } from '../reading/words';
import { inFewLevels } from './levels';
import { type Measure, measuresOf } from './measures';
import {
  type Action,
  actionsBefore,
  type Explode,
  type Fate,
  type Golden,
  type GroupSize,
  isExit,
  type Join,
  librariesOf,
  type Merge,
  mergeWith,
  type Order,
  ordinalsIn,
  type Plan,
  type PlanTable,
  type Tally,
} from './plan';
import {
  type Note,
  notesOf,
  placeNames,
  type QuarantineColumn,
  quarantineColumns,
  quarantinedIds,
} from './quarantine';
import { render } from './render';
import type { SparkSurvey } from './spark-survey';
import { spark as quote } from './sql/quote';

type Named = { readonly id: string; readonly sql: string };
export type SparkOrder = { readonly sql: string } & Pick<Order, 'direction' | 'nulls'>;

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

/** `step`: index into the plan's steps; `column` of a change; `fate` of rows that left. */
export type SparkMeasure = {
  readonly name: string;
  readonly sql: string;
  readonly kind: Measure['kind'];
  readonly step: number;
  readonly column?: string;
  readonly fate?: Fate;
};

export const SPARK_PLAN_FORMAT = 'dataharmonize/spark-plan';

/** The plan as Spark runs it. Columns are `c0 … cn`; names exist only in `input`, `output` and `quarantine`. */
export type SparkPlan = {
  readonly format: typeof SPARK_PLAN_FORMAT;
  readonly version: 1;
  readonly name: string;
  readonly source: SourceDialect;
  readonly input: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
  readonly libraries: Readonly<Record<string, string>>;
  /** The tables that the plan carries. */
  readonly tables: readonly PlanTable[];
  readonly stages: readonly SparkStage[];
  readonly steps: readonly { readonly id: string; readonly operation: string }[];
  /** Counts over all rows: how many meet each condition. `f` is the action by which a row left, or null. */
  readonly measures: readonly SparkMeasure[];
  /** Stops: the run must write nothing where `failing` exceeds `most` × `reached` (names of measures). */
  readonly stops: readonly { readonly failing: string; readonly reached: string; readonly most: number }[];
  /** The run must write nothing where a share of the rows read breaks one of these. */
  readonly expectations: readonly Expectation[];
  readonly output: readonly { readonly id: string; readonly column: string }[];
  readonly quarantine: readonly QuarantineColumn[];
  /** Ids of the versions that the quarantine reads. */
  readonly quarantined: readonly string[];
  /** Ids of the ordinals where rows were split: those with 1 in all of them were read, the others added. */
  readonly ordinals?: readonly string[];
  /** What the quarantine's added columns tell, in order, and the names of those with an unreadable row's place. */
  readonly notes: readonly Note[];
  readonly place: readonly string[];
  /** Words for what keeps a record from being read. */
  readonly unreadable: Readonly<Record<string, string>>;
  /** Then rows are only looked at, and what is found stays with the run. */
  readonly survey?: SparkSurvey;
};

/** Every setting that bears on meaning, whatever the cluster's own; then those that keep wide plans fast. */
export const SPARK_SETTINGS: Readonly<Record<string, string>> = {
  'spark.sql.session.timeZone': 'UTC',
  'spark.sql.ansi.enabled': 'false',
  // A file that is damaged or gone ends the job; its rows are not left out without a word.
  'spark.sql.files.ignoreCorruptFiles': 'false',
  'spark.sql.files.ignoreMissingFiles': 'false',
  'spark.sql.caseSensitive': 'true',
  // Products and quotients of decimals keep 9 decimals only under this rule.
  'spark.sql.decimalOperations.allowPrecisionLoss': 'true',
  'spark.sql.legacy.timeParserPolicy': 'CORRECTED',
  'spark.sql.parquet.datetimeRebaseModeInRead': 'CORRECTED',
  'spark.sql.parquet.datetimeRebaseModeInWrite': 'CORRECTED',
  'spark.sql.parquet.int96RebaseModeInRead': 'CORRECTED',
  'spark.sql.parquet.int96RebaseModeInWrite': 'CORRECTED',
  'spark.sql.parquet.outputTimestampType': 'TIMESTAMP_MICROS',
  'spark.sql.parser.escapedStringLiterals': 'false',
  'spark.sql.parser.quotedRegexColumnNames': 'false',
  'spark.sql.variable.substitute': 'false',
  // From Spark 4 on, decode() would end the job at bytes that are not valid UTF-8.
  'spark.sql.legacy.codingErrorAction': 'true',
  'spark.sql.codegen.maxFields': '2000',
  // Each of these spells out what a condition's columns are made of, level by level: over a long plan that never ends.
  'spark.sql.optimizer.excludedRules': ['PushDownPredicates', 'PushPredicateThroughNonJoin']
    .map((rule) => `org.apache.spark.sql.catalyst.optimizer.${rule}`)
    .join(),
  'spark.sql.constraintPropagation.enabled': 'false',
  'spark.sql.optimizer.dynamicPartitionPruning.enabled': 'false',
  'spark.sql.optimizer.runtime.bloomFilter.enabled': 'false',
};

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
const tablesOf = (plan: Plan): readonly PlanTable[] => [
  ...new Set(
    plan.actions.filter((action): action is Join => action.kind === 'join').map(({ table }) => table),
  ),
];

function stagesOf(plan: Plan): SparkStage[] {
  const tables = tablesOf(plan);
  const stages: SparkStage[] = [];
  let level: Named[] = [];
  const flush = () => {
    if (level.length > 0) stages.push({ kind: 'select', columns: level });
    level = [];
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
        add(action.id, action.value);
        break;
      case 'leave':
      case 'stop':
        add(action.id, action.when);
        break;
      case 'merge':
        flush();
        stages.push(...mergeStages(plan, action, index));
        break;
      case 'size':
        flush();
        stages.push(...sizeStages(plan, action, index));
        break;
      case 'tally':
        flush();
        stages.push(...tallyStages(plan, action));
        break;
      case 'golden':
        flush();
        stages.push(...goldenStages(plan, action));
        break;
      case 'lookup': {
        flush();
        const { lookup, options, ids } = action;
        stages.push({ kind: 'lookup', lookup, inputs: action.inputs.map(sql), ids, options });
        break;
      }
      case 'join':
        flush();
        stages.push({
          kind: 'join',
          keys: action.inputs.map(sql),
          table: tables.indexOf(action.table),
          ids: action.ids,
        });
        break;
      case 'explode':
        flush();
        stages.push(explodeStage(plan, action, index));
    }
  }
  flush();
  const exits = plan.actions.flatMap((action, index) =>
    isExit(action) ? [`WHEN ${name(action.id)} THEN ${index}`] : [],
  );
  stages.push({
    kind: 'select',
    columns: [{ id: 'f', sql: exits.length === 0 ? 'CAST(NULL AS INT)' : `CASE ${exits.join(' ')} END` }],
  });
  return stages;
}

const reached = (action: number) => `(\`f\` IS NULL OR \`f\` >= ${action})`;

const first = (ordinals: readonly string[]) => ordinals.map((id) => ` AND ${name(id)} = 1`).join('');

function measureCondition(measure: Measure): string {
  switch (measure.kind) {
    case 'changed':
      return `${reached(measure.action)} AND NOT (${name(measure.id)} <=> ${measure.from === null ? 'NULL' : name(measure.from)})`;
    case 'left':
      return `\`f\` = ${measure.action}`;
    case 'reached':
      return reached(measure.action);
    case 'failing':
      return `${reached(measure.action)} AND ${name(measure.id)}`;
    case 'added':
      return `${name(measure.id)} > 1`;
  }
}

function sparkMeasure(plan: Plan, measure: Measure): SparkMeasure {
  const action = plan.actions[measure.action];
  if (!action) throw new RangeError(`The plan has no action ${measure.action}.`);
  return {
    name: measure.name,
    sql: `${measureCondition(measure)}${first(measure.once)}`,
    kind: measure.kind,
    step: action.step,
    ...(action.kind === 'assign' && action.column !== null && { column: action.column }),
    ...(action.kind === 'leave' && { fate: action.fate }),
    ...(action.kind === 'merge' && { fate: 'merged' as const }),
  };
}

/** The plan for a source of a dialect, as JSON for job.py. */
export function compileSpark(
  plan: Plan,
  source: SourceDialect,
  expectations: readonly Expectation[] = [],
): SparkPlan {
  assertRuns('spark', plan.steps);
  const ordinals = ordinalsIn(plan.actions);
  return {
    format: SPARK_PLAN_FORMAT,
    version: 1,
    name: plan.name,
    source,
    input: plan.input,
    settings: SPARK_SETTINGS,
    libraries: Object.fromEntries(librariesOf(plan).map(({ job, version }) => [job, version])),
    tables: tablesOf(plan),
    stages: stagesOf(plan),
    steps: plan.steps.map(({ id, operation }) => ({ id, operation })),
    measures: measuresOf(plan).map((one) => sparkMeasure(plan, one)),
    stops: plan.actions.flatMap((action, index) =>
      action.kind === 'stop'
        ? [{ failing: `failing_${index}`, reached: `reached_${index}`, most: action.most }]
        : [],
    ),
    expectations,
    output: plan.output,
    quarantine: quarantineColumns(plan, 'spark'),
    quarantined: quarantinedIds(plan),
    ...(ordinals.length > 0 && { ordinals }),
    notes: notesOf(plan),
    place: placeNames(plan.input),
    unreadable: unreadableWords(source),
  };
}
