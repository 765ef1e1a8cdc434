import { afterAll, beforeAll, expect, test } from 'vitest';
import { render } from '../../shared/compile/render';
import { column, type Expression, text } from '../../shared/expression/expression';
import { call, type PrimitiveId, primitiveOf, primitives } from '../../shared/expression/primitives';
import type { Engine } from '../../shared/ports/engine';
import { record } from '../bench/record.mjs';
import { openHost } from '../conformance/engines';
import { answersOf } from '../conformance/point-answers';
import { type SparkServer, startSparkServer } from '../conformance/spark-server';

const CODE_POINTS = 0x10ffff - 0x800;
const POINTS =
  'SELECT CAST(range AS INTEGER) AS id, chr(CAST(range AS INTEGER)) AS c0 FROM range(1, 1114112) ' +
  'WHERE range < 55296 OR range > 57343';

let native: Engine;
let spark: SparkServer;
beforeAll(async () => {
  [native, spark] = await Promise.all([openHost(), startSparkServer()]);
  await native.execute(`CREATE TEMP TABLE points AS ${POINTS}`);
});
afterAll(() => Promise.all([native?.close(), spark?.close()]));

const loosely = call as unknown as (
  id: PrimitiveId,
  operands: readonly Expression[],
  constants: unknown,
) => Expression;
type Case = { readonly name: string; readonly expression: Expression; readonly usual: Expression };

/** Primitives of one text, each with its samples: over the character alone, and between two letters. */
const cases = (Object.keys(primitives) as PrimitiveId[]).flatMap((id): Case[] => {
  const { takes, samples } = primitiveOf(id);
  if (takes.length !== 1 || takes[0] !== 'text') return [];
  const alone = column('c0');
  const within = call('join', [text('a'), alone, text('B')]);
  return samples.flatMap((constants) =>
    [alone, within].map((operand, i) => ({
      name: `${id} ${JSON.stringify(constants)}${i === 0 ? '' : ' between letters'}`,
      expression: loosely(id, [operand], constants),
      usual: operand,
    })),
  );
});

/** The answer as text; the character itself where nothing is changed, so that only what is special travels. */
function special({ expression, usual }: Case, dialect: 'duckdb' | 'spark'): string {
  // Spark would write a small decimal with an exponent.
  const written =
    expression.type === 'decimal' ? call('decimalText', [expression], { fewest: 0 }) : expression;
  const sql = render(written, dialect);
  const string = dialect === 'duckdb' ? 'VARCHAR' : 'STRING';
  if (expression.type !== 'text') {
    const told = `coalesce(CAST(${sql} AS ${string}), '')`;
    const most = expression.type === 'boolean' ? 'false' : '1';
    return `CASE WHEN ${told} IN ('', '${most}') THEN c0 ELSE ${told} END`;
  }
  return `CASE WHEN ${sql} = ${render(usual, dialect)} THEN c0 ELSE ${sql} END`;
}

test('every primitive of one text means the same on Spark for every code point', async () => {
  const rows: { primitive: string; special: number; differing: number }[] = [];
  const since = performance.now();
  for (const [i, one] of cases.entries()) {
    const told = special(one, 'duckdb');
    const found = await native.query(
      `SELECT id, upper(hex(encode(e))) AS e FROM (SELECT id, c0, ${told} AS e FROM points) WHERE e IS DISTINCT FROM c0`,
    );
    const expected = new Map(found.columns[0]?.map((id, row) => [id, found.columns[1]?.[row] ?? null]));
    const [answers = ''] = await spark.sweep([special(one, 'spark')]);
    const answered = new Map<unknown, unknown>(answersOf(answers));
    const points = new Set<unknown>([...expected.keys(), ...answered.keys()]);
    const differing = [...points].filter((id) => expected.get(id as number) !== answered.get(id));
    const shown = differing.slice(0, 5).map((id) => Number(id).toString(16));
    if (differing.length > 0) console.error(`${one.name}: ${differing.length} differ, ${shown}`);
    rows.push({ primitive: one.name, special: expected.size, differing: differing.length });
    const seconds = Math.round((performance.now() - since) / 1000);
    console.log(`${i + 1} of ${cases.length} after ${seconds} s: ${one.name}`);
  }
  record('soak', 'code-points', {
    title: 'Every primitive of one text over every code point, native DuckDB and Spark',
    conditions: {
      'code points': CODE_POINTS,
      duckdb: native.version,
      spark: spark.version,
      java: 'the one of the Spark above',
    },
    rows: rows.map((row) => ({ ...row, primitive: row.primitive.replaceAll('|', '\\|') })),
    findings: { seconds: Math.round((performance.now() - since) / 1000) },
  });
  expect(rows.filter(({ differing }) => differing > 0)).toEqual([]);
});
