import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { compilePlan } from '../../shared/compile/compile';
import { canonicalJson } from '../../shared/compile/hash';
import { quoting } from '../../shared/compile/render';
import type { Expression } from '../../shared/expression/expression';
import type { AnyOperation } from '../../shared/operations/registry';
import type { Engine } from '../../shared/ports/engine';
import { record } from '../bench/record.mjs';
import { answerLookups } from '../conformance/answer';
import { openHost } from '../conformance/engines';
import { asExpected, exampleCases, expectedColumns } from '../conformance/examples';
import { callsOf, loadTables, tablesOf } from '../conformance/primitive-calls';
import { ruleSetOf } from '../conformance/rule-sets';
import { type Cells, type SparkServer, startSparkServer } from '../conformance/spark-server';
import { runOnDuckdb } from '../conformance/trace';
import { type Value, valuesOnDuckdb, valuesOnSpark } from '../conformance/values';
import { type RewriteMutant, rewriteMutants } from './mutants/rewrites';
import { type TemplateMutant, templateMutants } from './mutants/templates';

/** `npm run soak mutation parts=duckdb,rewrites only=trim every=4`. Only mutants whose name holds this; parts: `duckdb`, `spark`, `rewrites`; and a share, to try the run out. */
const ONLY = process.env.SOAK_ONLY ?? '';
const PARTS = (process.env.SOAK_PARTS ?? 'duckdb,spark,rewrites').split(',');
const EVERY = Number(process.env.SOAK_EVERY ?? 1);

/** A faulty template that takes longer is caught: the right ones take a fraction of it. */
const LONGEST_MS = 6_000;
const LONGEST_ON_SPARK_MS = 30_000;

const planted = vi.hoisted(() => ({ operation: undefined as AnyOperation | undefined }));
vi.mock(import('../../shared/operations/registry'), async (original) => {
  const module = await original();
  const findOperation: typeof module.findOperation = (id) =>
    planted.operation?.id === id ? planted.operation : module.findOperation(id);
  return { ...module, findOperation };
});

let native: Engine;
let spark: SparkServer | undefined;
beforeAll(async () => {
  native = await openHost();
  await loadTables(native);
  if (PARTS.includes('spark')) spark = await startSparkServer(3, { own: true });
});
afterAll(() => Promise.all([native?.close(), spark?.close()]));

type Tally = { planted: number; caught: number; survivors: string[] };
const tallies: Record<string, Tally> = {};
const since = performance.now();

function tell(part: string, name: string, caught: boolean): void {
  tallies[part] ??= { planted: 0, caught: 0, survivors: [] };
  const tally = tallies[part];
  tally.planted++;
  if (caught) tally.caught++;
  else tally.survivors.push(name);
  const seconds = Math.round((performance.now() - since) / 1000);
  if (!caught || tally.planted % 25 === 0)
    console.log(
      `${part}: ${tally.caught} of ${tally.planted} caught after ${seconds} s${caught ? '' : `; survived: ${name}`}`,
    );
}

const picked = <T>(mutants: readonly T[], nameOf: (one: T) => string): T[] =>
  mutants.filter((one) => nameOf(one).includes(ONLY)).filter((_, i) => i % EVERY === 0);
const templateName = ({ primitive, dialect, fault }: TemplateMutant) =>
  `${primitive} in ${dialect}: ${fault}`;
const rewriteName = ({ operation, fault }: RewriteMutant) => `${operation.id}: ${fault}`;

const rightValues = new Map<string, Promise<Value[][]>>();

/** Faulty patterns can keep a Spark busy for hours, which no one can end but with it: then another one begins. */
async function valuesInTime(rows: readonly Cells[], expressions: readonly Expression[]): Promise<Value[][]> {
  if (!spark) throw new Error('There is no Spark.');
  const answer = valuesOnSpark(spark, rows, expressions);
  const late = new AbortController();
  const inTime = await Promise.race([
    answer.then(
      () => true,
      () => true,
    ),
    setTimeout(LONGEST_ON_SPARK_MS, false, { signal: late.signal }).catch(() => true),
  ]);
  late.abort();
  if (inTime) return answer;
  await spark.close();
  spark = await startSparkServer(3, { own: true });
  throw new Error('It takes too long.');
}

/** Whether the conformance of primitives notices: right values are those of the right template in DuckDB. */
async function templateIsCaught(mutant: TemplateMutant): Promise<boolean> {
  for (const table of tablesOf(mutant.primitive)) {
    const expressions = callsOf(mutant.primitive, table);
    const key = `${mutant.primitive} ${table.name}`;
    const right = rightValues.get(key) ?? valuesOnDuckdb(native, table.name, expressions);
    rightValues.set(key, right);
    const wanted = JSON.stringify(await right);
    const restore = mutant.plant();
    try {
      const found =
        mutant.dialect === 'duckdb' || !spark
          ? valuesOnDuckdb(native, table.name, expressions, AbortSignal.timeout(LONGEST_MS))
          : valuesInTime(table.rows, expressions);
      const differs = await found.then(
        (values) => JSON.stringify(values) !== wanted,
        () => true,
      );
      if (differs) return true;
    } finally {
      restore();
    }
  }
  return false;
}

/** Whether an example of the operation notices. */
async function rewriteIsCaught({ operation, faulty }: RewriteMutant): Promise<boolean> {
  for (const { example, operation: id } of exampleCases) {
    if (id !== operation.id) continue;
    planted.operation = faulty;
    try {
      const plan = compilePlan(ruleSetOf(id, [{ ...example, operation: id }]), example.header);
      const outcome = await runOnDuckdb(native, plan, example.rows, answerLookups);
      const wanted = [expectedColumns(example, outcome), example.expected];
      if (JSON.stringify([outcome.columns, asExpected(outcome)]) !== JSON.stringify(wanted)) return true;
    } catch {
      return true;
    } finally {
      planted.operation = undefined;
    }
  }
  return false;
}

/** Whether a fault changes no plan of an example: then it is none there, and nothing can be said of it. */
function changesNoPlan({ operation, faulty }: RewriteMutant): boolean {
  return exampleCases.every(({ example, operation: id, plan }) => {
    if (id !== operation.id) return true;
    planted.operation = faulty;
    try {
      const other = compilePlan(ruleSetOf(id, [{ ...example, operation: id }]), example.header);
      return canonicalJson([other.actions, other.output]) === canonicalJson([plan.actions, plan.output]);
    } catch {
      return false;
    } finally {
      planted.operation = undefined;
    }
  });
}

test('faults in templates and rewrites are caught', async () => {
  const templates = picked(templateMutants(quoting), templateName);
  for (const dialect of ['duckdb', 'spark'] as const) {
    if (!PARTS.includes(dialect)) continue;
    for (const mutant of templates.filter((one) => one.dialect === dialect))
      tell(`templates, ${dialect}`, templateName(mutant), await templateIsCaught(mutant));
  }
  const silent: string[] = [];
  if (PARTS.includes('rewrites')) {
    for (const mutant of picked(rewriteMutants(), rewriteName)) {
      if (changesNoPlan(mutant)) {
        // A general fault has nothing to spoil in many operations; a parameter should bear on some example.
        if (mutant.parameter !== undefined) silent.push(rewriteName(mutant));
      } else tell('rewrites', rewriteName(mutant), await rewriteIsCaught(mutant));
    }
  }
  const whole = ONLY === '' && EVERY === 1 && PARTS.length === 3;
  record('soak', whole ? 'mutation' : 'mutation-part', {
    title: 'Faults planted in templates of primitives and rewrites of operations',
    conditions: {
      duckdb: native.version,
      spark: spark?.version ?? 'not asked',
      ...(!whole && { part: `${PARTS.join(', ')}; every ${EVERY}; ${ONLY === '' ? 'all names' : ONLY}` }),
    },
    rows: Object.entries(tallies).map(([part, { planted: count, caught, survivors }]) => ({
      ...{ part, planted: count, caught, survived: survivors.length },
    })),
    findings: {
      'faults in a parameter that bear on no example': silent.length,
      seconds: Math.round((performance.now() - since) / 1000),
    },
    notes: [
      ...Object.values(tallies).flatMap(({ survivors }) =>
        survivors.map((one) => `Survived: ${one.replaceAll('|', '\\|')}`),
      ),
      ...silent.map((one) => `Bears on no example: ${one}`),
    ],
  });
  const all = Object.values(tallies);
  const [count, caught] = [
    all.reduce((sum, one) => sum + one.planted, 0),
    all.reduce((sum, one) => sum + one.caught, 0),
  ];
  if (whole) expect(count).toBeGreaterThan(40);
  expect(caught / count).toBeGreaterThan(0.8);
});
