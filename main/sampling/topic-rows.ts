import { Fault } from '../../shared/contract/errors';
import type { MessagesDialect } from '../../shared/messages/dialect';
import { DAMAGE_WORDS, reasonOf } from '../../shared/messages/faults';
import type { MessageRow } from '../../shared/messages/message';
import type { CancelSignal } from '../../shared/ports/signal';
import type { Batch, Message, Topics } from '../../shared/ports/topics';
import { MOST_COLUMNS } from '../../shared/sampling/cover';
import { createDecoder, type MessageDecoder } from '../messages/decoder';
import type { Sample } from './sample';
import type { BoundedStretch } from './topic-stretches';

const MOST_TOLD = 1000;

/** Messages of a topic that are read as rows, and what is counted of the others. */
export type TopicRows = {
  readonly topics: Topics;
  readonly topic: string;
  readonly dialect: MessagesDialect;
  readonly stretches: readonly BoundedStretch[];
  readonly isolation: 'committed' | 'uncommitted';
  readonly signal?: CancelSignal | undefined;
  readonly onProgress?: ((progress: { rows: number; of: number | null }) => void) | undefined;
};

/** A message that is a row. */
export type RowMessage = { readonly row: MessageRow; readonly message: Message };

/** What reading came to beside the rows; `bytes` of keys and values. */
export type TopicCounts = {
  readonly unreadable: Sample['unreadable'];
  readonly unreadableCount: number;
  readonly tombstones: number;
  readonly bytes: number;
};

/** Throws a Fault where fields of messages would be too many columns. */
export function assertFewColumns(columns: readonly string[], topic: string): void {
  if (columns.length <= MOST_COLUMNS) return;
  throw new Fault({
    code: 'source.columns',
    message: `The messages of ${topic} have more than ${MOST_COLUMNS} different fields; each would be a column.`,
    unaffected: 'The project is as it was.',
    advice: 'Read the values as text, or choose other messages.',
    place: { path: topic },
  });
}

/** The rows of a batch; the others are counted. */
async function rowsOf(
  { partition: readPartition, messages, damaged }: Batch,
  decoder: MessageDecoder,
  counts: { -readonly [K in keyof TopicCounts]: TopicCounts[K] },
  signal?: CancelSignal,
): Promise<RowMessage[]> {
  const rows: RowMessage[] = [];
  const readings = await decoder.read(messages, signal);
  const lose = (offset: bigint, partition: number, reason: string, lost = 1) => {
    counts.unreadableCount += lost;
    if (counts.unreadable.length < MOST_TOLD)
      counts.unreadable.push({ record: null, line: null, offset: Number(offset), partition, reason });
  };
  for (const [i, message] of messages.entries()) {
    const { partition, offset, key, value } = message;
    const reading = readings[i];
    counts.bytes += (key?.length ?? 0) + (value?.length ?? 0);
    if (reading?.kind === 'row') rows.push({ row: reading.row, message });
    else if (reading?.kind === 'tombstone') counts.tombstones++;
    else if (reading) lose(offset, partition, reasonOf(reading.part, reading.fault));
  }
  for (const { start, end, why } of damaged) {
    const lost = Number(end - start);
    const upTo = lost === 1 ? '' : `, up to offset ${Number(end) - 1}`;
    lose(start, readPartition, `${DAMAGE_WORDS[why]}${upTo}`, lost);
  }
  return rows;
}

/** Reads stretches of a topic, without joining a group, and hands its rows on as they come. */
export async function readTopicRows(
  { topics, topic, dialect, stretches, isolation, signal, onProgress }: TopicRows,
  take: (rows: readonly RowMessage[]) => Promise<void>,
): Promise<TopicCounts> {
  const decoder = createDecoder(dialect, topics.registry);
  const of = stretches.reduce((sum, { start, end }) => sum + Number(end - start), 0);
  const counts = { unreadable: [], unreadableCount: 0, tombstones: 0, bytes: 0 };
  let seen = 0;
  for await (const batch of topics.read(topic, { stretches, isolation, signal })) {
    await take(await rowsOf(batch, decoder, counts, signal));
    seen += batch.messages.length;
    for (const { start, end } of batch.damaged) seen += Number(end - start);
    onProgress?.({ rows: Math.min(seen, of), of });
  }
  return counts;
}
