import type { Beside } from '../../shared/contract/calls/source';
import { Fault } from '../../shared/contract/errors';
import { isTopicSampling, type Sampling } from '../../shared/document/sampling';
import type { MessagesDialect } from '../../shared/messages/dialect';
import type { MessageRow } from '../../shared/messages/message';
import { rowPlacer } from '../../shared/messages/place';
import type { CancelSignal } from '../../shared/ports/signal';
import type { Topics } from '../../shared/ports/topics';
import { columnsOfRecords } from '../../shared/reading/flatten';
import { encodeSample } from '../../shared/sampling/arrow';
import { besideOf } from '../messages/beside';
import type { Sample } from './sample';
import { assertFewColumns, readTopicRows } from './topic-rows';
import { asDoubles, stretchesOf } from './topic-stretches';

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
  assertFewColumns(columns, topic);
  return columns;
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
  const rows: MessageRow[] = [];
  const places: number[] = [];
  const inPartitions: number[] = [];
  const beside: Beside[] = [];
  const { isolation } = sampling;
  const { unreadable, unreadableCount, tombstones, bytes } = await readTopicRows(
    { topics, topic, dialect, stretches, isolation, signal, onProgress },
    async (found) => {
      for (const { row, message } of found) {
        rows.push(row);
        places.push(Number(message.offset));
        inPartitions.push(message.partition);
        if (withMessages) beside.push(besideOf(message));
      }
    },
  );
  const columns = request.columns ?? columnsOf(rows, topic);
  const place = rowPlacer(columns);
  const cells: (string | null)[][] = columns.map(() => []);
  for (const row of rows) {
    const placed = place(row).cells;
    for (const [i, column] of cells.entries()) column.push(placed[i] ?? null);
  }
  const total = partitions.reduce((sum, { earliest, latest }) => sum + Number(latest - earliest), 0);
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
    places: { kind: 'offset', at: asDoubles(places), partitions: asDoubles(inPartitions) },
    ...(withMessages && { messages: beside }),
  };
}
