import { z } from 'zod';
import type { Stream, StreamProgress } from '../../shared/contract/calls/streams';
import { ended as sentence } from '../../shared/document/issues';
import type { Sighting } from '../../shared/ports/publisher';
import { plural } from '../../shared/words';
import { PATIENCE_MS } from './judge';
import type { StreamRecord } from './stream-record';

/** Whether a stream runs no more; it may be started again. */
export const hasStopped = ({ state }: Stream): boolean => state === 'stopped' || state === 'failed';

const reportSchema = z.object({
  status: z.enum(['succeeded', 'failed']),
  code: z.string().optional(),
  message: z.string().optional(),
});

const GOES_ON = 'Start it again to go on from where it was.';
/** Failures that another start would meet again. */
const FOR_GOOD = new Set([
  'stream.changed',
  'stream.checkpoint',
  'stream.data-loss',
  'stream.steps',
  'plan.hash',
]);

type Change = Partial<Stream>;

function ended(record: StreamRecord, report: unknown, diagnostics: string, now: number): Change {
  const finished = new Date(now).toISOString();
  const read = reportSchema.safeParse(report);
  if (read.success && read.data.status === 'succeeded')
    return { state: 'stopped', message: 'Stopped after a whole batch.', finished };
  if (record.stopping === 'at-once')
    return {
      state: 'stopped',
      message:
        'Ended at once: started again, it does its last batch anew, and messages of it may be there twice.',
      finished,
    };
  if (read.success) {
    const { code = '', message = 'The job failed.' } = read.data;
    return { state: 'failed', message: FOR_GOOD.has(code) ? message : `${message} ${GOES_ON}`, finished };
  }
  const words = diagnostics.split('\n')[0]?.trim() ?? '';
  const said = words === '' ? '' : ` The cluster says: ${sentence(words)}`;
  return { state: 'failed', message: `The job ended without a report.${said} ${GOES_ON}`, finished };
}

function absent({ stream, stopping }: StreamRecord, now: number): Change {
  if (stopping !== 'no')
    return { state: 'stopped', message: 'Stopped before it began.', finished: new Date(now).toISOString() };
  return now - Date.parse(stream.started) < PATIENCE_MS
    ? { state: 'submitting', message: 'Looking for the stream on the cluster.' }
    : {
        state: 'unknown',
        message:
          'The cluster has no trace of this stream. It is looked for still, and is not started a second time.',
      };
}

function running(progress: StreamProgress | null): string {
  if (progress === null || progress.batches === 0) return 'Running; no batch is done yet.';
  if (progress.lag === 0) return 'Running; every message is processed.';
  return progress.lag === null
    ? 'Running.'
    : `Running; ${plural(progress.lag, 'message')} ${progress.lag === 1 ? 'waits' : 'wait'}.`;
}

/**
 * What becomes of a stream, seen like this on the cluster at `now` (milliseconds since 1970).
 * @param report what the attempt reported, or null; looked at only where it has ended
 */
export function judgeStream(
  record: StreamRecord,
  sighting: Sighting,
  report: unknown,
  progress: StreamProgress | null,
  now: number,
): Change {
  const { stream, stopping } = record;
  const seen: Change = {
    livyBatch: sighting.batch ?? stream.livyBatch,
    applicationId: sighting.applicationId ?? stream.applicationId,
    trackingUrl: sighting.trackingUrl ?? stream.trackingUrl,
    progress: progress ?? stream.progress,
  };
  switch (sighting.state) {
    case 'absent':
      return { ...seen, ...absent(record, now) };
    case 'ended':
      return { ...seen, ...ended(record, report, sighting.diagnostics, now) };
    case 'queued':
    case 'running':
      if (stopping !== 'no')
        return { ...seen, state: 'stopping', message: 'Stopping once the batch at hand is done.' };
      return sighting.state === 'queued'
        ? { ...seen, state: 'queued', message: 'Waiting for room on the cluster.' }
        : { ...seen, state: 'running', message: running(seen.progress ?? null) };
  }
}
