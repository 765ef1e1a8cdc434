import type { Dialect as SourceDialect } from '../document/dialect';
import type { Expectation } from '../document/rule-set';
import { assertRuns } from '../operations/capabilities';
import { unreadableWords } from '../reading/words';
import { type Measure, measuresOf } from './measures';
import { type Fate, librariesOf, ordinalsIn, type Plan, type PlanTable } from './plan';
import {
  type Note,
  notesOf,
  placeNames,
  type QuarantineColumn,
  quarantineColumns,
  quarantinedIds,
} from './quarantine';
import type { Changes } from './spark-changes';
import { type SparkStage, stagesOf, tablesOf } from './spark-stages';
import type { SparkSurvey } from './spark-survey';
import { spark as quote } from './sql/quote';

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
  /** Ids of the columns that measures read, beside ordinals and `f`. */
  readonly measured: readonly string[];
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
  // Spark describes the whole plan for its own pages before each action: in every detail that takes seconds.
  'spark.sql.ui.explainMode': 'simple',
  // A set is looked into by one call, where a list is compared one by one in code that is too long to be compiled.
  'spark.sql.optimizer.inSetConversionThreshold': '1',
  // Each of these spells out what a condition's columns are made of, level by level: over a long plan that never ends.
  'spark.sql.optimizer.excludedRules': ['PushDownPredicates', 'PushPredicateThroughNonJoin']
    .map((rule) => `org.apache.spark.sql.catalyst.optimizer.${rule}`)
    .join(),
  'spark.sql.constraintPropagation.enabled': 'false',
  'spark.sql.optimizer.dynamicPartitionPruning.enabled': 'false',
  'spark.sql.optimizer.runtime.bloomFilter.enabled': 'false',
};

const name = quote.identifier;

const reached = (action: number) => `(\`f\` IS NULL OR \`f\` >= ${action})`;

const first = (ordinals: readonly string[]) => ordinals.map((id) => ` AND ${name(id)} = 1`).join('');

function measureCondition(measure: Measure, changes: Changes): string {
  switch (measure.kind) {
    case 'changed':
      return `${reached(measure.action)} AND ${changes.by(measure.action)}`;
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

function sparkMeasure(plan: Plan, measure: Measure, changes: Changes): SparkMeasure {
  const action = plan.actions[measure.action];
  if (!action) throw new RangeError(`The plan has no action ${measure.action}.`);
  return {
    name: measure.name,
    sql: `${measureCondition(measure, changes)}${first(measure.once)}`,
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
  const { stages, changes } = stagesOf(plan);
  const measures = measuresOf(plan);
  return {
    format: SPARK_PLAN_FORMAT,
    version: 1,
    name: plan.name,
    source,
    input: plan.input,
    settings: SPARK_SETTINGS,
    libraries: Object.fromEntries(librariesOf(plan).map(({ job, version }) => [job, version])),
    tables: tablesOf(plan),
    stages,
    steps: plan.steps.map(({ id, operation }) => ({ id, operation })),
    measures: measures.map((one) => sparkMeasure(plan, one, changes)),
    measured: [...changes.columns, ...measures.flatMap((one) => (one.kind === 'failing' ? [one.id] : []))],
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
