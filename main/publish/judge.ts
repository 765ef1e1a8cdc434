import type { ClusterRun } from '../../shared/contract/calls/publish';
import { type Fault, isFault } from '../../shared/contract/errors';
import type { Sighting } from '../../shared/ports/publisher';
import { readJobReport } from './report';
import type { RunRecord } from './run-record';

/** How long a run of which the cluster has no trace is still expected to appear. */
export const PATIENCE_MS = 120_000;

const ENDED: ReadonlySet<ClusterRun['state']> = new Set(['succeeded', 'failed', 'stopped']);

/** Whether a run's state is one it never leaves. */
export const hasEnded = ({ state }: ClusterRun): boolean => ENDED.has(state);

/** What a fault says, and what to do about it. */
export const told = ({ message, advice }: Fault): string =>
  advice === undefined ? message : `${message} ${advice}`;

type Change = Partial<ClusterRun>;

function end(state: 'succeeded' | 'failed' | 'stopped', message: string, now: number): Change {
  return { state, message, finished: new Date(now).toISOString() };
}

function judgeReport(record: RunRecord, report: unknown, now: number): Change {
  try {
    const read = readJobReport(report, record);
    return read.status === 'succeeded'
      ? {
          ...end('succeeded', 'Done: the counts match and the output is in place.', now),
          report: read,
          progress: 1,
        }
      : { ...end('failed', read.failure?.message ?? 'The job failed.', now), report: read };
  } catch (error) {
    if (!isFault(error)) throw error;
    return end('failed', told(error), now);
  }
}

function judgeAbsent({ run }: RunRecord, now: number): Change {
  return now - Date.parse(run.submitted) < PATIENCE_MS
    ? { state: 'submitting', message: 'Looking for the run on the cluster.' }
    : {
        state: 'unknown',
        message:
          'The cluster has no trace of this run. It is looked for still, and no second run is started. ' +
          'To give it up, stop it; then it will not start later either.',
      };
}

/**
 * What becomes of a run, seen like this on the cluster at `now` (milliseconds since 1970).
 * Success is never taken on the cluster's word: only a run report whose counts add up makes it.
 * @param report what the job reported, or null; looked at only where the run is absent or has ended
 */
export function judge(record: RunRecord, sighting: Sighting, report: unknown, now: number): Change {
  const seen: Change = {
    livyBatch: sighting.batch ?? record.run.livyBatch,
    applicationId: sighting.applicationId ?? record.run.applicationId,
    trackingUrl: sighting.trackingUrl ?? record.run.trackingUrl,
    progress: sighting.progress,
  };
  if (sighting.state === 'queued' || sighting.state === 'running') {
    const words =
      sighting.state === 'queued'
        ? 'Waiting for room on the cluster.'
        : (sighting.doing ?? 'The job is running.');
    return { ...seen, state: sighting.state, message: record.stopping ? 'Stopping.' : words };
  }
  if (report !== null && !record.stopping) return { ...seen, ...judgeReport(record, report, now) };
  if (record.stopping) {
    // It may have finished before the order to stop reached it.
    const judged = report === null ? null : judgeReport(record, report, now);
    const touched = judged?.state === 'succeeded' || judged?.report?.failure?.code === 'job.interrupted';
    if (touched) return { ...seen, ...judged };
    return { ...seen, ...end('stopped', 'Stopped by the steward; nothing was published.', now) };
  }
  if (sighting.state === 'absent') return judgeAbsent(record, now);
  const words = sighting.diagnostics.split('\n')[0]?.trim() ?? '';
  const said = words === '' ? '' : ` The cluster says: ${words}`;
  return {
    ...seen,
    ...end('failed', `The job ended without a run report, so nothing counts as published.${said}`, now),
  };
}
