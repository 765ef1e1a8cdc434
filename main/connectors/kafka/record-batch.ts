import type { Damaged, Message } from '../../../shared/ports/topics';
import { crc32c } from '../../reading/crc32c';
import { CODECS, unpack } from './codecs';

// Offsets of the fields of a record batch (magic 2), from its start.
const LENGTH_AT = 8;
const MAGIC_AT = 16;
const CHECKSUM_AT = 17;
const ATTRIBUTES_AT = 21;
const LAST_DELTA_AT = 23;
const FIRST_TIME_AT = 27;
const LAST_TIME_AT = 35;
const PRODUCER_AT = 43;
const COUNT_AT = 57;
const RECORDS_AT = 61;
const HEAD_BYTES = 12;

const TIMES_OF_THE_BROKER = 0x08;
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;

/** A batch as the log holds it; its records are unpacked when they are asked for. */
export type RecordBatch = {
  readonly first: bigint;
  /** The offset after its last record, whether or not that is still there; where the checksum fails, a guess. */
  readonly next: bigint;
  readonly isSound: boolean;
  readonly producer: bigint;
  readonly isTransactional: boolean;
  readonly isControl: boolean;
  /** Throws where they cannot be unpacked or taken apart. */
  records(): Promise<Message[]>;
};

/** Thrown for batches of before Kafka 0.11. */
export class OldFormat extends Error {}

class Records {
  at = 0;
  private readonly view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** A number in zigzag; beyond 53 bits it is not exact, which no field of a record is. */
  number(): number {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.view.getUint8(this.at++);
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) break;
      factor *= 128;
    }
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  take(): Uint8Array | null {
    const length = this.number();
    if (length < 0) return null;
    const end = this.at + length;
    if (end > this.bytes.length) throw new RangeError('a record ends after its batch');
    const taken = this.bytes.subarray(this.at, end);
    this.at = end;
    return taken;
  }
}

const utf8 = new TextDecoder();

function readRecords(
  bytes: Uint8Array,
  count: number,
  { partition, first, firstTime, brokerTime }: BatchHead,
): Message[] {
  const input = new Records(bytes);
  const messages: Message[] = [];
  for (let i = 0; i < count; i++) {
    const length = input.number();
    const end = input.at + length;
    input.at++;
    const time = input.number();
    const delta = input.number();
    const key = input.take();
    const value = input.take();
    const headers: [string, Uint8Array | null][] = [];
    for (let left = input.number(); left > 0; left--)
      headers.push([utf8.decode(input.take() ?? new Uint8Array()), input.take()]);
    if (input.at !== end) throw new RangeError('a record is not as long as it says');
    const timestamp = brokerTime ?? firstTime + time;
    messages.push({ partition, offset: first + BigInt(delta), timestamp, key, value, headers });
  }
  return messages;
}

type BatchHead = {
  readonly partition: number;
  readonly first: bigint;
  readonly firstTime: number;
  /** The time of all its records, where the broker gives it. */
  readonly brokerTime: number | null;
};

/**
 * The whole batches that an answer holds; the last one may be cut off, and is left out then. Throws OldFormat, and what
 * else throws says that the answer itself is broken.
 * @param asked the offset that was asked for: reading goes on after it whatever a damaged batch says
 * @param latest the offset that the next message of the partition gets
 */
export function batchesIn(partition: number, bytes: Buffer, asked: bigint, latest: bigint): RecordBatch[] {
  const batches: RecordBatch[] = [];
  for (let at = 0; at + HEAD_BYTES <= bytes.length; ) {
    const end = at + HEAD_BYTES + bytes.readInt32BE(at + LENGTH_AT);
    if (end > bytes.length) break;
    const batch = bytes.subarray(at, end);
    if (batch.readInt8(MAGIC_AT) !== 2) throw new OldFormat();
    at = end;
    const attributes = batch.readInt16BE(ATTRIBUTES_AT);
    const codec = CODECS[attributes & 7];
    const first = batch.readBigInt64BE(0);
    const head: BatchHead = {
      partition,
      first,
      firstTime: Number(batch.readBigInt64BE(FIRST_TIME_AT)),
      brokerTime:
        (attributes & TIMES_OF_THE_BROKER) === 0 ? null : Number(batch.readBigInt64BE(LAST_TIME_AT)),
    };
    batches.push({
      first,
      next: first + BigInt(Math.max(0, batch.readInt32BE(LAST_DELTA_AT))) + 1n,
      isSound: crc32c(batch.subarray(ATTRIBUTES_AT)) === batch.readUInt32BE(CHECKSUM_AT),
      producer: batch.readBigInt64BE(PRODUCER_AT),
      isTransactional: (attributes & TRANSACTIONAL) !== 0,
      isControl: (attributes & CONTROL) !== 0,
      async records() {
        if (codec === undefined) throw new RangeError('a codec that Kafka does not have');
        const packed = batch.subarray(RECORDS_AT);
        const plain = codec === 'none' ? packed : await unpack(codec, packed);
        return readRecords(plain, batch.readInt32BE(COUNT_AT), head);
      },
    });
  }
  return batches.map((batch, i) =>
    batch.isSound ? batch : { ...batch, next: batches[i + 1]?.first ?? guessedNext(batch, asked, latest) },
  );
}

/** Where the log goes on after the last batch of an answer, should it be damaged. */
function guessedNext({ next }: RecordBatch, asked: bigint, latest: bigint): bigint {
  const guess = next < latest ? next : latest;
  return guess > asked ? guess : asked + 1n;
}

/** Whether a control batch ends a transaction without its messages. */
async function isAbort(batch: RecordBatch): Promise<boolean> {
  const [marker] = await batch.records();
  const key = marker?.key;
  // Its version and its type, 16 bits each; 0 is abort.
  return key !== null && key !== undefined && key[2] === 0 && key[3] === 0;
}

/** A transaction whose messages are not to be seen: from this offset until its producer's next abort marker. */
export type Aborted = { readonly producer: bigint; readonly first: bigint };

/**
 * The messages of some batches, in order, without control records and without those of aborted transactions; and what
 * of them is lost. Nothing that a batch says of itself is believed where its checksum fails.
 * @param from messages before it are left out: a batch comes as a whole
 */
export async function messagesOf(
  batches: readonly RecordBatch[],
  aborted: readonly Aborted[],
  from: bigint,
): Promise<{ messages: Message[]; damaged: Damaged[] }> {
  const waiting = [...aborted].sort((a, b) => Number(a.first - b.first));
  const dropped = new Set<bigint>();
  const messages: Message[] = [];
  const damaged: Damaged[] = [];
  for (const batch of batches) {
    const start = batch.first > from ? batch.first : from;
    if (!batch.isSound) {
      damaged.push({ start, end: batch.next, why: 'checksum' });
      continue;
    }
    for (let next = waiting[0]; next && next.first < batch.next; next = waiting[0]) {
      dropped.add(next.producer);
      waiting.shift();
    }
    if (batch.isControl) {
      if (dropped.has(batch.producer) && (await isAbort(batch))) dropped.delete(batch.producer);
    } else if (!(batch.isTransactional && dropped.has(batch.producer))) {
      const records = await batch.records().catch(() => null);
      if (records === null) damaged.push({ start, end: batch.next, why: 'packing' });
      else for (const message of records) if (message.offset >= from) messages.push(message);
    }
  }
  return { messages, damaged };
}
