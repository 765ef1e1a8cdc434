import { keyIn } from '../lookup/registry';
import type { SparkPlan } from './spark';
import type { SparkOrder, SparkStage } from './spark-stages';

/** A Python string literal: JSON’s escapes are Python’s, but for the characters beyond the first plane. */
function literal(text: string): string {
  const json = JSON.stringify(text).replace(/[\ud800-\udbff][\udc00-\udfff]/g, (pair) => {
    const point = pair.codePointAt(0) ?? 0;
    return `\\U${point.toString(16).padStart(8, '0')}`;
  });
  return json.replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A row of a table as a Python tuple. */
const entry = (cells: readonly (string | null)[]) =>
  `(${cells.map((cell) => `${cell === null ? 'None' : literal(cell)},`).join(' ')})`;

const order = ({ sql, direction, nulls }: SparkOrder) =>
  `F.expr(${literal(sql)}).${direction === 'ascending' ? 'asc' : 'desc'}_nulls_${nulls}()`;

function stageLines(stage: SparkStage): string[] {
  switch (stage.kind) {
    case 'select':
      return [
        'df = df.select(',
        '    "*",',
        ...stage.columns.map(({ id, sql }) => `    F.expr(${literal(sql)}).alias(${literal(id)}),`),
        ')',
      ];
    case 'rank':
      return [
        'window = Window.partitionBy(',
        ...stage.partitionBy.map((sql) => `    F.expr(${literal(sql)}),`),
        ').orderBy(',
        ...stage.orderBy.map((one) => `    ${order(one)},`),
        ')',
        `df = df.withColumn(${literal(stage.id)}, F.row_number().over(window))`,
      ];
    case 'count':
      return [
        'window = Window.partitionBy(',
        ...stage.partitionBy.map((sql) => `    F.expr(${literal(sql)}),`),
        ')',
        `df = df.withColumn(${literal(stage.id)}, F.count(F.lit(1)).over(window))`,
      ];
    case 'first':
      return [
        'window = Window.partitionBy(',
        ...stage.partitionBy.map((sql) => `    F.expr(${literal(sql)}),`),
        ').orderBy(',
        ...stage.orderBy.map((one) => `    ${order(one)},`),
        ').rowsBetween(Window.unboundedPreceding, Window.unboundedFollowing)',
        `df = df.withColumn(${literal(stage.id)}, F.first(F.expr(${literal(stage.value)}), ignorenulls=True).over(window))`,
      ];
    case 'join': {
      const keys = stage.keys.map((_, i) => `(F.col("_k${i}") == F.col("_t${i}"))`);
      return [
        'df = df.select(',
        '    "*",',
        ...stage.keys.map((sql, i) => `    F.expr(${literal(sql)}).alias("_k${i}"),`),
        `).join(F.broadcast(carried(${stage.table})), ${keys.join(' & ')}, "left")`,
        ...stage.ids.map((id, i) =>
          i === 0
            ? `df = df.withColumn(${literal(id)}, F.col("_t0").isNotNull())`
            : `df = df.withColumn(${literal(id)}, F.col("_t${stage.keys.length + i - 1}"))`,
        ),
        'df = df.drop(*[name for name in df.columns if name.startswith(("_k", "_t"))])',
      ];
    }
    case 'explode':
      return [
        `df = df.select("*", F.posexplode(F.expr(${literal(stage.parts)})).alias("_place", ${literal(stage.part)}))`,
        `df = df.withColumn(${literal(stage.ordinal)}, F.col("_place") + 1).drop("_place")`,
      ];
    case 'lookup':
      return [`df = add_answers(df, json.loads(${literal(JSON.stringify(stage))}))`];
  }
}

const LOOKUPS = `import json

# Comes with the job: --py-files dataharmonize.zip (and phonenumbers-….zip, where phone numbers are read).
from dataharmonize.lookups import add_answers
`;

/** The keys that stages need, from the cluster's credential provider; each must be the one that is meant. */
function keyLines(stages: readonly SparkStage[]): readonly string[] {
  const keyed = stages.filter((stage) => stage.kind === 'lookup' && keyIn(stage) !== null);
  if (keyed.length === 0) return [];
  return [
    'from dataharmonize.keys import load_keys',
    '',
    `load_keys(spark, {"stages": json.loads(${literal(JSON.stringify(keyed))})})`,
    '',
  ];
}

/** Stages without the columns that only counts need. */
const stagesWithout = (stages: readonly SparkStage[], ids: readonly string[]) =>
  stages
    .map((stage) =>
      stage.kind === 'select'
        ? { ...stage, columns: stage.columns.filter(({ id }) => !ids.includes(id)) }
        : stage,
    )
    .filter((stage) => stage.kind !== 'select' || stage.columns.length > 0);

/**
 * A readable script that does what a plan does, on a DataFrame. It is for reading and for trying out: production runs
 * job.py, which also checks the plan’s hash, counts, and makes results visible only when the counts match.
 */
export function pysparkScript(plan: SparkPlan): string {
  const lookups = plan.stages.some((stage) => stage.kind === 'lookup');
  const names = plan.input.map(
    (name, i) => `    F.col(f"\`{columns[${i}]}\`").alias("c${i}"),  # ${JSON.stringify(name)}`,
  );
  return [
    `"""${plan.name.replaceAll('"', "'").replaceAll('\\', '/')}: made by DataHarmonize. Usage: spark-submit clean.py INPUT OUTPUT"""`,
    '',
    'import sys',
    '',
    'from pyspark.sql import SparkSession, Window',
    'from pyspark.sql import functions as F',
    ...(lookups ? [LOOKUPS] : ['']),
    'spark = SparkSession.builder.getOrCreate()',
    ...Object.entries(plan.settings).map(
      ([key, value]) => `spark.conf.set(${literal(key)}, ${literal(value)})`,
    ),
    '',
    ...keyLines(plan.stages),
    `columns = [${plan.input.map(literal).join(', ')}]`,
    'df = spark.read.parquet(sys.argv[1]) if sys.argv[1].endswith(".parquet") else spark.read.csv(',
    '    sys.argv[1], header=True, quote=\'"\', escape=\'"\', nullValue="\\ufdd0", emptyValue="",',
    '    ignoreLeadingWhiteSpace=False, ignoreTrailingWhiteSpace=False, mode="FAILFAST",',
    ')',
    ...(plan.tables.length === 0
      ? []
      : [
          'tables = [',
          ...plan.tables.map(({ rows }) => `    [${rows.map(entry).join(', ')}],`),
          ']',
          '',
          '',
          'def carried(n):',
          '    names = ["_t%d string" % i for i in range(len(tables[n][0]))]',
          '    return spark.createDataFrame(tables[n], ", ".join(names))',
          '',
          '',
        ]),
    'df = df.select(',
    ...names,
    ')',
    '',
    ...stagesWithout(plan.stages, plan.measured).flatMap((stage) => [...stageLines(stage), '']),
    'kept = df.filter("f IS NULL").select(',
    ...plan.output.map(({ id, column }) => `    F.col(${literal(id)}).alias(${literal(column)}),`),
    ')',
    'kept.write.mode("errorifexists").parquet(sys.argv[2])',
    '',
  ].join('\n');
}
