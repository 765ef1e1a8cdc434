import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { batchesIn, messagesOf } from '../../../main/connectors/kafka/record-batch';
import { crc32c } from '../../../main/reading/crc32c';

const require = createRequire(import.meta.url);
/** Another implementation of the checksum. */
const crcOfKafkajs: (bytes: Uint8Array) => number = require('kafkajs/src/protocol/recordBatch/crc32C');

const byte = (value: number) => Uint8Array.of(value * 2);
/** A record without key and headers; all numbers are below 64, a byte each. */
const record = (delta: number, value: string) => {
  const body = Buffer.concat([
    ...[Uint8Array.of(0), byte(0), byte(delta), Uint8Array.of(1), byte(value.length)],
    ...[Buffer.from(value), byte(0)],
  ]);
  return Buffer.concat([byte(body.length), body]);
};

/** A record batch (magic 2) as brokers hold it. */
function batch(first: number, values: readonly string[], attributes = 0): Buffer {
  const body = Buffer.alloc(40);
  body.writeInt16BE(attributes, 0);
  body.writeInt32BE(values.length - 1, 2);
  body.writeBigInt64BE(-1n, 22);
  body.writeInt32BE(values.length, 36);
  const content = Buffer.concat([body, ...values.map((value, i) => record(i, value))]);
  const head = Buffer.alloc(21);
  head.writeBigInt64BE(BigInt(first), 0);
  head.writeInt32BE(content.length + 9, 8);
  head.writeInt8(2, 16);
  head.writeUInt32BE(crcOfKafkajs(content) >>> 0, 17);
  return Buffer.concat([head, content]);
}

const three = () => [batch(10, ['a', 'b', 'c']), batch(13, ['d', 'e']), batch(15, ['f'])];
async function read(parts: readonly Buffer[], { from = 10n, latest = 16n } = {}) {
  const batches = batchesIn(0, Buffer.concat(parts), from, latest);
  const { messages, damaged } = await messagesOf(batches, [], from);
  const told = messages.map(({ offset, value }) => `${offset} ${Buffer.from(value ?? []).toString()}`);
  return { told, damaged, next: batches.at(-1)?.next };
}

test('the checksum is the one of Kafka', () => {
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
  for (let length = 0; length < 70; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 97 + length * 31) % 256);
    expect(crc32c(bytes)).toBe(crcOfKafkajs(bytes) >>> 0);
  }
});

test('batches that are whole are read, from the offset that was asked for', async () => {
  expect(await read(three(), { from: 11n })).toEqual({
    told: ['11 b', '12 c', '13 d', '14 e', '15 f'],
    damaged: [],
    next: 16n,
  });
});

test('every single bit that is wrong in a batch is found; its offsets are lost, and no others', async () => {
  const size = three()[1]?.length ?? 0;
  for (let at = 21; at < size; at++) {
    const parts = three();
    const broken = parts[1] as Buffer;
    broken[at] = (broken[at] as number) ^ (1 << (at % 8));
    expect(await read(parts), `byte ${at}`).toEqual({
      told: ['10 a', '11 b', '12 c', '15 f'],
      damaged: [{ start: 13n, end: 15n, why: 'checksum' }],
      next: 16n,
    });
  }
});

test('a damaged batch at the end of an answer neither stops reading nor lets it run past the topic’s end', async () => {
  const broken = (delta: number) => {
    const part = batch(13, ['d', 'e']);
    part.writeInt32BE(delta, 23);
    return part;
  };
  const lost = async (delta: number, from: bigint) =>
    (await read([broken(delta)], { from, latest: 15n })).damaged;
  expect(await lost(2_000_000_000, 13n)).toEqual([{ start: 13n, end: 15n, why: 'checksum' }]);
  expect(await lost(-5, 13n)).toEqual([{ start: 13n, end: 14n, why: 'checksum' }]);
  expect(await lost(0, 14n)).toEqual([{ start: 14n, end: 15n, why: 'checksum' }]);
});

test('what is whole but cannot be unpacked is lost with its offsets too', async () => {
  const [one, , last] = three();
  const lost = [{ start: 13n, end: 15n, why: 'packing' }];
  // Records that are not gzip, and a codec that Kafka does not have.
  for (const attributes of [1, 7]) {
    const { told, damaged } = await read([one as Buffer, batch(13, ['d', 'e'], attributes), last as Buffer]);
    expect([told, damaged]).toEqual([['10 a', '11 b', '12 c', '15 f'], lost]);
  }
});
