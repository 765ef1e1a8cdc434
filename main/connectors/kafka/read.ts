import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '../../../shared/contract/errors';
import type { Batch, ReadMessages, Stretch } from '../../../shared/ports/topics';
import { isPassing, kafkaFault, ProtocolError, UNAFFECTED } from './faults';
import { batchesIn, messagesOf, OldFormat } from './record-batch';
import { type Leaders, PATIENCE_MS, type Session, unlessAborted } from './session';
import type { KafkaSettings } from './settings';
import { type Fetched, fetchRequest } from './wire';

const PARTITION_BYTES = 1024 * 1024;
const ANSWER_BYTES = 16 * 1024 * 1024;
/** Milliseconds for which a broker may wait for new messages. */
const WAIT_MS = 300;
const PAUSE_MS = 150;

type Position = { readonly partition: number; readonly end: bigint | null; next: bigint };

/** Thrown when an answer's messages cannot be taken apart. */
function undecodable(error: unknown, topic: string, { partition, next }: Position): Fault {
  const where = `Partition ${partition} of the topic ${topic} at offset ${next}`;
  const old = error instanceof OldFormat;
  return new Fault({
    code: old ? 'kafka.old-format' : 'kafka.damaged',
    message: old
      ? `${where}: messages in the format of before Kafka 0.11, which is not read.`
      : `${where}: these messages are damaged or packed in a way that is not understood.`,
    unaffected: UNAFFECTED,
    advice: 'Choose offsets after them.',
    place: { path: topic },
    cause: error,
  });
}

/** Takes an answer apart. Null: nothing was there and nothing more will be, as the stretch has ended. */
async function take(
  topic: string,
  position: Position,
  answer: Fetched,
  isolation: ReadMessages['isolation'],
): Promise<Batch | null> {
  try {
    const { partition, next: from, end } = position;
    const batches = batchesIn(partition, answer.batches, from, answer.highWatermark);
    const aborted = isolation === 'committed' ? answer.aborted : [];
    const found = await messagesOf(batches, aborted, from);
    const isWanted = (offset: bigint) => end === null || offset < end;
    const messages = found.messages.filter(({ offset }) => isWanted(offset));
    const damaged = found.damaged
      .filter(({ start }) => isWanted(start))
      .map((one) => ({ ...one, end: isWanted(one.end) ? one.end : (end ?? one.end) }));
    for (const { next } of batches) if (next > position.next) position.next = next;
    // Up to the last offset that is stable nothing was left to read: what follows belongs to open transactions.
    const last = isolation === 'committed' ? answer.lastStable : answer.highWatermark;
    const isOver = batches.length === 0 && position.next >= last;
    if (end !== null && (position.next >= end || isOver)) position.next = end;
    return messages.length === 0 && batches.length === 0
      ? null
      : { partition, messages, damaged, next: position.next, latest: answer.highWatermark };
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw undecodable(error, topic, position);
  }
}

const isOpen = ({ end, next }: Position) => end === null || next < end;

const positionOf = ({ partition, start, end }: Stretch): Position => ({
  partition,
  next: start,
  end: end ?? null,
});

/** Groups partitions by the broker that leads them. Throws ProtocolError for one that has none. */
function byLeader(open: readonly Position[], { topic, addresses }: Leaders): Map<string, Position[]> {
  const groups = new Map<string, Position[]>();
  for (const position of open) {
    const address = addresses.get(position.partition);
    if (address === undefined) throw new ProtocolError(3, topic.name, position.partition);
    if (address === null) throw new ProtocolError(5, topic.name, position.partition);
    groups.set(address, [...(groups.get(address) ?? []), position]);
  }
  return groups;
}

/**
 * Reads messages from the leaders of their partitions, one answer of each at a time: the next is asked for when the
 * last was taken, so that whoever is slow is not overrun. A change of leader is followed.
 */
export async function* readMessages(
  session: Session,
  settings: KafkaSettings,
  topic: string,
  { stretches, isolation, signal }: ReadMessages,
): AsyncGenerator<Batch> {
  const positions = stretches.map(positionOf);
  let leaders: Leaders | null = null;
  let failingSince: number | null = null;
  for (let open = positions.filter(isOpen); open.length > 0; open = positions.filter(isOpen)) {
    const isLive = open.every(({ end }) => end === null);
    const wait = isLive ? WAIT_MS : 0;
    try {
      leaders ??= await unlessAborted(session.leaders(topic), signal);
      const asked = [...byLeader(open, leaders)].map(async ([address, group]) => {
        const partitions = group.map(({ partition, next }) => ({ partition, offset: next }));
        const sizes = { partitionBytes: PARTITION_BYTES, bytes: ANSWER_BYTES };
        return session.askAt(address, fetchRequest({ topic, partitions, isolation, wait, ...sizes }));
      });
      const answers = (await unlessAborted(Promise.all(asked), signal)).flat();
      for (const answer of answers) {
        if (answer.error !== 0) throw new ProtocolError(answer.error, topic, answer.partition);
      }
      failingSince = null;
      answers.sort((a, b) => a.partition - b.partition);
      for (const answer of answers) {
        const position = open.find(({ partition }) => partition === answer.partition);
        if (!position) continue;
        const batch = await take(topic, position, answer, isolation);
        if (batch !== null) yield batch;
        if (signal?.aborted) throw signal.reason;
      }
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      failingSince ??= Date.now();
      if (!isPassing(error) || Date.now() - failingSince > PATIENCE_MS) throw kafkaFault(error, settings);
      leaders = null;
      await unlessAborted(sleep(PAUSE_MS), signal);
    }
  }
}
