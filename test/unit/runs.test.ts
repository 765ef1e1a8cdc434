import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openRuns, type Request, type Runs } from '../../main/publish/runs';
import { compilePlan } from '../../shared/compile/compile';
import { hashOf } from '../../shared/compile/hash';
import { measuresOf } from '../../shared/compile/measures';
import { compileSpark } from '../../shared/compile/spark';
import type { ClusterRun } from '../../shared/contract/calls/publish';
import { Fault } from '../../shared/contract/errors';
import { csvDialectSchema } from '../../shared/document/dialect';
import { emptyRuleSet } from '../../shared/document/rule-set';
import type { Publisher, Sighting } from '../../shared/ports/publisher';
import { faultOf } from '../doubles/outcome';

const ruleSet = {
  ...emptyRuleSet('shop'),
  steps: [
    {
      id: 's1',
      operation: 'trim',
      version: 1,
      columns: ['name'],
      parameters: { sides: 'both' },
      enabled: true,
      note: '',
      examples: [],
    },
  ],
};
const plan = compilePlan(ruleSet, ['name']);
const sparkPlan = compileSpark(plan, csvDialectSchema.parse({ format: 'csv' }));
const planHash = hashOf(sparkPlan);
const ruleSetHash = hashOf(ruleSet);
const paths = { input: '/in', output: '/out', quarantine: '/left' };
const requestOf = (runId: string): Request => ({
  job: { runId, plan: sparkPlan, planHash, ...paths, outputFormat: 'csv' },
  plan,
  ruleSetHash,
  connection: 'cluster',
  source: 'shop',
});

const APP = 'application_1_0001';
const sighting = (state: Sighting['state'], more: Partial<Sighting> = {}): Sighting => ({
  state,
  batch: state === 'absent' ? null : 7,
  applicationId: state === 'absent' ? null : APP,
  trackingUrl: null,
  progress: null,
  doing: null,
  diagnostics: '',
  ...more,
});
const reported = (more: object = {}) => ({
  format: 'dataharmonize/run-report',
  version: 1,
  runId: 'run-00001',
  status: 'succeeded',
  engine: { kind: 'spark', version: '3.5.7' },
  libraries: {},
  applicationId: APP,
  plan: { hash: planHash },
  input: { path: '/in', format: 'csv' },
  started: '2026-01-01T00:00:00.000Z',
  finished: '2026-01-01T00:01:00.000Z',
  counts: { read: 10, kept: 9, filtered: 0, rejected: 1, merged: 0 },
  unreadable: 1,
  blankLines: 0,
  measures: Object.fromEntries(measuresOf(plan).map(({ name }) => [name, 3])),
  output: { path: '/out', format: 'csv', rows: 9 },
  quarantine: { path: '/left', format: 'csv', rows: 1 },
  ...more,
});
const down = () => new Fault({ code: 'livy.unreachable', message: 'Livy cannot be reached.' });
const lost = () => new Fault({ code: 'publish.reply-lost', message: 'The reply was lost.' });

/** A cluster that answers what a test sets; each is a value or an error to throw. */
function standIn() {
  const calls: string[] = [];
  const cluster = {
    submit: sighting('queued') as Sighting | Error,
    look: sighting('queued') as Sighting | Error,
    report: null as unknown,
    stage: null as Error | null,
    stop: null as Error | null,
  };
  const told = <T>(name: string, answer: T | Error): T => {
    calls.push(name);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const publisher: Publisher = {
    kind: 'livy',
    stage: async () => void told('stage', cluster.stage),
    submit: async () => told('submit', cluster.submit),
    look: async () => told('look', cluster.look),
    report: async () => told('report', cluster.report),
    log: async () => [],
    stop: async () => void told('stop', cluster.stop),
    clear: async (_, what) => void told(`clear ${what}`, null),
    close() {},
  };
  return { cluster, publisher, calls, times: (name: string) => calls.filter((one) => one === name).length };
}

let folder: string;
let clock: number;
let at: ReturnType<typeof standIn>;
let events: ClusterRun[];
let troubles: unknown[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dataharmonize-runs-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  clock = Date.parse('2026-01-01T00:00:00Z');
  [at, events, troubles] = [standIn(), [], []];
});

const open = (): Promise<Runs> =>
  openRuns({
    folder,
    publisherFor: async () => at.publisher,
    changed: (run) => events.push(run),
    trouble: (error) => troubles.push(error),
    now: () => clock,
    pollMs: 0,
  });
const submitted = async () => {
  const runs = await open();
  await runs.submit(requestOf('run-00001'));
  return runs;
};
const state = (runs: Runs) => runs.find('run-00001')?.state;
const message = (runs: Runs) => runs.find('run-00001')?.message;

test('from submission to success, each change told once and kept on disk', async () => {
  const runs = await submitted();
  at.cluster.look = sighting('running', { progress: 0.1 });
  await runs.follow();
  await runs.follow();
  Object.assign(at.cluster, { look: sighting('ended', { progress: 1 }), report: reported() });
  await runs.follow();
  expect(events.map((run) => run.state)).toEqual([
    'submitting',
    'submitting',
    'queued',
    'running',
    'succeeded',
  ]);
  const run = runs.find('run-00001');
  expect(run).toMatchObject({ livyBatch: 7, applicationId: APP, progress: 1 });
  expect(run?.report?.counts).toMatchObject({ read: 10, kept: 9, rejected: 1 });
  expect((await open()).list()).toEqual([run]);
  const looks = at.times('look');
  await runs.follow();
  expect(at.times('look')).toBe(looks);
});

test('the same run id, at once and later, is one submission; other paths are refused', async () => {
  const runs = await open();
  const both = await Promise.all([runs.submit(requestOf('run-00001')), runs.submit(requestOf('run-00001'))]);
  expect(both[0]).toEqual(both[1]);
  expect(await runs.submit(requestOf('run-00001'))).toEqual(both[0]);
  expect(await (await open()).submit(requestOf('run-00001'))).toEqual(both[0]);
  expect(at.times('submit')).toBe(1);
  const request = requestOf('run-00001');
  const other = async () => runs.submit({ ...request, job: { ...request.job, output: '/elsewhere' } });
  expect((await faultOf(other())).code).toBe('publish.run-id');
  expect(at.times('submit')).toBe(1);
});

test('a lost reply: looked for, unknown after two minutes, followed when it appears, never sent again', async () => {
  Object.assign(at.cluster, { submit: lost(), look: sighting('absent') });
  const runs = await submitted();
  expect(state(runs)).toBe('submitting');
  clock += 119_000;
  await runs.follow();
  expect(state(runs)).toBe('submitting');
  clock += 2_000;
  await runs.follow();
  expect(state(runs)).toBe('unknown');
  at.cluster.look = sighting('running');
  await runs.follow();
  expect(runs.find('run-00001')).toMatchObject({ state: 'running', applicationId: APP });
  expect(at.times('submit')).toBe(1);
});

test('a run that left no trace but a report has ended', async () => {
  Object.assign(at.cluster, { submit: lost(), look: sighting('absent'), report: reported() });
  expect(state(await submitted())).toBe('succeeded');
});

describe('a job that ended is no success', () => {
  test.each<[string, unknown, RegExp]>([
    ['without a report', null, /without a run report.*The cluster says: exit code 13$/],
    [
      'when fewer rows were written than kept',
      reported({ output: { path: '/out', format: 'csv', rows: 8 } }),
      /add up/,
    ],
    [
      'when rows are missing in the quarantine',
      reported({ quarantine: { path: '/left', format: 'csv', rows: 0 } }),
      /add up/,
    ],
    ['when a row is lost between the counts', reported({ counts: { read: 10, kept: 8 } }), /add up/],
    ['without counts', reported({ counts: undefined }), /no counts/],
    ['when a step’s count is missing', reported({ measures: {} }), /lacks counts/],
    ['with the report of another plan', reported({ plan: { hash: '0' } }), /another plan/],
    ['with the report of another run', reported({ runId: 'run-00002' }), /another run/],
    ['with half a report', 'broken', /cannot be read/],
    [
      'when it says that it failed',
      reported({ status: 'failed', code: 'output.exists', message: 'It is taken.' }),
      /^It is taken\.$/,
    ],
  ])('%s', async (_, report, words) => {
    const runs = await submitted();
    Object.assign(at.cluster, {
      look: sighting('ended', { diagnostics: 'exit code 13\nFailing.', progress: 1 }),
      report,
    });
    await runs.follow();
    expect(runs.find('run-00001')).toMatchObject({ state: 'failed', finished: expect.any(String) });
    expect(message(runs)).toMatch(words);
  });
});

test('a job that breaks an expectation is no success, and says it as a local run does', async () => {
  const runs = await open();
  const request = requestOf('run-00001');
  const expectations = [{ measure: 'kept' as const, atLeast: 0.95 }];
  await runs.submit({ ...request, job: { ...request.job, plan: { ...sparkPlan, expectations } } });
  Object.assign(at.cluster, { look: sighting('ended'), report: reported() });
  await runs.follow();
  expect(state(runs)).toBe('failed');
  expect(message(runs)).toMatch(/but 90 % of the rows are kept, where at least 95 % are expected/);

  const other = { ...requestOf('run-00002').job, plan: { ...sparkPlan, expectations } };
  await runs.submit({ ...request, job: other });
  at.cluster.report = reported({
    runId: 'run-00002',
    status: 'failed',
    code: 'run.expectation',
    message: '…',
  });
  await runs.follow();
  expect(runs.find('run-00002')?.report).toMatchObject({
    failure: { code: 'run.expectation', message: expect.stringMatching(/^90 % of the rows are kept/) },
    expectations: [{ measure: 'kept', share: 0.9, holds: false }],
    outputs: [],
  });
});

test('while nothing can be asked the run stays as it was, and says so', async () => {
  const runs = await submitted();
  at.cluster.look = sighting('running');
  await runs.follow();
  at.cluster.look = down();
  await runs.follow();
  expect(state(runs)).toBe('running');
  expect(message(runs)).toMatch(/cannot be asked just now: Livy/);
  Object.assign(at.cluster, { look: sighting('ended'), report: down() });
  await runs.follow();
  expect(state(runs)).toBe('running');
  at.cluster.report = reported();
  await runs.follow();
  expect(state(runs)).toBe('succeeded');
});

test('what was refused or could not be staged has failed, with the reason', async () => {
  at.cluster.submit = new Fault({ code: 'livy.denied', message: 'Livy does not allow this.' });
  const runs = await submitted();
  expect(runs.find('run-00001')).toMatchObject({ state: 'failed', message: 'Livy does not allow this.' });
  at.cluster.stage = new Fault({ code: 'hdfs.permission-denied', message: 'HDFS does not allow this.' });
  const second = await runs.submit(requestOf('run-00002'));
  expect(second).toMatchObject({ state: 'failed', message: 'HDFS does not allow this.' });
  expect(at.times('submit')).toBe(1);
});

describe('a program that ends', () => {
  test('after the submission goes on following', async () => {
    const runs = await submitted();
    await runs.close();
    Object.assign(at.cluster, { look: sighting('ended'), report: reported() });
    const again = await open();
    await again.follow();
    expect(state(again)).toBe('succeeded');
  });

  test('before the submission has submitted nothing, and knows it', async () => {
    at.cluster.stage = new Error('the power is gone');
    const runs = await open();
    await expect(runs.submit(requestOf('run-00001'))).rejects.toThrow('the power is gone');
    expect(state(await open())).toBe('failed');
  });

  test('in the midst of the submission looks for the run', async () => {
    at.cluster.submit = new Error('the power is gone');
    const runs = await open();
    await expect(runs.submit(requestOf('run-00001'))).rejects.toThrow('the power is gone');
    at.cluster.look = sighting('absent');
    const again = await open();
    await again.follow();
    expect(state(again)).toBe('submitting');
    clock += 121_000;
    await again.follow();
    expect(state(again)).toBe('unknown');
    expect(at.times('submit')).toBe(1);
  });
});

describe('stopping', () => {
  test('waits for the cluster’s word, and orders again what may be lost', async () => {
    const runs = await submitted();
    at.cluster.look = sighting('running');
    expect(await runs.stop('run-00001')).toMatchObject({ state: 'running', message: 'Stopping.' });
    const orders = at.times('stop');
    const again = await open();
    await again.follow();
    expect(at.times('stop')).toBeGreaterThan(orders);
    at.cluster.look = sighting('ended', { diagnostics: 'killed' });
    await again.follow();
    expect(again.find('run-00001')).toMatchObject({ state: 'stopped', report: null });
    expect((await again.stop('run-00001')).state).toBe('stopped');
  });

  test('too late: it had succeeded', async () => {
    const runs = await submitted();
    Object.assign(at.cluster, { look: sighting('ended'), report: reported() });
    expect((await runs.stop('run-00001')).state).toBe('succeeded');
  });

  test('a job that fails because it is being ended was stopped', async () => {
    const runs = await submitted();
    const report = reported({ status: 'failed', code: 'job.failed', message: 'It lost its executors.' });
    Object.assign(at.cluster, { look: sighting('ended'), report });
    expect((await runs.stop('run-00001')).state).toBe('stopped');
  });

  test('in the midst of putting the result in place is a failure that says so', async () => {
    const runs = await submitted();
    const report = reported({ status: 'failed', code: 'job.interrupted', message: 'Look at the output.' });
    Object.assign(at.cluster, { look: sighting('ended'), report });
    expect(await runs.stop('run-00001')).toMatchObject({ state: 'failed', message: 'Look at the output.' });
  });

  test('a run without any trace gives it up', async () => {
    Object.assign(at.cluster, { submit: lost(), look: sighting('absent') });
    const runs = await submitted();
    expect((await runs.stop('run-00001')).state).toBe('stopped');
    expect(at.times('stop')).toBeGreaterThan(0);
  });

  test('an order that does not arrive is told, and is given again', async () => {
    const runs = await submitted();
    at.cluster.stop = down();
    expect((await faultOf(runs.stop('run-00001'))).code).toBe('livy.unreachable');
    at.cluster.look = sighting('absent');
    await runs.follow();
    expect(state(runs)).toBe('queued');
    at.cluster.stop = null;
    await runs.follow();
    expect(state(runs)).toBe('stopped');
  });
});

describe('what a run leaves behind on the cluster', () => {
  const clears = () => at.calls.filter((one) => one.startsWith('clear'));

  test('goes when it failed or was stopped', async () => {
    const runs = await submitted();
    const report = reported({ status: 'failed', code: 'run.stopped', message: 'A check failed.' });
    Object.assign(at.cluster, { look: sighting('ended'), report });
    await runs.follow();
    expect([state(runs), clears()]).toEqual(['failed', ['clear rows']]);
    await runs.follow();
    expect(clears()).toHaveLength(1);
  });

  test('goes altogether when it was never submitted', async () => {
    at.cluster.submit = down();
    expect([state(await submitted()), clears()]).toEqual(['failed', ['clear all']]);
  });

  test('stays while it runs, when it succeeded, and where its result may stand', async () => {
    const runs = await submitted();
    at.cluster.look = sighting('running');
    await runs.follow();
    const report = reported({ status: 'failed', code: 'job.interrupted', message: 'Look at the output.' });
    Object.assign(at.cluster, { look: sighting('ended'), report });
    await runs.follow();
    Object.assign(at.cluster, { submit: lost(), report: reported({ runId: 'run-00002' }) });
    await runs.submit(requestOf('run-00002'));
    expect([state(runs), runs.find('run-00002')?.state, clears()]).toEqual(['failed', 'succeeded', []]);
  });
});

test('a damaged record keeps nothing else from being followed', async () => {
  await submitted();
  const [name = ''] = await readdir(folder);
  const text = await readFile(path.join(folder, name), 'utf8');
  await writeFile(path.join(folder, 'run-00009.json'), text.slice(0, 100));
  await writeFile(path.join(folder, 'run-00010.json'), '{"format":"other"}');
  const runs = await open();
  expect(runs.list().map(({ runId }) => runId)).toEqual(['run-00001']);
  expect(troubles).toEqual([
    expect.objectContaining({ code: 'publish.record' }),
    expect.objectContaining({ code: 'publish.record' }),
  ]);
  expect((await readdir(folder)).length).toBe(3);
  expect((await faultOf(Promise.resolve().then(() => runs.log('run-00009')))).code).toBe('publish.no-run');
});
