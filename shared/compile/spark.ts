import type { Expectation, Dialect as SourceDialect } from '../document/rule-set';
import { columnsOf, type Expression } from '../expression/expression';
import type { LookupKind } from '../lookup/registry';
import { RECORD_FAULT_WORDS, type RecordFault } from '../reading/csv';
import { type Measure, measuresOf } from './measures';
import { type Action, type Fate, isExit, librariesOf, type Merge, type Plan } from './plan';
import { NOTES, type Note, placeNames, type QuarantineColumn, quarantineColumns } from './quarantine';
import { render } from './render';
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
  | (LookupKind & {
      readonly kind: 'lookup';
      readonly inputs: readonly string[];
      readonly ids: readonly string[];
    });

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
  /** What the quarantine's added columns tell, in order, and the names of those with an unreadable row's place. */
  readonly notes: readonly Note[];
  readonly place: readonly string[];
  /** Words for what keeps a record from being read. */
  readonly unreadable: Readonly<Record<RecordFault, string>>;
};

/** Every setting that bears on meaning, whatever the cluster's own; then those that keep wide plans fast. */
export const SPARK_SETTINGS: Readonly<Record<string, string>> = {
  'spark.sql.session.timeZone': 'UTC',
  'spark.sql.ansi.enabled': 'false',
  'spark.sql.caseSensitive': 'true',
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

function mergeStages(plan: Plan, merge: Merge, index: number): SparkStage[] {
  const content = plan.input.map((_, i) => name(`c${i}`));
  const present = merge.keys.map((key) => `coalesce(${sql(key)}, '') <> ''`).join(' AND ');
  const [eligible, rank] = [`${merge.id}e`, `${merge.id}n`];
  // Rows that cannot match are spread by content, or one task would have to sort them all.
  const spread = `CASE WHEN ${name(eligible)} THEN NULL ELSE xxhash64(${content.join(', ')}) END`;
  return [
    {
      kind: 'select',
      columns: [{ id: eligible, sql: `(${keptBefore(plan.actions, index)} AND ${present})` }],
    },
    {
      kind: 'rank',
      id: rank,
      partitionBy: [spread, ...merge.keys.map(sql)],
      orderBy: [
        ...merge.order.map(({ by, direction, nulls }) => ({ sql: sql(by), direction, nulls })),
        ...content.map((column) => ({
          sql: column,
          direction: 'ascending' as const,
          nulls: 'last' as const,
        })),
      ],
    },
    { kind: 'select', columns: [{ id: merge.id, sql: `(${name(eligible)} AND ${name(rank)} > 1)` }] },
  ];
}

function stagesOf(plan: Plan): SparkStage[] {
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
  for (const [index, action] of plan.actions.entries()) {
    switch (action.kind) {
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
      case 'lookup': {
        flush();
        const { lookup, options, ids } = action;
        stages.push({ kind: 'lookup', lookup, inputs: action.inputs.map(sql), ids, options });
      }
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
  }
}

function sparkMeasure(plan: Plan, measure: Measure): SparkMeasure {
  const action = plan.actions[measure.action];
  if (!action) throw new RangeError(`The plan has no action ${measure.action}.`);
  return {
    name: measure.name,
    sql: measureCondition(measure),
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
  return {
    format: SPARK_PLAN_FORMAT,
    version: 1,
    name: plan.name,
    source,
    input: plan.input,
    settings: SPARK_SETTINGS,
    libraries: Object.fromEntries(librariesOf(plan).map(({ job, version }) => [job, version])),
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
    notes: NOTES,
    place: placeNames(plan.input),
    unreadable: RECORD_FAULT_WORDS,
  };
}
