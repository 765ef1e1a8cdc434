import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WebHdfs } from '../../../main/connectors/hdfs/webhdfs';
import type { SparkTask } from '../../../main/verify/spark';
import { createSparkOnCluster } from '../../../main/verify/spark-cluster';
import { compilePlan } from '../../../shared/compile/compile';
import { compileSpark } from '../../../shared/compile/spark';
import { Fault } from '../../../shared/contract/errors';
import { csvDialectSchema } from '../../../shared/document/dialect';
import { emptyRuleSet } from '../../../shared/document/rule-set';
import type { Job, Publisher, Sighting } from '../../../shared/ports/publisher';
import { faultOf } from '../../doubles/outcome';

const plan = compilePlan(emptyRuleSet('shop'), ['name']);
const sparkPlan = compileSpark(plan, csvDialectSchema.parse({ format: 'csv' }));
const sighting = (state: Sighting['state']): Sighting => ({
  state,
  batch: 1,
  applicationId: 'application_1_0001',
  trackingUrl: null,
  progress: null,
  doing: null,
  diagnostics: '',
});

let folder: string;
let files: Map<string, string>;
let modes: Map<string, string | undefined>;
let stopped: string[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dataharmonize-test-'));
  await writeFile(path.join(folder, 'rows.csv'), 'name\nAnn\n');
  [files, modes, stopped] = [new Map(), new Map(), []];
});
afterEach(() => rm(folder, { recursive: true }));

const hdfs = {
  mkdirs: async (at: string, { permission }: { permission?: string }) => void modes.set(at, permission),
  async create(at: string, body: AsyncIterable<Uint8Array>, { permission }: { permission?: string }) {
    const parts: Uint8Array[] = [];
    for await (const part of body) parts.push(part);
    files.set(at, Buffer.concat(parts).toString());
    modes.set(at.replace(/verify-[^/]*/, 'RUN'), permission);
  },
  async *list(at: string) {
    for (const one of files.keys())
      if (path.posix.dirname(one) === at) yield { path: one, name: path.posix.basename(one) };
  },
  async *open(at: string) {
    yield Buffer.from(files.get(at) ?? '');
  },
  async remove(at: string) {
    for (const one of [...files.keys()]) if (one.startsWith(`${at}/`)) files.delete(one);
    return true;
  },
} as unknown as WebHdfs;

/** What the job writes when it succeeds. */
function finish({ runId, output, quarantine, planHash }: Job): unknown {
  files.set(`${output}/part-0.csv`, 'name\nAnn\n');
  files.set(`${output}/_dataharmonize.json`, '{}');
  files.set(`${quarantine}/part-0.csv`, 'name\n');
  return {
    format: 'dataharmonize/run-report',
    version: 1,
    runId,
    status: 'succeeded',
    engine: { kind: 'spark', version: '3.5.7' },
    libraries: {},
    applicationId: 'application_1_0001',
    plan: { hash: planHash },
    input: { path: '/in', format: 'csv' },
    started: '2026-01-01T00:00:00.000Z',
    finished: '2026-01-01T00:00:09.000Z',
    counts: { read: 1, kept: 1, filtered: 0, rejected: 0, merged: 0 },
    unreadable: 0,
    blankLines: 0,
    measures: { kept: 1 },
    output: { path: output, format: 'csv', rows: 1 },
    quarantine: { path: quarantine, format: 'csv', rows: 0 },
  };
}

function cluster(looks: (Sighting['state'] | Fault)[], more: Partial<Publisher> = {}) {
  let [job, left]: [Job | null, (Sighting['state'] | Fault)[]] = [null, [...looks]];
  const publisher = {
    kind: 'livy',
    async stage(staged: Job) {
      job = staged;
      files.set(`/root/_runs/${staged.runId}/plan.json`, '{}');
    },
    submit: async () => sighting('queued'),
    async look() {
      const [next = 'ended'] = left;
      left = left.slice(1);
      if (next instanceof Fault) throw next;
      return sighting(next);
    },
    report: async () => job && finish(job),
    log: async () => [],
    stop: async ({ runId }) => void stopped.push(runId),
    clear: async (runId, what) => {
      if (what === 'all') await hdfs.remove(`/root/_runs/${runId}`, { recursive: true });
    },
    close: () => {},
    ...more,
  } satisfies Publisher;
  return createSparkOnCluster({ publisher, hdfs, root: '/root', pollMs: 1 });
}
const task = (more: Partial<SparkTask> = {}): SparkTask => ({
  plan,
  sparkPlan,
  input: path.join(folder, 'rows.csv'),
  folder: path.join(folder, 'spark'),
  signal: undefined,
  tell: () => {},
  ...more,
});

test('rows go to the cluster for their user alone, the result comes back, and nothing stays there', async () => {
  const told: string[] = [];
  const unreachable = new Fault({ code: 'livy.unreachable', message: 'Livy is down.' });
  const run = cluster(['queued', unreachable, 'running', 'ended'], {
    submit: async () => {
      throw new Fault({ code: 'publish.reply-lost', message: 'Lost.' });
    },
  });
  const answer = await run(task({ tell: (phase) => told.push(phase) }));
  expect(answer).toMatchObject({ version: '3.5.7', counts: { read: 1, kept: 1 } });
  expect(await readFile(path.join(answer.output, 'part-0.csv'), 'utf8')).toBe('name\nAnn\n');
  expect(await readdir(answer.quarantine)).toEqual(['part-0.csv']);
  expect(await readdir(answer.output)).toEqual(['part-0.csv']);
  expect(told).toEqual(['submitting', 'waiting']);
  expect([...modes.values()]).toEqual(['700', '600']);
  expect([...files.keys()]).toEqual([]);
  expect(stopped).toEqual([]);
});

test('a job that fails tells its own reason, and nothing stays there', async () => {
  const run = cluster(['ended'], {
    report: async () => ({ ...(finish({} as Job) as object), status: 'failed' }),
  });
  expect((await faultOf(run(task()))).code).toBe('publish.report');
  expect((await faultOf(cluster(['ended'], { report: async () => null })(task()))).code).toBe(
    'verify.no-report',
  );
  expect([...files.keys()].filter((one) => one.startsWith('/root'))).toEqual([]);
});

test('giving up stops the job; where it may still start, its claim stays and the rows are gone all the same', async () => {
  const giving = new AbortController();
  const run = cluster(Array(500).fill('running'), {
    submit: async () => {
      setTimeout(() => giving.abort(), 5);
      return sighting('queued');
    },
  });
  await expect(run(task({ signal: giving.signal }))).rejects.toThrow();
  expect(stopped).toHaveLength(1);
  expect([...files.keys()]).toEqual([`/root/_runs/${stopped[0]}/plan.json`]);
});
