import { beforeEach, describe, expect, test } from 'vitest';
import type { WebHdfs } from '../../main/connectors/hdfs/webhdfs';
import type { Livy, LivyBatch, LivySubmission } from '../../main/publish/livy';
import { createLivyPublisher } from '../../main/publish/livy-publisher';
import type { Yarn, YarnApp } from '../../main/publish/yarn';
import { compilePlan } from '../../shared/compile/compile';
import { canonicalJson, hashOf } from '../../shared/compile/hash';
import { compileSpark } from '../../shared/compile/spark';
import { Fault } from '../../shared/contract/errors';
import { csvDialectSchema } from '../../shared/document/dialect';
import { emptyRuleSet } from '../../shared/document/rule-set';
import type { Job, StreamJob } from '../../shared/ports/publisher';
import { faultOf } from '../doubles/outcome';

const runId = 'run-00001';
const APP = 'application_1_0001';
const plan = compileSpark(
  compilePlan(emptyRuleSet('shop'), ['name']),
  csvDialectSchema.parse({ format: 'csv' }),
);
const job: Job = {
  runId,
  plan,
  planHash: hashOf(plan),
  input: '/in',
  output: '/out',
  quarantine: '/left',
  outputFormat: 'csv',
};
const fault = (code: string) => new Fault({ code, message: `${code}.` });
const batch = (id: number, name: string | null, more: Partial<LivyBatch> = {}): LivyBatch => ({
  id,
  name,
  owner: null,
  state: 'running',
  appId: null,
  log: [],
  ...more,
});
const app = (more: Partial<YarnApp> = {}): YarnApp => ({
  id: APP,
  name: runId,
  user: 'ann',
  queue: 'default',
  state: 'RUNNING',
  finalStatus: 'UNDEFINED',
  progress: 10,
  diagnostics: '',
  trackingUrl: 'http://rm/proxy',
  logPage: null,
  tags: [runId],
  started: '2026-01-01T00:00:00.000Z',
  finished: null,
  ...more,
});

let files: Map<string, string>;
let permissions: Map<string, string>;
let writes: string[];
let batches: LivyBatch[];
let apps: YarnApp[];
let submitted: { submission: LivySubmission; name: string }[];
let livyDown: boolean;
let yarnDown: boolean;
let hdfsDown: boolean;
let ended: string[];
let replaced: string[];

beforeEach(() => {
  [files, permissions] = [new Map(), new Map()];
  [writes, batches, apps, submitted, ended, replaced] = [[], [], [], [], [], []];
  [livyDown, yarnDown, hdfsDown] = [false, false, false];
});

function publisher({ withYarn = true } = {}) {
  const up = (down: boolean, code: string) => {
    if (down) throw fault(code);
  };
  const hdfs = {
    async *list(path: string) {
      for (const name of files.keys())
        if (name.startsWith(`${path}/`)) yield { name: name.slice(path.length + 1) };
    },
    async status(path: string) {
      up(hdfsDown, 'hdfs.unreachable');
      const content = files.get(path);
      return content === undefined ? null : { size: Buffer.byteLength(content) };
    },
    async create(path: string, content: Uint8Array, { permission }: { permission?: string } = {}) {
      if (permission !== undefined) permissions.set(path, permission);
      files.set(path, Buffer.from(content).toString());
      writes.push(path);
    },
    async rename(from: string, to: string, { overwrite = false } = {}) {
      if (files.has(to) && !overwrite) throw fault('hdfs.exists');
      if (files.has(to)) replaced.push(to);
      files.set(to, files.get(from) ?? '');
      files.delete(from);
    },
    async remove(path: string) {
      for (const name of files.keys()) if (name === path || name.startsWith(`${path}/`)) files.delete(name);
    },
    async readJson(path: string) {
      try {
        return JSON.parse(files.get(path) ?? '');
      } catch {
        throw fault('hdfs.not-json');
      }
    },
    close() {},
  };
  const livy = {
    async submit(submission: LivySubmission, { name }: { name: string }) {
      up(livyDown, 'livy.unreachable');
      if (batches.some((one) => one.name === name)) throw fault('livy.duplicate-name');
      submitted.push({ submission, name });
      batches.push(batch(batches.length, name, { state: 'starting' }));
      return batches.at(-1);
    },
    async get(id: number) {
      up(livyDown, 'livy.unreachable');
      return batches.find((one) => one.id === id) ?? null;
    },
    async find(name: string) {
      up(livyDown, 'livy.unreachable');
      return batches.find((one) => one.name === name) ?? null;
    },
    log: async (id: number) => ({ from: 0, total: 2, log: [`log of batch ${id}`, 'Exception in it'] }),
    delete: async (id: number) => ended.push(`batch ${id}`) > 0,
    close() {},
  };
  const yarn = {
    async get(id: string) {
      up(yarnDown, 'yarn.unreachable');
      return apps.find((one) => one.id === id) ?? null;
    },
    async findByTag(tag: string) {
      up(yarnDown, 'yarn.unreachable');
      return apps.filter((one) => one.tags.includes(tag));
    },
    kill: async (id: string) => ended.push(id),
    close() {},
  };
  return createLivyPublisher({
    hdfs: hdfs as unknown as WebHdfs,
    livy: livy as unknown as Livy,
    yarn: withYarn ? (yarn as unknown as Yarn) : null,
    files: () => ({
      job: 'job.py',
      stream: 'stream.py',
      scan: 'scan.py',
      libraries: ['a.zip', 'b.zip'],
      hash: '0123456789abcdef0123',
      read: async (name) => Buffer.from(`content of ${name}`),
    }),
    root: '/user/ann/dataharmonize',
    jars: '/user/ann/dataharmonize/jars',
  });
}
const run = (more: { batch?: number | null; applicationId?: string | null } = {}) => ({
  runId,
  batch: null,
  applicationId: null,
  ...more,
});
const claimPath = `/user/ann/dataharmonize/_runs/${runId}/claim.json`;

test('stages the job once, the plan as the bytes that were hashed, and submits what it staged', async () => {
  const to = publisher();
  await to.stage(job);
  await to.stage(job);
  expect(writes).toHaveLength(6);
  const folder = '/user/ann/dataharmonize/_jobs/0123456789abcdef';
  const planPath = `/user/ann/dataharmonize/_runs/${runId}/plan.json`;
  expect(files.get(planPath)).toBe(canonicalJson(plan));
  expect([...files.keys()].sort()).toEqual([
    `${folder}/a.zip`,
    `${folder}/b.zip`,
    `${folder}/job.py`,
    `${folder}/scan.py`,
    `${folder}/stream.py`,
    planPath,
  ]);
  expect(await to.submit(job)).toMatchObject({ state: 'queued', batch: 0 });
  expect(submitted[0]).toMatchObject({
    name: runId,
    submission: {
      file: `${folder}/job.py`,
      pyFiles: [`${folder}/a.zip`, `${folder}/b.zip`],
      conf: { 'spark.yarn.tags': runId, 'spark.yarn.maxAppAttempts': '1' },
    },
  });
  const { args = [] } = submitted[0]?.submission ?? {};
  const named = Object.fromEntries(args.flatMap((one, i) => (i % 2 === 0 ? [[one, args[i + 1]]] : [])));
  expect(named).toMatchObject({ '--plan': planPath, '--approved-hash': job.planHash, '--run-id': runId });
});

test('two that stage at once leave each file once, and never replace one that a job may be using', async () => {
  const to = publisher();
  await Promise.all([to.stage(job), to.stage({ ...job, runId: 'run-00002' })]);
  expect([...files.keys()].filter((path) => path.endsWith('.part'))).toEqual([]);
  expect(files.size).toBe(7);
  expect(replaced).toEqual([]);
  files.set('/user/ann/dataharmonize/_jobs/0123456789abcdef/job.py', 'half');
  await to.stage(job);
  expect(files.get('/user/ann/dataharmonize/_jobs/0123456789abcdef/job.py')).toBe('content of job.py');
});

test('a name that Livy has already is the run itself', async () => {
  batches = [batch(4, runId)];
  expect(await publisher().submit(job)).toMatchObject({ state: 'running', batch: 4 });
  expect(submitted).toEqual([]);
});

describe('where a run is seen', () => {
  test('by its tag in YARN, when Livy is down or has forgotten it', async () => {
    apps = [app()];
    expect(await publisher().look(run())).toMatchObject({
      state: 'running',
      applicationId: APP,
      batch: null,
    });
    livyDown = true;
    expect(await publisher().look(run({ batch: 3 }))).toMatchObject({ state: 'running', batch: 3 });
  });

  test('not in another run’s batch that has taken its number', async () => {
    batches = [batch(3, 'run-00002', { appId: 'application_1_0009', state: 'success' })];
    expect(await publisher().look(run({ batch: 3 }))).toMatchObject({ state: 'absent' });
  });

  test('by Livy, when YARN is down or not known', async () => {
    batches = [batch(0, runId, { appId: APP })];
    yarnDown = true;
    expect(await publisher().look(run())).toMatchObject({ state: 'running', batch: 0, applicationId: APP });
    expect(await publisher({ withYarn: false }).look(run())).toMatchObject({ state: 'running' });
  });

  test('going on in YARN though Livy thinks it dead', async () => {
    batches = [batch(0, runId, { appId: APP, state: 'dead' })];
    apps = [app()];
    expect(await publisher().look(run())).toMatchObject({ state: 'running' });
  });

  test('nowhere only if both were asked', async () => {
    livyDown = true;
    expect((await faultOf(publisher().look(run()))).code).toBe('livy.unreachable');
    yarnDown = true;
    expect((await faultOf(publisher().look(run()))).code).toBe('yarn.unreachable');
    [livyDown, yarnDown] = [false, false];
    expect(await publisher().look(run())).toMatchObject({ state: 'absent' });
  });

  test('ended before YARN saw it, with what spark-submit said', async () => {
    batches = [batch(0, runId, { state: 'dead' })];
    expect(await publisher().look(run())).toMatchObject({ state: 'ended', diagnostics: 'Exception in it' });
  });
});

test('a report that breaks off is no report that can be waited for', async () => {
  const path = `/user/ann/dataharmonize/_runs/${runId}/report.json`;
  expect(await publisher().report(runId)).toBeNull();
  files.set(path, '{"status": "succ');
  expect(await publisher().report(runId)).toBe('broken');
  files.set(path, '{"status": "succeeded"}');
  expect(await publisher().report(runId)).toEqual({ status: 'succeeded' });
});

test('a job that ended while it showed its result has succeeded only if all of it stands', async () => {
  const result = (path: string) => ({ path: `hdfs://nn:8020${path}`, format: 'csv', rows: 1 });
  const report = {
    runId,
    status: 'failed',
    code: 'job.interrupted',
    message: 'It ended.',
    output: result('/out'),
    quarantine: result('/left'),
  };
  files.set(`/user/ann/dataharmonize/_runs/${runId}/report.json`, JSON.stringify(report));
  const mark = (path: string, of: string) =>
    files.set(`${path}/_dataharmonize.json`, JSON.stringify({ runId: of }));
  expect(await publisher().report(runId)).toEqual(report);
  mark('/left', runId);
  expect(await publisher().report(runId)).toEqual(report);
  mark('/out', 'run-00002');
  expect(await publisher().report(runId)).toEqual(report);
  mark('/out', runId);
  const { code: _, message: __, ...rest } = report;
  expect(await publisher().report(runId)).toEqual({ ...rest, status: 'succeeded' });
});

test('while a job runs, what it says it is doing', async () => {
  apps = [app()];
  expect((await publisher().look(run())).doing).toBeNull();
  const path = `/user/ann/dataharmonize/_runs/${runId}/progress.json`;
  files.set(path, '{"phase":"writing","rows":200000}');
  expect((await publisher().look(run())).doing).toMatch(/200,000 rows/);
  files.set(path, '{"phase":"pondering","rows":null}');
  expect((await publisher().look(run())).doing).toBeNull();
  hdfsDown = true;
  expect((await publisher().look(run())).state).toBe('running');
});

test('the log is of this run, not of the batch that has its number now', async () => {
  batches = [batch(0, 'run-00002'), batch(1, runId)];
  expect(await publisher().log(run({ batch: 0 }))).toEqual(['log of batch 1', 'Exception in it']);
  batches = [batch(0, 'run-00002')];
  expect(await publisher().log(run({ batch: 0 }))).toEqual([]);
});

describe('stopping', () => {
  test('takes the claim, so that a job that has not begun never will', async () => {
    await publisher().stop(run());
    expect(JSON.parse(files.get(claimPath) ?? '')).toEqual({
      applicationId: expect.stringMatching(/stopped/),
    });
    await publisher().stop(run());
    expect([...files.keys()]).toEqual([claimPath]);
  });

  test('leaves the claim of a job that has begun, and ends it in YARN and Livy', async () => {
    files.set(claimPath, `{"applicationId":"${APP}"}`);
    batches = [batch(0, runId, { appId: APP })];
    apps = [app()];
    await publisher().stop(run({ batch: 0 }));
    expect(files.get(claimPath)).toContain(APP);
    expect(ended).toEqual([APP, 'batch 0']);
  });

  test('ends it in YARN when Livy or HDFS is down; without either it is told', async () => {
    [livyDown, hdfsDown] = [true, true];
    apps = [app()];
    await publisher().stop(run());
    expect(ended).toEqual([APP]);
    apps = [];
    expect((await faultOf(publisher().stop(run()))).code).toBe('hdfs.unreachable');
  });
});

test('what a run left behind is removed: its staged rows, or all of a run that never was', async () => {
  const folder = `/user/ann/dataharmonize/_runs/${runId}`;
  const names = ['output/part-0', 'quarantine/part-0', 'replaced-output/part-0', 'report.json', 'plan.json'];
  for (const name of [...names, '../run-00002/output/part-0']) files.set(`${folder}/${name}`, 'x');
  await publisher().clear(runId, 'rows');
  expect([...files.keys()].map((name) => name.slice(folder.length + 1))).toEqual([
    ...['replaced-output/part-0', 'report.json', 'plan.json', '../run-00002/output/part-0'],
  ]);
});

describe('a stream that signs in', () => {
  const jars = '/user/ann/dataharmonize/jars';
  const folder = '/user/ann/dataharmonize/_runs/stream-1';
  const stream: StreamJob = {
    ...{ runId: 'stream-1-2', streamId: 'stream-1', attempt: 2, planHash: 'hash' },
    ...{ brokers: ['broker:9093'], registry: 'https://registry', begin: 'earliest' },
    ...{ topic: 'in', outputTopic: 'out', quarantineTopic: 'left', output: '/cleaned' },
    access: {
      tls: { ca: 'an authority', certificate: 'a certificate', key: 'sesame-key' },
      sasl: { mechanism: 'scram-sha-512', user: 'alice', password: 'sesame-password' },
      registry: { user: 'alice', password: 'sesame-registry' },
    },
  };
  const secretFiles = () => [...files].filter(([, text]) => text.includes('sesame')).map(([name]) => name);
  beforeEach(() => {
    for (const name of [
      'spark-sql-kafka-0-10_2.12-3',
      'spark-token-provider-kafka-0-10_2.12-3',
      'kafka-clients-3',
    ])
      files.set(`${jars}/${name}.jar`, '');
    files.set(`${jars}/commons-pool2-2.jar`, '');
    files.set(jars, '');
  });

  test('hands secrets over in a file of its user alone, and nowhere else', async () => {
    const to = publisher();
    // What an earlier start has left, readable by all.
    files.set(`${folder}/access.json`, 'left');
    await to.startStream(stream);
    expect(secretFiles()).toEqual([`${folder}/access.json`]);
    expect(permissions).toEqual(new Map([[`${folder}/access.json`, '600']]));
    expect(JSON.parse(files.get(`${folder}/access.json`) ?? '')).toEqual(stream.access);
    expect(submitted[0]?.submission.args).toContain('--signs-in');
    expect(JSON.stringify(submitted)).not.toMatch(/sesame|alice|authority|certificate/);
    await to.forgetAccess('stream-1');
    expect(secretFiles()).toEqual([]);
  });

  test('takes the file back where the job was refused, and makes none where nothing is signed in with', async () => {
    const to = publisher();
    livyDown = true;
    expect((await faultOf(to.startStream(stream))).code).toBe('livy.unreachable');
    expect(secretFiles()).toEqual([]);
    livyDown = false;
    await to.startStream({ ...stream, access: null });
    expect(files.has(`${folder}/access.json`)).toBe(false);
    expect(submitted[0]?.submission.args).not.toContain('--signs-in');
  });
});
