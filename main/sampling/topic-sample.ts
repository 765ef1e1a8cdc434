import type { Beside } from '../../shared/contract/calls/source';
import { Fault } from '../../shared/contract/errors';
import { isTopicSampling, type Sampling } from '../../shared/document/sampling';
import type { MessagesDialect } from '../../shared/messages/dialect';
import { DAMAGE_WORDS, reasonOf } from '../../shared/messages/faults';
import type { MessageRow } from '../../shared/messages/message';
import { rowPlacer } from '../../shared/messages/place';
import type { CancelSignal } from '../../shared/ports/signal';
import type { Topics } from '../../shared/ports/topics';
import { columnsOfRecords } from '../../shared/reading/flatten';
import { encodeSample } from '../../shared/sampling/arrow';
import { besideOf } from '../messages/beside';
import { createDecoder } from '../messages/decoder';
import type { Sample } from './sample';
import { stretchesOf } from './topic-stretches';

const MOST_TOLD = 1000;
const MOST_COLUMNS = 10_000;

export type TopicSampleRequest = {
  readonly topics: Topics;
  readonly topic: string;
  readonly dialect: MessagesDialect;
  readonly sampling: Sampling;
  /** Tells what stands beside the values. */
  readonly withMessages?: boolean;
  /** Where the columns are known: they stay as they are. */
  readonly columns?: readonly string[];
  readonly signal?: CancelSignal | undefined;
  readonly onProgress?: (progress: { rows: number; of: number | null }) => void;
};

function columnsOf(rows: readonly MessageRow[], topic: string): string[] {
  const columns = columnsOfRecords(rows);
  if (columns.length <= MOST_COLUMNS) return columns;
  throw new Fault({
    code: 'source.columns',
    message: `The messages of ${topic} have more than ${MOST_COLUMNS} different fields; each would be a column.`,
    unaffected: 'The project is as it was.',
    advice: 'Read the values as text, or choose other messages.',
    place: { path: topic },
  });
}

/** Draws messages of a topic, without joining a group: by partition and offset, those that can be read as rows. */
export async function sampleTopic(request: TopicSampleRequest): Promise<Sample> {
  const { topics, topic, dialect, sampling, withMessages = false, signal, onProgress } = request;
  if (!isTopicSampling(sampling)) {
    throw new Fault({
      code: 'source.sampling',
      message: `${topic} is a topic: samples of files can’t be drawn from it.`,
      unaffected: 'The rules and the source are as they were.',
      advice: 'Choose how to draw the sample again.',
    });
  }
  const [began, at] = [performance.now(), new Date().toISOString()];
  const partitions = await topics.partitions(topic, signal);
  const stretches = await stretchesOf(topics, topic, sampling, partitions, signal);
  const of = stretches.reduce((sum, { start, end }) => sum + Number(end - start), 0);
  const decoder = createDecoder(dialect, topics.registry);
  const rows: MessageRow[] = [];
  const places: number[] = [];
  const inPartitions: number[] = [];
  const unreadable: Sample['unreadable'] = [];
  const beside: Beside[] = [];
  let [unreadableCount, tombstones, seen, bytes] = [0, 0, 0, 0];
  const { isolation } = sampling;
  for await (const { partition: readPartition, messages, damaged } of topics.read(topic, {
    stretches,
    isolation,
    signal,
  })) {
    const readings = await decoder.read(messages, signal);
    for (const [i, message] of messages.entries()) {
      const { partition, offset, key, value } = message;
      const reading = readings[i];
      bytes += (key?.length ?? 0) + (value?.length ?? 0);
      if (reading?.kind === 'row') {
        rows.push(reading.row);
        places.push(Number(offset));
        inPartitions.push(partition);
        if (withMessages) beside.push(besideOf(message));
      } else if (reading?.kind === 'tombstone') tombstones++;
      else if (reading) {
        unreadableCount++;
        const reason = reasonOf(reading.part, reading.fault);
        if (unreadable.length < MOST_TOLD)
          unreadable.push({ record: null, line: null, offset: Number(offset), partition, reason });
      }
    }
    for (const { start, end, why } of damaged) {
      const lost = Number(end - start);
      unreadableCount += lost;
      seen += lost;
      const upTo = lost === 1 ? '' : `, up to offset ${Number(end) - 1}`;
      if (unreadable.length < MOST_TOLD)
        unreadable.push({
          ...{ record: null, line: null, offset: Number(start), partition: readPartition },
          reason: `${DAMAGE_WORDS[why]}${upTo}`,
        });
    }
    seen += messages.length;
    onProgress?.({ rows: Math.min(seen, of), of });
  }
  const columns = request.columns ?? columnsOf(rows, topic);
  const place = rowPlacer(columns);
  const cells: (string | null)[][] = columns.map(() => []);
  for (const row of rows) {
    const placed = place(row).cells;
    for (const [i, column] of cells.entries()) column.push(placed[i] ?? null);
  }
  const total = partitions.reduce((sum, { earliest, latest }) => sum + Number(latest - earliest), 0);
  const asBytes = (numbers: readonly number[]) => new Uint8Array(Float64Array.from(numbers).buffer);
  return {
    arrow: encodeSample(cells),
    columns: [...columns],
    rows: rows.length,
    // A topic goes on.
    complete: false,
    total: { rows: total, exact: false },
    unreadable,
    unreadableCount,
    drawn: {
      how:
        sampling.method === 'last'
          ? 'last-messages'
          : sampling.method === 'time'
            ? 'messages-of-time'
            : 'messages-by-offset',
      sampling,
      at,
      milliseconds: Math.round(performance.now() - began),
      bytes,
      parts: { read: new Set(stretches.map(({ partition }) => partition)).size, of: partitions.length },
      share: null,
      matches: null,
      tombstones,
    },
    places: { kind: 'offset', at: asBytes(places), partitions: asBytes(inPartitions) },
    ...(withMessages && { messages: beside }),
  };
}
