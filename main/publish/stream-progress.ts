import { z } from 'zod';
import { countsFrom, measuresOf } from '../../shared/compile/measures';
import type { StreamProgress } from '../../shared/contract/calls/streams';
import { Fault } from '../../shared/contract/errors';
import type { StreamRecord } from './stream-record';

const count = z.number().int().min(0);
const countsSchema = z.object({
  messages: count,
  tombstones: count,
  unreadable: count,
  unknownFields: count,
  read: count,
  added: count,
  kept: count,
  filtered: count,
  rejected: count,
  merged: count,
});
const offsets = z.record(z.string(), count);

/** The progress as stream.py writes it. */
const progressSchema = z.object({
  format: z.literal('dataharmonize/stream-progress'),
  version: z.literal(1),
  streamId: z.string(),
  planHash: z.string(),
  batch: z.number().int().min(-1),
  totals: z.object({ counts: countsSchema, measures: z.record(z.string(), count) }),
  offsets,
  latest: offsets,
  lag: count.nullable(),
  recent: z.array(
    z.object({ batch: count, seconds: z.number().min(0), finished: z.string(), counts: countsSchema }),
  ),
  updated: z.string(),
});
type Progress = z.output<typeof progressSchema>;

const MOST_FOR_RATE = 10;

/** Messages a second from the start of the first of the last batches to the end of the last. */
function rateOf(recent: Progress['recent']): number | null {
  const last = recent.slice(-MOST_FOR_RATE);
  const [first] = last;
  const end = last.at(-1);
  if (!first || !end) return null;
  const seconds = (Date.parse(end.finished) - Date.parse(first.finished)) / 1000 + first.seconds;
  return last.reduce((sum, { counts }) => sum + counts.messages, 0) / Math.max(seconds, 0.001);
}

const refuse = (what: string) =>
  new Fault({
    code: 'publish.stream-progress',
    message: `What the stream tells of its progress ${what}.`,
    unaffected: 'The input is as it was.',
    advice: 'Look at the stream’s log, and do not use its output before it is known what happened.',
  });

/**
 * A stream's progress, checked: every message is a row, unreadable or a tombstone, and every row has a fate. Throws a
 * Fault otherwise. Null while the job has told nothing, or was killed while it wrote.
 */
export function readStreamProgress(
  data: unknown,
  { stream, plan }: Pick<StreamRecord, 'stream' | 'plan'>,
): StreamProgress | null {
  if (data === null || data === 'broken') return null;
  const parsed = progressSchema.safeParse(data);
  if (!parsed.success) throw refuse('cannot be read');
  const { streamId, planHash, batch, totals, latest, lag, recent, updated } = parsed.data;
  if (streamId !== stream.streamId || planHash !== stream.planHash) throw refuse('is of another stream');
  const { messages, tombstones, unreadable, unknownFields, ...told } = totals.counts;
  const nothing = Object.fromEntries(measuresOf(plan).map(({ name }) => [name, 0]));
  const counts = countsFrom(
    plan,
    { ...nothing, ...totals.measures, read: told.read - unreadable },
    unreadable,
  );
  const fates = ['kept', 'filtered', 'rejected', 'merged', 'added', 'read'] as const;
  if (messages !== told.read + tombstones || fates.some((fate) => counts[fate] !== told[fate]))
    throw refuse('does not add up');
  const last = recent.at(-1);
  return {
    messages,
    tombstones,
    unreadable,
    unknownFields,
    counts: { ...counts, steps: [...counts.steps], stopped: [...counts.stopped] },
    lag,
    perSecond: rateOf(recent),
    batches: batch + 1,
    lastBatch: last
      ? { finished: last.finished, seconds: last.seconds, messages: last.counts.messages }
      : null,
    partitions: Object.entries(parsed.data.offsets)
      .map(([partition, next]) => ({ partition: Number(partition), next, latest: latest[partition] ?? null }))
      .sort((a, b) => a.partition - b.partition),
    updated,
  };
}
