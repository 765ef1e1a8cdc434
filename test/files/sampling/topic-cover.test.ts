import { expect, test } from 'vitest';
import { coverTopic } from '../../../main/sampling/topic-cover';
import type { ShapeCover } from '../../../shared/contract/calls/source';
import type { TopicScan } from '../../../shared/document/topic-sampling';
import { messagesDialectSchema } from '../../../shared/messages/dialect';
import type { Message, Topics } from '../../../shared/ports/topics';
import { shapeOf } from '../../../shared/sampling/shapes';
import { decodePlaces, decodeSample } from './decode';

const PARTITIONS = 3;
const EACH = 400;
const dialect = messagesDialectSchema.parse({ format: 'messages', value: 'json', key: 'none' });

/** The record of a message; null where it is none. A field comes late, and one value in all has a shape of its own. */
function recordAt(partition: number, offset: number): Record<string, string> | 'broken' | null {
  if (offset % 50 === 7) return null;
  if (offset % 50 === 8) return 'broken';
  const phone = partition === 1 && offset === 211 ? '+49 (0)30' : `555-${offset}`;
  const late: Record<string, string> = partition === 2 && offset > 300 ? { late: `x${offset % 3}` } : {};
  return offset % 10 === 3 ? { phone, ...late } : { name: `Ann ${offset}`, phone, ...late };
}

const text = new TextEncoder();
const messageAt = (partition: number, offset: number): Message => {
  const record = recordAt(partition, offset);
  const value = record === null ? null : text.encode(record === 'broken' ? '{"a' : JSON.stringify(record));
  return { partition, offset: BigInt(offset), timestamp: offset, key: null, value, headers: [] };
};

/** A topic in memory, whose messages come a few at a time. */
function topicIn(batch: number, aborted?: () => void): Topics {
  return {
    list: async () => [],
    partitions: async () =>
      Array.from({ length: PARTITIONS }, (_, partition) => ({
        ...{ partition, earliest: 0n, latest: BigInt(EACH), leader: null },
      })),
    offsetsAt: async (_, time) =>
      new Map(Array.from({ length: PARTITIONS }, (_, partition) => [partition, BigInt(time)] as const)),
    async *read(_, { stretches, signal }) {
      for (const { partition, start, end = 0n } of stretches)
        for (let from = Number(start); from < Number(end); from += batch) {
          if (signal?.aborted) throw signal.reason;
          const to = Math.min(Number(end), from + batch);
          const messages = Array.from({ length: to - from }, (_, i) => messageAt(partition, from + i));
          yield { partition, messages, damaged: [], next: BigInt(to) };
          aborted?.();
        }
    },
    ends: async () => new Map(),
    registry: null,
    close: async () => {},
  };
}

const covered = (messages: TopicScan, { batch = 60, atOnce = 100 } = {}) =>
  coverTopic({ ...{ topics: topicIn(batch), topic: 'people', dialect, messages, atOnce } });

/** The shapes of messages as they are by definition: rows and the first message of each, column by column. */
function expected(has: (partition: number, offset: number) => boolean) {
  const names = ['name', 'phone', 'late'];
  const found = names.map(() => new Map<string | null, { rows: number; first: string }>());
  let [rows, unreadable] = [0, 0];
  for (let partition = 0; partition < PARTITIONS; partition++)
    for (let offset = 0; offset < EACH; offset++) {
      const record = has(partition, offset) ? recordAt(partition, offset) : null;
      if (record === 'broken') unreadable++;
      if (record === null || record === 'broken') continue;
      rows++;
      for (const [i, name] of names.entries()) {
        const value = record[name];
        const shape = value === undefined ? null : shapeOf(value);
        const one = found[i]?.get(shape) ?? { rows: 0, first: `${partition}:${offset}` };
        found[i]?.set(shape, { ...one, rows: one.rows + 1 });
      }
    }
  const columns = names.map((name, i) => [name, Object.fromEntries(found[i] ?? [])] as const);
  return { rows, unreadable, columns: Object.fromEntries(columns.filter(([name]) => name)) };
}

function told(cover: ShapeCover) {
  const [partitions, offsets] = [cover.messages?.partitions, cover.messages?.offsets].map((one) =>
    decodePlaces(one ?? new Uint8Array()),
  );
  const examples = decodeSample(cover.examples);
  return Object.fromEntries(
    cover.columns.map(({ name, shapes }, c) => [
      name,
      Object.fromEntries(
        shapes.map(({ shape, rows, example }) => {
          if (example === null) return [shape, { rows }];
          const cell = examples[example]?.[c] ?? null;
          expect(cell === null ? null : shapeOf(cell)).toBe(shape);
          return [shape, { rows, first: `${partitions?.[example]}:${offsets?.[example]}` }];
        }),
      ),
    ]),
  );
}

const withoutFirst = (shapes: Record<string, { rows: number; first: string }>) =>
  Object.fromEntries(
    Object.entries(shapes).map(([shape, one]) => [shape, shape === 'null' ? { rows: one.rows } : one]),
  );

test.each([
  [{ method: 'all', isolation: 'committed' }, () => true],
  [{ method: 'last', rows: 300, isolation: 'committed' }, (_: number, offset: number) => offset >= 300],
  [
    { method: 'time', from: 100, to: 250, isolation: 'committed' },
    (_: number, offset: number) => offset >= 100 && offset < 250,
  ],
] satisfies [TopicScan, (partition: number, offset: number) => boolean][])(
  'shapes of messages ($method): every count, and the first message of each, however they come',
  async (scan, has) => {
    const wanted = expected(has);
    for (const options of [{}, { batch: 400, atOnce: 37 }, { batch: 1, atOnce: 5000 }]) {
      const cover = await covered(scan, options);
      expect([cover.rows, cover.unreadableCount]).toEqual([wanted.rows, wanted.unreadable]);
      const columns = told(cover);
      for (const [name, shapes] of Object.entries(wanted.columns)) {
        if (name === 'late' && scan.method === 'time') expect(columns).not.toHaveProperty(name);
        else expect(columns[name]).toEqual(withoutFirst(shapes));
      }
    }
  },
);

test('the one odd value among 1,200 messages is found, with its message', async () => {
  const cover = await covered({ method: 'all', isolation: 'committed' });
  expect(told(cover).phone?.['+9 (9)9']).toEqual({ rows: 1, first: '1:211' });
});

test('a scan of a topic is given up at once', async () => {
  const giving = new AbortController();
  const topics = topicIn(10, () => giving.abort(new Error('given up')));
  const messages = { method: 'all', isolation: 'committed' } as const;
  await expect(
    coverTopic({ topics, topic: 'people', dialect, messages, signal: giving.signal }),
  ).rejects.toThrow('given up');
});
