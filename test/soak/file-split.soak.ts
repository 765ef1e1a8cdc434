import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { canonicalJson, hashOf } from '../../shared/compile/hash';
import { checkKeys } from '../../shared/compile/keys';
import { isGrouped } from '../../shared/compile/plan';
import { compileSpark } from '../../shared/compile/spark';
import { csvDialectSchema } from '../../shared/document/dialect';
import { EXAMPLE_KEY } from '../../shared/lookup/hmac';
import type { Engine } from '../../shared/ports/engine';
import { shuffled } from '../conformance/agreement';
import { answerLookups } from '../conformance/answer';
import { openHost } from '../conformance/engines';
import { build, drawnRules, type Generated } from '../conformance/generate/rule-sets';
import { type Cells, type SparkServer, startSparkServer } from '../conformance/spark-server';
import { runOnDuckdb } from '../conformance/trace';
import { readWritten, sorted } from '../conformance/written';

const SEED = 20_261_123;
const RULE_SETS = 2;
const FILES = 4;

let folder: string;
let native: Engine;
let spark: SparkServer;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dataharmonize-split-'));
  [native, spark] = await Promise.all([openHost(), startSparkServer()]);
});
afterAll(async () => {
  await Promise.all([native?.close(), spark?.close()]);
  await rm(folder, { recursive: true, force: true });
});

const uri = (file: string) => `file://${file}`;
const cell = (value: string | null) => (value === null ? '' : `"${value.replaceAll('"', '""')}"`);
const csv = (header: readonly string[], rows: readonly Cells[]) =>
  [header, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('');

/** Rule sets in which rows bear on each other, over rows without line breaks: those keep a file from being split. */
const drawn: Generated[] = fc
  .sample(drawnRules({ steps: 6, least: 80, most: 120 }), { seed: SEED, numRuns: 200 })
  .flatMap((one) => build(one) ?? [])
  .filter(({ plan }) => plan.actions.some(isGrouped) && plan.input.length > 1 && stops(plan) === 0)
  .map((one) => ({
    ...one,
    rows: one.rows.filter((row) => !row.some((value) => /[\r\n]/.test(value ?? ''))),
  }))
  .slice(0, RULE_SETS);

function stops({ actions }: Generated['plan']): number {
  return actions.filter((action) => action.kind === 'stop').length;
}

/** The job over this input: its rows and counts. */
async function run(name: string, { plan }: Generated, input: string) {
  const root = path.join(folder, name);
  await mkdir(root);
  const checked = await checkKeys(plan, async () => EXAMPLE_KEY.key);
  const compiled = compileSpark(checked, csvDialectSchema.parse({ format: 'csv' }));
  await writeFile(path.join(root, 'plan.json'), canonicalJson(compiled));
  const [output, left] = [path.join(root, 'out'), path.join(root, 'left')];
  const code = await spark.runJob([
    ...['--plan', uri(path.join(root, 'plan.json')), '--approved-hash', hashOf(compiled), '--run-id', 'r1'],
    ...['--root', uri(root), '--input', uri(input), '--output', uri(output), '--quarantine', uri(left)],
    ...['--input-format', 'csv', '--output-format', 'csv'],
  ]);
  expect(code).toBe(0);
  const quarantine = await readWritten(left);
  // What follows the notes is where a row that could not be read was: that is another place in other files.
  const aside = quarantine.rows.map((row) => row.slice(0, plan.input.length + 4));
  return { kept: sorted((await readWritten(output)).rows), left: sorted(aside) };
}

test.each(drawn.map((one, i) => [i + 1, one] as const))(
  'rule set %i makes the same of one file and of many',
  async (n, given) => {
    const header = given.plan.input;
    const whole = path.join(folder, `whole-${n}.csv`);
    await writeFile(whole, csv(header, given.rows));
    const parts = path.join(folder, `parts-${n}`);
    await mkdir(parts);
    const rows = shuffled(given.rows, n);
    const each = Math.ceil(rows.length / FILES);
    for (let file = 0; file < FILES; file++)
      await writeFile(
        path.join(parts, `${file}.csv`),
        csv(header, rows.slice(file * each, (file + 1) * each)),
      );
    const one = await run(`one-${n}`, given, whole);
    const many = await run(`many-${n}`, given, parts);
    expect(many).toEqual(one);
    const outcome = await runOnDuckdb(native, given.plan, given.rows, answerLookups);
    expect(one.kept).toEqual(sorted(outcome.rows.filter((row) => !('left' in row))));
    expect(one.left).toEqual(sorted(outcome.rows.flatMap((row) => ('left' in row ? [row.quarantined] : []))));
  },
);

test('there are rule sets to try', () => expect(drawn).toHaveLength(RULE_SETS));
