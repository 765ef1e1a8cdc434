import type { Plan } from '../../shared/compile/plan';
import type { StreamPlan } from '../../shared/compile/stream';
import type { Stream } from '../../shared/contract/calls/streams';
import { Fault, isFault } from '../../shared/contract/errors';
import type { StreamAccess, StreamJob, StreamPublisher } from '../../shared/ports/publisher';
import { told } from './judge';
import { hasStopped, judgeStream } from './judge-stream';
import { readStreamProgress } from './stream-progress';
import { openStreamRecords, type StreamRecord } from './stream-record';
import { createWatch } from './watch';

const POLL_MS = 2000;

/** Everything that a stream is, but how it goes. */
export type StreamRequest = Pick<
  Stream,
  | 'streamId'
  | 'connection'
  | 'kafka'
  | 'source'
  | 'planHash'
  | 'topic'
  | 'outputTopic'
  | 'quarantineTopic'
  | 'output'
  | 'begin'
> & {
  streamPlan: StreamPlan;
  plan: Plan;
  ruleSetHash: string;
  brokers: readonly string[];
  registry: string | null;
};

/** Streams on clusters: kept on disk before anything is submitted, and followed until they end. */
export type Streams = {
  /** The same id again answers with the same stream and submits nothing. */
  start(request: StreamRequest): Promise<Stream>;
  /** Goes on from the checkpoint of one that has ended; one that runs is answered as it is. */
  restart(streamId: string): Promise<Stream>;
  stop(streamId: string, atOnce: boolean): Promise<Stream>;
  /** Newest first. */
  list(): readonly Stream[];
  find(streamId: string): Stream | undefined;
  log(streamId: string): Promise<readonly string[]>;
  /** Looks at every stream that has not ended, once. */
  follow(): Promise<void>;
  /** Ends following; streams on the cluster go on. */
  close(): Promise<void>;
};

type Options = {
  folder: string;
  publisherFor(connection: string): Promise<StreamPublisher>;
  /** What the next start of a stream signs in with, found anew for each; null where it needs nothing. */
  accessFor(stream: Pick<StreamRecord, 'stream' | 'brokers' | 'registry'>): Promise<StreamAccess | null>;
  changed(stream: Stream): void;
  trouble(error: unknown): void;
  now?: () => number;
  /** Milliseconds between looks; 0 leaves looking to `follow`. */
  pollMs?: number;
};

export const runIdOf = ({ streamId, attempt }: Pick<Stream, 'streamId' | 'attempt'>): string =>
  `${streamId}-${attempt}`;

/** Opens the streams kept in a folder and goes on following those that had not ended. */
export async function openStreams(options: Options): Promise<Streams> {
  const { folder, publisherFor, accessFor, changed, trouble, now = Date.now, pollMs = POLL_MS } = options;
  const records = await openStreamRecords(folder, trouble);
  const watch = createWatch({
    pollMs,
    trouble,
    lookAt,
    goesOn: () => records.all().some(({ stream }) => !hasStopped(stream)),
    open: () => records.all().flatMap(({ stream }) => (hasStopped(stream) ? [] : [stream.streamId])),
  });
  const { signal, inTurn, schedule } = watch;
  const time = () => new Date(now()).toISOString();

  const recordOf = (streamId: string): StreamRecord => {
    const record = records.get(streamId);
    if (record) return record;
    throw new Fault({
      code: 'publish.no-stream',
      message: `There is no stream ${streamId}.`,
      advice: 'Choose a stream that is listed.',
    });
  };
  const refOf = ({ stream }: StreamRecord) => ({
    runId: runIdOf(stream),
    batch: stream.livyBatch,
    applicationId: stream.applicationId,
  });

  async function keep(
    streamId: string,
    change: Partial<Stream>,
    marks: Partial<Pick<StreamRecord, 'sent' | 'stopping' | 'begin'>> = {},
  ): Promise<Stream> {
    const record = recordOf(streamId);
    const next = { ...record, ...marks, stream: { ...record.stream, ...change } };
    if (JSON.stringify(next) === JSON.stringify(record)) return record.stream;
    await records.put(next);
    changed(next.stream);
    return next.stream;
  }

  async function lookAt(streamId: string): Promise<Stream> {
    const record = recordOf(streamId);
    if (hasStopped(record.stream)) return record.stream;
    try {
      const publisher = await publisherFor(record.stream.connection);
      const sighting = await publisher.look(refOf(record), signal);
      if (record.stopping === 'at-once' && sighting.state !== 'ended')
        await publisher.stop(refOf(record), signal);
      const report =
        sighting.state === 'ended' ? await publisher.report(runIdOf(record.stream), signal) : null;
      const progress = readStreamProgress(await publisher.streamProgress(streamId, signal), record);
      const change = judgeStream(record, sighting, report, progress, now());
      if (hasStopped({ ...record.stream, ...change })) await publisher.forgetAccess(streamId, signal);
      return await keep(streamId, change);
    } catch (error) {
      if (!isFault(error)) throw error;
      return keep(streamId, {
        message: error.code.startsWith('publish.')
          ? told(error)
          : `The cluster cannot be asked just now: ${error.message}`,
      });
    }
  }

  async function submit(streamId: string): Promise<Stream> {
    const { stream, streamPlan, brokers, registry, begin } = recordOf(streamId);
    const { topic, outputTopic, quarantineTopic, output, planHash, attempt } = stream;
    try {
      const publisher = await publisherFor(stream.connection);
      const job: StreamJob = {
        ...{ runId: runIdOf(stream), streamId, attempt, planHash, brokers, registry },
        ...{ topic, outputTopic, quarantineTopic, output, begin },
        access: await accessFor(recordOf(streamId)),
      };
      await publisher.stage({ runId: streamId, plan: streamPlan }, signal);
      await keep(streamId, { message: 'Submitting.' }, { sent: true });
      const sighting = await publisher.startStream(job, signal);
      return await keep(streamId, judgeStream(recordOf(streamId), sighting, null, null, now()));
    } catch (error) {
      if (!isFault(error)) throw error;
      if (error.code === 'publish.reply-lost') return lookAt(streamId);
      return keep(streamId, { state: 'failed', message: told(error), finished: time() });
    } finally {
      schedule();
    }
  }

  async function begin(request: StreamRequest): Promise<Stream> {
    const { streamPlan, plan, ruleSetHash, brokers, registry, ...given } = request;
    const stream: Stream = {
      ...given,
      ...{ name: plan.name, state: 'submitting', message: 'Staging the plan and the job.', attempt: 1 },
      ...{ created: time(), started: time(), finished: null },
      ...{ livyBatch: null, applicationId: null, trackingUrl: null, progress: null },
    };
    await records.put({
      ...{ format: 'dataharmonize/stream', version: 1, stream, plan, streamPlan, ruleSetHash },
      ...{ brokers: [...brokers], registry, begin: beginOf(given.begin), sent: false, stopping: 'no' },
    });
    changed(stream);
    return submit(stream.streamId);
  }

  /** Where an earlier stream stopped is fixed when the new one is first submitted. */
  function beginOf(begin: Stream['begin']): StreamRecord['begin'] {
    if (typeof begin === 'string') return begin;
    const { stream } = recordOf(begin.after);
    const partitions = stream.progress?.partitions ?? [];
    if (hasStopped(stream) && partitions.length > 0)
      return Object.fromEntries(partitions.map(({ partition, next }) => [String(partition), next]));
    throw new Fault({
      code: 'publish.stream-begin',
      message: 'The earlier stream has not stopped, or had not read anything.',
      unaffected: 'Nothing was submitted.',
      advice: 'Stop it first, or begin at the first or the next message.',
    });
  }

  const streams: Streams = {
    start: (request) =>
      inTurn(request.streamId, async () => records.get(request.streamId)?.stream ?? (await begin(request))),
    restart: (streamId) =>
      inTurn(streamId, async () => {
        const { stream } = recordOf(streamId);
        if (!hasStopped(stream)) return stream;
        await keep(
          streamId,
          {
            ...{ state: 'submitting', message: 'Submitting.', attempt: stream.attempt + 1 },
            ...{ started: time(), finished: null },
            ...{ livyBatch: null, applicationId: null, trackingUrl: null },
          },
          { sent: false, stopping: 'no' },
        );
        return submit(streamId);
      }),
    stop: (streamId, atOnce) =>
      inTurn(streamId, async () => {
        const record = recordOf(streamId);
        if (hasStopped(record.stream)) return record.stream;
        const publisher = await publisherFor(record.stream.connection);
        // One that does not run yet has no batch to wait for.
        const kill = atOnce || record.stream.state !== 'running';
        await keep(
          streamId,
          { state: 'stopping', message: kill ? 'Ending.' : 'Stopping once the batch at hand is done.' },
          { stopping: kill ? 'at-once' : 'after-batch' },
        );
        schedule();
        if (kill) await publisher.stop(refOf(recordOf(streamId)), signal);
        else await publisher.askToStop(runIdOf(record.stream), signal);
        return lookAt(streamId);
      }),
    list: () =>
      records
        .all()
        .map(({ stream }) => stream)
        .sort((a, b) => b.created.localeCompare(a.created)),
    find: (streamId) => records.get(streamId)?.stream,
    async log(streamId) {
      const record = recordOf(streamId);
      return (await publisherFor(record.stream.connection)).log(refOf(record), signal);
    },
    follow: watch.follow,
    close: watch.close,
  };

  for (const { stream, sent } of records.all()) {
    if (!sent && !hasStopped(stream))
      await keep(stream.streamId, {
        ...{ state: 'failed', finished: time() },
        message: 'The program ended before the stream was submitted.',
      });
  }
  schedule();
  return streams;
}
