import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { openStreams, type StreamRequest, type Streams } from '../../../main/publish/streams';
import { hashOf } from '../../../shared/compile/hash';
import { measuresOf } from '../../../shared/compile/measures';
import type { Stream } from '../../../shared/contract/calls/streams';
import { Fault } from '../../../shared/contract/errors';
import type { Sighting, StreamAccess, StreamJob, StreamPublisher } from '../../../shared/ports/publisher';
import { faultOf } from '../../doubles/outcome';
import { plan, streamPlan } from './rules';

const planHash = hashOf(streamPlan);
const request = (more: Partial<StreamRequest> = {}): StreamRequest => ({
  ...{ streamId: 'stream-1', connection: 'cluster', kafka: 'kafka', source: 'shop', planHash },
  ...{ topic: 'in', outputTopic: 'out', quarantineTopic: 'left', output: '/cleaned/in', begin: 'earliest' },
  ...{ streamPlan, plan, ruleSetHash: 'r', brokers: ['broker:9092'], registry: null },
  ...more,
});
const sighting = (state: Sighting['state'], more: Partial<Sighting> = {}): Sighting => ({
  ...{
    state,
    batch: 3,
    applicationId: null,
    trackingUrl: null,
    progress: null,
    doing: null,
    diagnostics: '',
  },
  ...more,
});
const counts = (messages: number) => ({
  ...{ messages, tombstones: 2, unreadable: 3, unknownFields: 1, read: messages - 2, added: 0 },
  ...{ kept: messages - 9, filtered: 0, rejected: 7, merged: 0 },
});
const progress = (messages: number, more: object = {}) => ({
  ...{ format: 'dataharmonize/stream-progress', version: 1, streamId: 'stream-1', planHash, batch: 1 },
  totals: {
    counts: counts(messages),
    // Of the rows that left, three could not be read.
    measures: Object.fromEntries(measuresOf(plan).map(({ name, kind }) => [name, kind === 'left' ? 4 : 5])),
  },
  ...{ offsets: { 0: 60, 1: 40 }, latest: { 0: 70, 1: 40 }, lag: 10 },
  recent: [
    { batch: 0, seconds: 2, finished: '2026-01-01T00:00:02.000Z', counts: { ...counts(60), kept: 51 } },
    { batch: 1, seconds: 1, finished: '2026-01-01T00:00:10.000Z', counts: { ...counts(40), kept: 31 } },
  ],
  updated: '2026-01-01T00:00:11.000Z',
  ...more,
});
const down = () => new Fault({ code: 'livy.unreachable', message: 'Livy cannot be reached.' });

/** A cluster that answers what a test sets. */
function standIn() {
  const calls: string[] = [];
  const jobs: StreamJob[] = [];
  const cluster = {
    start: sighting('queued') as Sighting | Error,
    look: sighting('running') as Sighting | Error,
    report: null as unknown,
    progress: null as unknown,
    access: null as StreamAccess | Error | null,
  };
  const answer = <T>(name: string, given: T | Error): T => {
    calls.push(name);
    if (given instanceof Error) throw given;
    return given;
  };
  const publisher: StreamPublisher = {
    stage: async ({ runId }) => void answer(`stage ${runId}`, null),
    async startStream(job) {
      jobs.push(job);
      return answer(`start ${job.runId}`, cluster.start);
    },
    lackingJars: async () => ({ folder: '/jars', files: [] }),
    forgetAccess: async (streamId) => void answer(`forget ${streamId}`, null),
    streamProgress: async () => cluster.progress,
    askToStop: async (runId) => void answer(`ask ${runId}`, null),
    look: async () => answer('look', cluster.look),
    report: async () => cluster.report,
    log: async () => [],
    stop: async ({ runId }) => void answer(`kill ${runId}`, null),
  };
  return { calls, jobs, cluster, publisher };
}

let folder: string;
let at: ReturnType<typeof standIn>;
let told: Stream[];
let clock: number;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dataharmonize-streams-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  [at, told, clock] = [standIn(), [], Date.parse('2026-01-01T00:00:00Z')];
});
const open = (): Promise<Streams> =>
  openStreams({
    folder,
    publisherFor: async () => at.publisher,
    async accessFor() {
      if (at.cluster.access instanceof Error) throw at.cluster.access;
      return at.cluster.access;
    },
    changed: (stream) => told.push(stream),
    trouble: (error) => expect.fail(String(error)),
    now: () => clock,
    pollMs: 0,
  });
const one = (streams: Streams) => streams.list()[0] as Stream;

test('a stream is staged and started once, however often it is asked for', async () => {
  const streams = await open();
  const [first, second] = await Promise.all([streams.start(request()), streams.start(request())]);
  expect(second).toEqual(first);
  expect(at.calls).toEqual(['stage stream-1', 'start stream-1-1']);
  expect(at.jobs[0]).toMatchObject({ runId: 'stream-1-1', attempt: 1, planHash, begin: 'earliest' });
  expect(first).toMatchObject({ state: 'queued', attempt: 1, livyBatch: 3 });
  await streams.close();
  // It is known after a restart of the program.
  expect(one(await open())).toEqual(first);
});

test('its counts, lag and rate are followed, and must add up', async () => {
  const streams = await open();
  await streams.start(request());
  await streams.follow();
  expect(one(streams)).toMatchObject({
    state: 'running',
    message: 'Running; no batch is done yet.',
    progress: null,
  });
  at.cluster.progress = progress(100);
  await streams.follow();
  const { progress: seen, message } = one(streams);
  expect(message).toBe('Running; 10 messages wait.');
  expect(seen).toMatchObject({
    ...{ messages: 100, tombstones: 2, unreadable: 3, unknownFields: 1, lag: 10, batches: 2, perSecond: 10 },
    lastBatch: { messages: 40, seconds: 1 },
    partitions: [
      { partition: 0, next: 60, latest: 70 },
      { partition: 1, next: 40, latest: 40 },
    ],
  });
  expect(seen?.counts).toMatchObject({ read: 98, kept: 91, rejected: 7 });
  at.cluster.progress = progress(100, { lag: 0 });
  await streams.follow();
  expect(one(streams).message).toBe('Running; every message is processed.');

  const wrong = progress(100);
  wrong.totals.counts.kept++;
  for (const data of [wrong, progress(100, { planHash: 'other' }), { version: 9 }]) {
    at.cluster.progress = data;
    await streams.follow();
    expect(one(streams).message).toMatch(
      /^What the stream tells of its progress (does not add up|is of|cannot)/,
    );
  }
  expect(one(streams).progress).toEqual({ ...seen, lag: 0 });
});

test('it stops after a batch, and goes on from there with the plan it was approved with', async () => {
  const streams = await open();
  await streams.start(request());
  await streams.follow();
  at.cluster.progress = progress(100);
  expect(await streams.stop('stream-1', false)).toMatchObject({ state: 'stopping' });
  expect(at.calls).toContain('ask stream-1-1');
  expect(at.calls).not.toContain('kill stream-1-1');
  [at.cluster.look, at.cluster.report] = [sighting('ended'), { status: 'succeeded' }];
  await streams.follow();
  expect(one(streams)).toMatchObject({ state: 'stopped', message: 'Stopped after a whole batch.' });

  at.cluster.look = sighting('running', { batch: 4 });
  expect(await streams.restart('stream-1')).toMatchObject({ state: 'queued', attempt: 2, finished: null });
  expect(at.jobs[1]).toMatchObject({ runId: 'stream-1-2', attempt: 2, planHash, begin: 'earliest' });
  expect(await streams.restart('stream-1')).toMatchObject({ attempt: 2 });
  expect(at.jobs).toHaveLength(2);
  await streams.follow();
  expect(one(streams)).toMatchObject({ state: 'running', livyBatch: 4 });
});

test('one that does not stop is ended at once, and an order that got lost is given again', async () => {
  const streams = await open();
  await streams.start(request());
  await streams.follow();
  await streams.stop('stream-1', false);
  expect(await streams.stop('stream-1', true)).toMatchObject({ state: 'stopping' });
  await streams.follow();
  expect(at.calls.filter((call) => call === 'kill stream-1-1').length).toBeGreaterThan(1);
  at.cluster.look = sighting('ended');
  await streams.follow();
  expect(one(streams)).toMatchObject({
    state: 'stopped',
    message: expect.stringContaining('may be there twice'),
  });
});

test('one that waits for the cluster never begins once it is stopped', async () => {
  const streams = await open();
  await streams.start(request());
  at.cluster.look = sighting('absent', { batch: null });
  expect(await streams.stop('stream-1', false)).toMatchObject({
    state: 'stopped',
    message: 'Stopped before it began.',
  });
  expect(at.calls).toContain('kill stream-1-1');
});

test('failures say what happened, and that it can go on', async () => {
  const streams = await open();
  at.cluster.start = new Fault({
    code: 'publish.jars',
    message: 'The folder lacks a jar.',
    advice: 'Put it there.',
  });
  expect(await streams.start(request())).toMatchObject({
    state: 'failed',
    message: 'The folder lacks a jar. Put it there.',
  });
  at.cluster.start = sighting('queued');
  await streams.restart('stream-1');
  at.cluster.look = down();
  await streams.follow();
  expect(one(streams)).toMatchObject({
    state: 'queued',
    message: expect.stringContaining('cannot be asked'),
  });
  [at.cluster.look, at.cluster.report] = [
    sighting('ended'),
    { status: 'failed', code: 'stream.changed', message: 'This stream was begun with another plan.' },
  ];
  await streams.follow();
  expect(one(streams)).toMatchObject({
    state: 'failed',
    message: 'This stream was begun with another plan.',
  });
  await streams.restart('stream-1');
  [at.cluster.look, at.cluster.report] = [
    sighting('ended', { diagnostics: 'Killed by external signal' }),
    null,
  ];
  await streams.follow();
  expect(one(streams).message).toMatch(
    /The cluster says: Killed by external signal\. Start it again to go on/,
  );
});

test('what it signs in with is asked for at each start, kept in no file, and taken back when it has ended', async () => {
  const streams = await open();
  at.cluster.access = { sasl: { mechanism: 'plain', user: 'ann', password: 'open sesame' } };
  await streams.start(request());
  expect(at.jobs[0]?.access).toEqual(at.cluster.access);
  expect(at.calls).not.toContain('forget stream-1');
  [at.cluster.look, at.cluster.report] = [sighting('ended'), { status: 'succeeded' }];
  await streams.follow();
  expect(at.calls.at(-1)).toBe('forget stream-1');
  const kept = await Promise.all(
    (await readdir(folder)).map((name) => readFile(path.join(folder, name), 'utf8')),
  );
  expect(kept.join()).toContain('stream-1');
  expect(kept.join()).not.toContain('sesame');
  expect(JSON.stringify(told)).not.toContain('sesame');

  at.cluster.access = new Fault({ code: 'connection.secret-missing', message: 'It needs its password.' });
  expect(await streams.restart('stream-1')).toMatchObject({ state: 'failed', attempt: 2 });
  at.cluster.access = null;
  at.cluster.look = sighting('running');
  expect(await streams.restart('stream-1')).toMatchObject({ state: 'queued', attempt: 3 });
  expect(at.jobs.map(({ attempt, access }) => [attempt, access !== null])).toEqual([
    [1, true],
    [3, false],
  ]);
});

test('a lost reply is never answered by a second start', async () => {
  const streams = await open();
  at.cluster.start = new Fault({ code: 'publish.reply-lost', message: 'The reply was lost.' });
  at.cluster.look = sighting('absent', { batch: null });
  expect(await streams.start(request())).toMatchObject({ state: 'submitting' });
  clock += 200_000;
  await streams.follow();
  expect(one(streams).state).toBe('unknown');
  at.cluster.look = sighting('running');
  await streams.follow();
  expect(one(streams).state).toBe('running');
  expect(at.jobs).toHaveLength(1);
});

test('a new stream begins where an earlier one stopped, and only then', async () => {
  const streams = await open();
  await streams.start(request());
  at.cluster.progress = progress(100);
  await streams.follow();
  const next = request({ streamId: 'stream-2', begin: { after: 'stream-1' } });
  expect((await faultOf(streams.start(next))).code).toBe('publish.stream-begin');
  [at.cluster.look, at.cluster.report] = [sighting('ended'), { status: 'succeeded' }];
  await streams.follow();
  await streams.start(next);
  expect(at.jobs.at(-1)).toMatchObject({ runId: 'stream-2-1', begin: { 0: 60, 1: 40 } });
});
