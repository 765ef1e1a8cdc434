import type { FollowCounts, FollowFrame } from '../../shared/contract/calls/topics';
import type { MessagesDialect } from '../../shared/messages/dialect';
import { DAMAGE_WORDS, reasonOf } from '../../shared/messages/faults';
import { type Reading, schemaIdsIn } from '../../shared/messages/message';
import { rowPlacer } from '../../shared/messages/place';
import type { CancelSignal } from '../../shared/ports/signal';
import type { Message, Topics } from '../../shared/ports/topics';
import { encodeSample } from '../../shared/sampling/arrow';
import { breachesOf, type ColumnPromise } from '../../shared/sampling/promise';
import { createDecoder } from '../messages/decoder';
import { createMarks } from './marks';

/** Milliseconds between frames at the least: more than that no eye follows. */
const FRAME_MS = 250;

export type FollowRequest = {
  readonly topics: Topics;
  readonly topic: string;
  readonly dialect: MessagesDialect;
  readonly isolation: 'committed' | 'uncommitted';
  readonly columns: readonly string[];
  readonly promise: readonly ColumnPromise[];
  readonly positions: readonly { readonly partition: number; readonly offset: number }[];
  /** Rows kept for the next frame. */
  readonly window: number;
  readonly signal: CancelSignal;
};

type Waiting = {
  readonly partition: number;
  readonly offset: number;
  readonly cells: readonly (string | null)[];
};

/** What waits for the next frame; the oldest rows make room for new ones. */
export type Following = {
  /** What has come since the last frame, or null where there is nothing new to tell. */
  take(): Omit<FollowFrame, 'follow' | 'frame'> | null;
  /** Resolves when something new is there. */
  arrived(): Promise<void>;
  /** Rejects with what ended it. */
  readonly ended: Promise<never>;
};

/** Follows a topic and checks every message against what the sample promised; memory stays within the window. */
export async function follow(request: FollowRequest): Promise<Following> {
  const { topics, topic, dialect, isolation, columns, promise, window, signal } = request;
  const partitions = await topics.partitions(topic, signal);
  const positions = new Map(partitions.map(({ partition, latest }) => [partition, latest]));
  for (const { partition, offset } of request.positions)
    if (positions.has(partition)) positions.set(partition, BigInt(offset));
  const latest = new Map(partitions.map((one) => [one.partition, one.latest]));
  const decoder = createDecoder(dialect, topics.registry);
  const place = rowPlacer(columns);
  const marks = createMarks();
  const counts = { messages: 0, rows: 0, tombstones: 0, unreadable: 0, passed: 0 } satisfies FollowCounts;
  const schemas = new Set<number>();
  let waiting: Waiting[] = [];
  let news = true;
  let wake = () => {};

  function check(row: Waiting, extra: readonly string[]) {
    for (const { column, kind, ...breach } of breachesOf(promise, row.cells)) {
      const shape = 'shape' in breach ? breach.shape : null;
      marks.add({ kind, name: column, shape }, row);
    }
    for (const name of extra) marks.add({ kind: 'field', name, shape: null }, row);
  }

  function take(message: Message, reading: Reading) {
    const at = { partition: message.partition, offset: Number(message.offset) };
    counts.messages++;
    if (reading.kind === 'tombstone') {
      counts.tombstones++;
      return;
    }
    if (reading.kind === 'unreadable') {
      counts.unreadable++;
      marks.add({ kind: 'unreadable', name: reasonOf(reading.part, reading.fault), shape: null }, at);
      return;
    }
    for (const id of schemaIdsIn(message, dialect)) {
      if (schemas.has(id)) continue;
      // The first ones are those that the sample was read by.
      if (counts.rows > 0) marks.add({ kind: 'schema', name: String(id), shape: null }, at);
      schemas.add(id);
    }
    counts.rows++;
    const { cells, extra } = place(reading.row);
    const row = { ...at, cells };
    check(row, extra);
    waiting.push(row);
    if (waiting.length >= window * 2) trim();
  }

  function trim() {
    const over = waiting.length - window;
    if (over <= 0) return;
    counts.passed += over;
    waiting = waiting.slice(over);
  }

  async function run(): Promise<never> {
    const stretches = [...positions].map(([partition, start]) => ({ partition, start }));
    for await (const batch of topics.read(topic, { stretches, isolation, signal })) {
      const readings = await decoder.read(batch.messages, signal);
      for (const [i, message] of batch.messages.entries()) {
        const reading = readings[i];
        if (reading) take(message, reading);
      }
      for (const { start, end, why } of batch.damaged) {
        const lost = Number(end - start);
        counts.messages += lost;
        counts.unreadable += lost;
        const at = { partition: batch.partition, offset: Number(start) };
        marks.add({ kind: 'unreadable', name: DAMAGE_WORDS[why], shape: null }, at, lost);
      }
      trim();
      positions.set(batch.partition, batch.next);
      if (batch.latest !== undefined) latest.set(batch.partition, batch.latest);
      news = true;
      wake();
    }
    throw signal.reason;
  }

  const ended = run();
  ended.catch(() => wake());
  return {
    ended,
    arrived: () =>
      news
        ? Promise.resolve()
        : new Promise((resolve) => {
            wake = resolve;
          }),
    take() {
      if (!news) return null;
      news = false;
      const rows = waiting;
      waiting = [];
      const numbers = (of: (row: Waiting) => number) => new Uint8Array(Float64Array.from(rows, of).buffer);
      const lags = [...positions].map(([partition, next]) => Number((latest.get(partition) ?? next) - next));
      return {
        arrow: encodeSample(columns.map((_, i) => rows.map(({ cells }) => cells[i] ?? null))),
        rows: rows.length,
        partitions: numbers(({ partition }) => partition),
        offsets: numbers(({ offset }) => offset),
        positions: [...positions].map(([partition, next]) => ({ partition, offset: Number(next) })),
        counts: { ...counts },
        marks: marks.take(),
        moreMarks: marks.more(),
        lag: lags.reduce((sum, lag) => sum + Math.max(0, lag), 0),
      };
    },
  };
}

/**
 * Sends what a following gathers, a frame at a time.
 * @param send sends a frame; the next one goes out when its promise has resolved
 */
export async function sendFrames(
  following: Following,
  send: (frame: Omit<FollowFrame, 'follow' | 'frame'>) => Promise<void>,
): Promise<never> {
  const work = async (): Promise<never> => {
    for (;;) {
      await following.arrived();
      const frame = following.take();
      if (frame) await Promise.all([send(frame), new Promise((resolve) => setTimeout(resolve, FRAME_MS))]);
      else await new Promise((resolve) => setTimeout(resolve, FRAME_MS));
    }
  };
  return Promise.race([following.ended, work()]);
}
