import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runLocally } from '../../main/run/local-run';
import { compilePlan } from '../../shared/compile/compile';
import { canonicalJson, hashOf } from '../../shared/compile/hash';
import { countsFrom } from '../../shared/compile/measures';
import { compileSpark, type SparkPlan } from '../../shared/compile/spark';
import { withExamples } from '../../shared/compile/spark-examples';
import { csvDialectSchema } from '../../shared/document/dialect';
import { ruleSetOf, type StepGiven } from './rule-sets';
import { type SparkServer, startSparkServer } from './spark-server';
import { readWritten, sorted } from './written';

let spark: SparkServer;
let folder: string;
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dataharmonize-job-'));
  spark = await startSparkServer();
});
afterAll(async () => {
  await spark?.close();
  await rm(folder, { recursive: true, force: true });
});

const COLUMNS = ['id', 'e-mail', 'phone'];
const SECRET = 'Very.Private@Example.com';
const INPUT = `id,e-mail,phone\n1, ${SECRET} ,(212) 555-0147\n2,b@example.com,12\n2,b@example.com,12\n3,nobody,\n4,"x"y,\n`;
const STEPS: StepGiven[] = [
  { operation: 'trim', columns: ['e-mail'], parameters: {} },
  { operation: 'email', columns: ['e-mail'], parameters: { invalid: 'reject' } },
  { operation: 'phone', columns: ['phone'], parameters: { defaultRegion: 'US', invalid: 'null' } },
  { operation: 'deduplicate', columns: [], parameters: { keys: ['id'] } },
];
const CSV = csvDialectSchema.parse({ format: 'csv' });
const uri = (file: string) => `file://${file}`;

type Given = {
  plan?: SparkPlan;
  hash?: string;
  input?: string;
  root?: string;
  runId?: string;
  format?: string;
  /** Within the root. */
  output?: string;
};

/** A run in a folder of its own: its exit code, its report (null where it wrote none), and where things are. */
async function run(given: Given = {}) {
  const root = given.root ?? path.join(folder, `root ${++count}`);
  await mkdir(root, { recursive: true });
  const plan = given.plan ?? compileSpark(compilePlan(ruleSetOf('job', STEPS), COLUMNS), CSV);
  const [planFile, input] = [path.join(root, 'plan.json'), path.join(root, 'input.csv')];
  await writeFile(planFile, canonicalJson(plan));
  await writeFile(input, given.input ?? INPUT);
  const runId = given.runId ?? 'r1';
  const [output, left] = [path.join(root, given.output ?? 'out'), path.join(root, 'left')];
  const code = await spark.runJob([
    ...['--plan', uri(planFile), '--approved-hash', given.hash ?? hashOf(plan), '--run-id', runId],
    ...['--root', uri(root), '--input', uri(input), '--output', uri(output), '--quarantine', uri(left)],
    ...['--report', uri(path.join(root, 'report-copy.json'))],
    ...['--input-format', 'csv', '--output-format', given.format ?? 'csv'],
  ]);
  const text = await readFile(path.join(root, '_runs', runId, 'report.json'), 'utf8').catch(() => null);
  return { root, output, left, code, text, report: text === null ? null : JSON.parse(text) };
}

const names = (place: string) => readdir(place).catch(() => null);

describe('a run that succeeds', () => {
  test('writes kept rows, the others with their reasons, and a report whose counts add up', async () => {
    const { output, left, code, report, text, root } = await run();
    expect([code, report.code, report.message]).toEqual([0, undefined, undefined]);
    expect((await readWritten(output)).rows.map((row) => row.join()).sort()).toEqual([
      '1,very.private@example.com,+12125550147',
      '2,b@example.com,',
    ]);
    const quarantine = await readWritten(left);
    expect(quarantine.header).toEqual([
      ...COLUMNS,
      '_fate',
      '_step',
      '_column',
      '_reason',
      '_file',
      '_block',
      '_line',
    ]);
    expect(quarantine.rows.map((row) => row.slice(3, 7).join('|')).sort()).toEqual([
      'merged|s4|id|duplicate of a kept row',
      'rejected|s2|e-mail|not a valid e-mail address',
      'rejected|||unreadable: a quote where none may be',
    ]);
    expect(report.counts).toEqual({ read: 5, added: 0, kept: 2, filtered: 0, rejected: 2, merged: 1 });
    expect(report).toMatchObject({
      status: 'succeeded',
      unreadable: 1,
      libraries: { phonenumbers: '9.0.40' },
    });
    const plan = compilePlan(ruleSetOf('job', STEPS), COLUMNS);
    const counts = countsFrom(plan, { ...report.measures, read: 4 }, 1);
    expect(report.steps).toEqual(counts.steps.map(({ sentence: _, ...step }) => step));
    expect(text).not.toContain('Private');
    expect(await readFile(path.join(root, 'report-copy.json'), 'utf8')).toBe(text);
  });

  test('replaces what an earlier run wrote and keeps it aside', async () => {
    const first = await run();
    const second = await run({ root: first.root, runId: 'r2', input: 'id,e-mail,phone\n9,z@example.com,\n' });
    expect(second.code).toBe(0);
    expect((await readWritten(second.output)).rows).toEqual([['9', 'z@example.com', null]]);
    const aside = await readWritten(path.join(first.root, '_runs/r2/replaced-output'));
    expect(aside.rows).toHaveLength(2);
    expect((await names(first.root))?.filter((name) => name.startsWith('_'))).toEqual(['_runs']);
  });

  test('puts an earlier result back that a killed run had set aside', async () => {
    const first = await run();
    const aside = path.join(first.root, 'aside');
    await rename(first.output, aside);
    const note = { target: uri(first.output), previous: uri(aside), next: '' };
    await writeFile(path.join(first.root, '_out.replacing.json'), JSON.stringify(note));
    const failed = await run({ root: first.root, runId: 'r2', input: 'other\n1\n' });
    expect([failed.code, failed.report.code]).toEqual([1, 'input.columns']);
    expect((await readWritten(first.output)).rows).toHaveLength(2);
  });

  test('writes nothing but a header where no row is kept', async () => {
    const { code, output } = await run({ input: 'id,e-mail,phone\n' });
    expect(code).toBe(0);
    expect(await readWritten(output)).toEqual({ header: COLUMNS, rows: [] });
  });

  test('writes Parquet', async () => {
    const { code, report } = await run({ format: 'parquet' });
    expect(code).toBe(0);
    expect(report.output.rows).toBe(2);
  });

  test('reads split files like whole ones', async () => {
    const lines = Array.from({ length: 150_000 }, (_, i) =>
      i % 1000 === 0
        ? 'id,e-mail,phone'
        : `${i},"p${i % 60_000}@example.com ""x"" ${'x'.repeat(60)}",n${i % 7}`,
    );
    const input = `\ufeffid,e-mail,phone\r\n${lines.join('\r\n')}\r\n`;
    const steps: StepGiven[] = [
      { operation: 'change-case', columns: ['e-mail'], parameters: { to: 'upper' } },
      {
        operation: 'deduplicate',
        columns: [],
        parameters: { keys: ['e-mail'], keep: 'last', orderBy: [{ column: 'id' }] },
      },
    ];
    const ruleSet = ruleSetOf('split', steps);
    const found = await run({ plan: compileSpark(compilePlan(ruleSet, COLUMNS), CSV), input });
    expect([found.code, found.report.message]).toEqual([0, undefined]);
    const [output, rejects] = [path.join(found.root, 'native.csv'), path.join(found.root, 'native-left.csv')];
    const report = await runLocally({
      ruleSet,
      input: path.join(found.root, 'input.csv'),
      dialect: CSV,
      output: { path: output, format: 'csv' },
      rejects: { path: rejects, format: 'csv' },
    });
    expect(found.report.counts).toMatchObject({
      read: 150_000,
      kept: report.counts?.kept,
      merged: report.counts?.merged,
    });
    expect(sorted((await readWritten(found.output)).rows)).toEqual(sorted((await readWritten(output)).rows));
    expect(sorted((await readWritten(found.left)).rows.map((row) => row.slice(0, 7)))).toEqual(
      sorted((await readWritten(rejects)).rows),
    );
  });
});

describe('a run that splits rows', () => {
  const SPLIT: readonly StepGiven[] = [
    { operation: 'fill-missing', columns: ['tags'], parameters: { value: 'x;y' } },
    {
      operation: 'explode',
      columns: ['tags'],
      parameters: { separator: ';' },
      examples: [{ input: 'a;b', output: 'b' }],
    },
    { operation: 'check', columns: ['tags'], parameters: { kind: 'not-empty', onFail: 'reject' } },
    { operation: 'deduplicate', columns: [], parameters: { keys: ['tags'] } },
  ];
  // One record cannot be read, one has no tags, and one ends with an empty part.
  const TAGS = 'id,tags\n1,a;b\n2,"b"c\n3,\n4,c;;a;\n';

  test('counts, writes and quarantines its parts as a local run does', async () => {
    const ruleSet = ruleSetOf('tags', SPLIT);
    const compiled = compilePlan(ruleSet, ['id', 'tags']);
    const found = await run({ plan: withExamples(compileSpark(compiled, CSV), ruleSet), input: TAGS });
    expect([found.code, found.report.message]).toEqual([0, undefined]);
    expect(found.report.counts).toEqual({
      ...{ read: 4, added: 5, kept: 5, filtered: 0, rejected: 3, merged: 1 },
    });
    expect(found.report.unreadable).toBe(1);
    const [output, rejects] = [path.join(found.root, 'native.csv'), path.join(found.root, 'native-left.csv')];
    const report = await runLocally({
      ruleSet,
      input: path.join(found.root, 'input.csv'),
      dialect: CSV,
      output: { path: output, format: 'csv' },
      rejects: { path: rejects, format: 'csv' },
    });
    expect(report.counts).toMatchObject(found.report.counts);
    expect(sorted((await readWritten(found.output)).rows)).toEqual(sorted((await readWritten(output)).rows));
    const quarantine = await readWritten(found.left);
    expect(quarantine.header).toContain('_part');
    // Where a record could not be read, each engine tells its place in its own way.
    const told = ({ rows }: { rows: readonly (readonly (string | null)[])[] }) =>
      sorted(rows.filter((row) => row[3] !== null).map((row) => row.slice(0, 7)));
    expect(told(quarantine)).toEqual(told(await readWritten(rejects)));
    expect(told(quarantine)).toHaveLength(3);
  });

  test('is refused when no part of a pinned example is what it must be', async () => {
    const pinned = SPLIT.map((step) => ({
      ...step,
      ...(step.operation === 'explode' && { examples: [{ input: 'a;b', output: 'c' }] }),
    }));
    const ruleSet = ruleSetOf('tags', pinned);
    const plan = withExamples(compileSpark(compilePlan(ruleSet, ['id', 'tags']), CSV), ruleSet);
    const { code, report } = await run({ plan, input: TAGS });
    expect([code, report.code]).toEqual([1, 'run.examples']);
    expect(report.message).toContain('step 2 (explode), example 1');
  });
});

describe('a run that is refused or fails writes no result', () => {
  test('a plan that is not the approved one', async () => {
    const { code, report, output, left } = await run({ hash: '0'.repeat(64) });
    expect([code, report.status, report.code]).toEqual([1, 'failed', 'plan.hash']);
    expect([await names(output), await names(left), report.counts]).toEqual([null, null, undefined]);
  });

  test('a run that another application claimed', async () => {
    const root = path.join(folder, 'claimed');
    await mkdir(path.join(root, '_runs/r1'), { recursive: true });
    await writeFile(path.join(root, '_runs/r1/claim.json'), '{"applicationId":"application_1_0001"}');
    const { code, report, output } = await run({ root });
    expect([code, report, await names(output)]).toEqual([1, null, null]);
  });

  test('a target that no run wrote', async () => {
    const root = path.join(folder, 'foreign');
    await mkdir(path.join(root, 'out'), { recursive: true });
    await writeFile(path.join(root, 'out/precious.csv'), 'precious');
    const { code, report } = await run({ root });
    expect([code, report.status, report.code]).toEqual([1, 'failed', 'output.exists']);
    expect(await readFile(path.join(root, 'out/precious.csv'), 'utf8')).toBe('precious');
    expect(await names(path.join(root, 'left'))).toBeNull();
  });

  test('a check that stops the run, leaving the earlier result', async () => {
    const first = await run();
    const steps: StepGiven[] = [
      {
        operation: 'check',
        columns: ['phone'],
        parameters: { kind: 'not-empty', onFail: 'stop', maxShare: 0.2 },
      },
    ];
    const plan = compileSpark(compilePlan(ruleSetOf('stop', steps), COLUMNS), CSV);
    const second = await run({ root: first.root, runId: 'r2', plan });
    expect([second.code, second.report.code]).toEqual([1, 'run.stopped']);
    expect(second.report.counts.read).toBe(5);
    expect((await readWritten(first.output)).rows).toHaveLength(2);
  });

  test('a result that cannot be put in place, leaving no staged rows either', async () => {
    // Its folder would have to stand in a file.
    const { root, left, code, report } = await run({ output: 'plan.json/out' });
    expect([code, report.status]).toEqual([1, 'failed']);
    expect(report.counts.read).toBe(5);
    expect(await names(left)).toBeNull();
    expect(await names(path.join(root, '_runs/r1'))).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(output|quarantine)$/)]),
    );
  });

  test('a pinned example that a step does not keep', async () => {
    const kept = { input: ` ${SECRET} `, output: SECRET };
    const steps: StepGiven[] = [
      {
        ...(STEPS[0] as StepGiven),
        examples: [
          kept,
          { input: " a\u0000\u{1f600}\\'$ ", output: "a\u0000\u{1f600}\\'$" },
          { input: null, output: null },
        ],
      },
      { ...(STEPS[1] as StepGiven), examples: [{ input: 'A@B.example', output: 'a@b.example' }] },
      {
        operation: 'phone',
        columns: ['phone'],
        parameters: { defaultRegion: 'US', regionColumn: 'id', invalid: 'null' },
        examples: [{ input: '020 7946 0018', output: '+442079460018', row: { id: 'GB' } }],
      },
    ];
    const planOf = (given: readonly StepGiven[]) => {
      const ruleSet = ruleSetOf('examples', given);
      return withExamples(compileSpark(compilePlan(ruleSet, COLUMNS), CSV), ruleSet);
    };
    const good = await run({ plan: planOf(steps) });
    expect([good.code, good.report.code]).toEqual([0, undefined]);
    const first = steps[0] as StepGiven;
    const broken = planOf([
      { ...first, examples: [kept, { input: SECRET, output: 'other' }] },
      // The row leaves, whatever its cell holds.
      { ...(steps[1] as StepGiven), examples: [{ input: 'nobody', output: 'nobody' }] },
    ]);
    const bad = await run({ plan: broken, root: good.root, runId: 'r2' });
    expect([bad.code, bad.report.code]).toEqual([1, 'run.examples']);
    expect(bad.report.message).toContain('step 1 (trim), example 2; step 2 (email), example 1');
    expect(bad.report.details.examples).toHaveLength(2);
    expect(bad.report.counts).toBeUndefined();
    expect(bad.text).not.toContain('Private');
    // What an earlier run made is still there.
    expect((await readWritten(good.output)).rows.length).toBeGreaterThan(0);
  });

  test.each([
    ['other columns', 'id,mail,phone\n1,a,b\n', 'input.columns'],
    ['no header', '', 'input.empty'],
  ])('an input with %s', async (_, input, reason) => {
    const { code, report, output } = await run({ input });
    expect([code, report.code, await names(output)]).toEqual([1, reason, null]);
  });

  test('a library of another version', async () => {
    const plan = {
      ...compileSpark(compilePlan(ruleSetOf('job', STEPS), COLUMNS), CSV),
      libraries: { phonenumbers: '9.0.39' },
    };
    const { code, report } = await run({ plan });
    expect([code, report.code]).toEqual([1, 'plan.library']);
  });

  test('an engine error, of which no cell value is told', async () => {
    const compiled = compileSpark(compilePlan(ruleSetOf('job', []), COLUMNS), CSV);
    const broken = { kind: 'select' as const, columns: [{ id: 'x', sql: 'raise_error(c1)' }] };
    const plan = {
      ...compiled,
      stages: [broken, ...compiled.stages],
      measures: [{ name: 'm', sql: '`x` IS NULL', kind: 'changed' as const, step: 0, column: 'id' }],
    };
    const { code, report, text } = await run({ plan });
    expect([code, report.code]).toEqual([1, 'job.failed']);
    expect(text).not.toContain('Private');
  });
});
