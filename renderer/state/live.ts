import type { StoreApi } from 'zustand/vanilla';
import { render } from '../../shared/compile/render';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import type { FollowCounts, FollowFrame, Mark } from '../../shared/contract/calls/topics';
import { Fault } from '../../shared/contract/errors';
import { isFiles } from '../../shared/document/dialect';
import { column } from '../../shared/expression/expression';
import { call } from '../../shared/expression/primitives';
import { MOST_PROMISED } from '../../shared/sampling/promise';
import type { WasmEngine } from '../engine/wasm';
import { faultFrom, isCancelled } from './fault';
import type { HostClient, HostInput } from './host';
import type { Sample, WorkbenchState } from './model';
import { createPace } from './pace';
import type { Preview } from './preview/preview';

/** Rows that are looked at while a topic is followed, the newest first. */
export const LIVE_ROWS = 5_000;
/** How long a frame waits for the preview of the one before, in ms. */
const LONGEST_PREVIEW_MS = 5_000;
/** How often the rate is worked out where no frame comes, in ms: it falls then. */
const PACE_MS = 1_000;

const NO_COUNTS: FollowCounts = { messages: 0, rows: 0, tombstones: 0, unreadable: 0, passed: 0 };

/** A topic that is followed: what came since following began. */
export type LiveState = {
  readonly status: 'off' | 'starting' | 'following' | 'paused' | 'failed';
  readonly counts: FollowCounts;
  /** What the sample did not promise, the latest first. */
  readonly marks: readonly Mark[];
  readonly moreMarks: number;
  /** Messages a second over the last seconds; null at the beginning. */
  readonly rate: number | null;
  readonly lag: number | null;
  readonly fault: Fault | null;
};
export const NOT_LIVE: LiveState = {
  status: 'off',
  counts: NO_COUNTS,
  marks: [],
  moreMarks: 0,
  rate: null,
  lag: null,
  fault: null,
};

export type Live = {
  /** Begins with the next message; after a pause, where it was paused. */
  follow(): void;
  /** Keeps what is shown; following again reads what came meanwhile. */
  pause(): void;
  /** Ends it and forgets what came. */
  stop(): void;
};

type Parts = {
  readonly store: StoreApi<WorkbenchState>;
  readonly host: HostClient;
  readonly engine: () => Promise<WasmEngine>;
  readonly preview: Pick<Preview, 'stop' | 'update'>;
};

type Promised = HostInput<'topics.follow'>['promise'];
type Positions = HostInput<'topics.follow'>['positions'];

/** What is kept from a pause to going on. */
type Session = {
  readonly source: string;
  readonly columns: readonly string[];
  readonly promise: Promised;
  positions: Positions;
  /** Counts of the followings before this one. */
  before: FollowCounts;
  marks: Map<string, Mark>;
  /** Marks of the followings before this one. */
  marksBefore: ReadonlyMap<string, Mark>;
};

/** What a sample promises of each of its columns. */
async function promiseOf(engine: WasmEngine, { table, columns }: Sample): Promise<Promised> {
  const promised: Promised = [];
  for (const [i, name] of columns.entries()) {
    const shape = render(call('valueShape', [column(`c${i}`)]), 'duckdb');
    const { columns: found } = await engine.query(
      `SELECT DISTINCT CASE WHEN c${i} IS NULL THEN NULL ELSE ${shape} END FROM ${quote.identifier(table)} LIMIT ${MOST_PROMISED + 2}`,
    );
    const shapes = (found[0] ?? []).filter((one) => one !== null).map(String);
    const nulls = (found[0] ?? []).includes(null);
    promised.push({ column: name, shapes: shapes.length > MOST_PROMISED ? null : shapes, nulls });
  }
  return promised;
}

const keyOf = ({ kind, name, shape }: Mark) => `${kind} ${name} ${shape ?? ''}`;

const sum = (a: FollowCounts, b: FollowCounts): FollowCounts => ({
  messages: a.messages + b.messages,
  rows: a.rows + b.rows,
  tombstones: a.tombstones + b.tombstones,
  unreadable: a.unreadable + b.unreadable,
  passed: a.passed + b.passed,
});

const nothingKnown = () =>
  new Fault({
    code: 'live.no-columns',
    message: 'The sample holds no message, so there are no columns that rules could work on.',
    unaffected: 'The rules are as they were.',
    advice: 'Draw the sample again once the topic holds messages, then follow it.',
  });

/** Follows the topic that is looked at: its newest messages become the sample, again and again. */
export function createLive({ store, host, engine, preview }: Parts): Live {
  let session: Session | null = null;
  let following = new AbortController();
  let tables = 0;
  const set = (change: Partial<LiveState>) =>
    store.setState(({ live }) => ({ live: { ...live, ...change } }));

  async function begin(): Promise<Session | null> {
    const { source, sample } = store.getState();
    if (session && session.source === source) return session;
    if (source === null || sample.status !== 'ready') return null;
    const { columns } = sample.sample;
    if (columns.length === 0) throw nothingKnown();
    const promise = await promiseOf(await engine(), sample.sample);
    session = {
      source,
      columns,
      promise,
      positions: [],
      before: NO_COUNTS,
      marks: new Map(),
      marksBefore: new Map(),
    };
    return session;
  }

  /** Puts the rows of a frame before those of the sample, and drops the oldest. `came`: messages in all. */
  async function shift(now: Sample, frame: FollowFrame, came: number, isFirst: boolean): Promise<Sample> {
    const one = await engine();
    const table = `live${++tables}`;
    const cells = now.columns.map((_, i) => `c${i}`).join(', ');
    await one.loadArrow('live_frame', frame.arrow);
    const own = Math.min(frame.rows, LIVE_ROWS);
    const kept = isFirst ? 0 : Math.min(now.rows, LIVE_ROWS - own);
    const [fresh, before] = [quote.integer(frame.rows), quote.integer(own)];
    await one.execute(
      `CREATE OR REPLACE TABLE ${quote.identifier(table)} AS SELECT CAST(${fresh} - r + 1 AS DOUBLE) AS r, ${cells} FROM live_frame WHERE ${fresh} - r < ${before} ` +
        `UNION ALL SELECT r + ${before} AS r, ${cells} FROM ${quote.identifier(now.table)} WHERE r <= ${quote.integer(kept)} ORDER BY r`,
    );
    const newest = (bytes: Uint8Array) => new Float64Array(bytes.slice().buffer).reverse().subarray(0, own);
    const old = now.places?.kind === 'offset' ? now.places : null;
    const join = (values: Float64Array, rest: Float64Array | undefined) =>
      Float64Array.from([...values, ...(rest?.subarray(0, kept) ?? [])]);
    return {
      ...now,
      table,
      rows: own + kept,
      complete: false,
      total: { rows: came, exact: true },
      unreadable: [],
      unreadableCount: 0,
      added: 0,
      drawn: { ...now.drawn, how: 'followed', at: new Date().toISOString() },
      places: {
        kind: 'offset',
        at: join(newest(frame.offsets), old?.at),
        partitions: join(newest(frame.partitions), old?.partitions),
      },
    };
  }

  /** Resolves when the preview has caught up, so that rules that take long make for fewer frames, not for a queue. */
  function previewed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const isDone = () => signal.aborted || !['updating', 'idle'].includes(store.getState().preview.status);
      const limit = setTimeout(end, LONGEST_PREVIEW_MS);
      const leave = store.subscribe(() => isDone() && end());
      function end() {
        clearTimeout(limit);
        leave();
        resolve();
      }
      if (isDone()) end();
    });
  }

  async function show(frame: FollowFrame, now: Session, signal: AbortSignal) {
    const { sample } = store.getState();
    if (frame.rows === 0 || sample.status !== 'ready' || signal.aborted) return;
    const isFirst = sample.sample.drawn.how !== 'followed';
    const came = sum(now.before, frame.counts).messages;
    const next = await shift(sample.sample, frame, came, isFirst);
    const still = store.getState();
    if (signal.aborted || still.source !== now.source) return;
    preview.stop();
    store.setState({ sample: { status: 'ready', sample: next } });
    preview.update();
    // What showed the rows before is done with them once the preview is current.
    await previewed(signal);
    if (!isFirst)
      await (await engine()).execute(`DROP TABLE IF EXISTS ${quote.identifier(sample.sample.table)}`);
  }

  async function run(now: Session, signal: AbortSignal) {
    const state = store.getState();
    const source = state.project?.project.sources.find(({ id }) => id === now.source);
    if (!source || isFiles(source.dialect)) return;
    const { before } = now;
    const pace = createPace();
    const slowing = setInterval(() => set({ rate: pace.rate() }), PACE_MS);
    signal.addEventListener('abort', () => clearInterval(slowing), { once: true });
    const isolation = 'isolation' in source.sampling ? source.sampling.isolation : 'committed';
    await host.call(
      'topics.follow',
      {
        ...{ connection: source.connection, topic: source.path, dialect: source.dialect, isolation },
        columns: [...now.columns],
        promise: now.promise,
        positions: now.positions,
        window: LIVE_ROWS,
      },
      {
        signal,
        onProgress(frame) {
          if (signal.aborted) return;
          now.positions = frame.positions;
          for (const mark of frame.marks) {
            const key = keyOf(mark);
            const earlier = now.marksBefore.get(key);
            now.marks.delete(key);
            now.marks.set(key, earlier ? { ...earlier, count: earlier.count + mark.count } : mark);
          }
          pace.count(frame.counts.messages);
          set({
            status: 'following',
            counts: sum(before, frame.counts),
            marks: [...now.marks.values()].reverse(),
            moreMarks: frame.moreMarks,
            lag: frame.lag,
            rate: pace.rate(),
          });
          const taken = () => host.call('topics.taken', { follow: frame.follow, frame: frame.frame });
          show(frame, now, signal)
            .then(taken)
            .catch((error: unknown) => {
              if (!signal.aborted && !isCancelled(error)) fail(error);
            });
        },
      },
    );
  }

  function end() {
    following.abort();
    if (!session) return;
    session.before = store.getState().live.counts;
    session.marksBefore = new Map(session.marks);
  }

  function fail(error: unknown) {
    end();
    set({ status: 'failed', fault: faultFrom(error), rate: null });
  }

  return {
    follow() {
      const { status } = store.getState().live;
      if (status === 'following' || status === 'starting') return;
      following = new AbortController();
      const { signal } = following;
      set({ status: 'starting', fault: null });
      begin()
        .then(async (now) => {
          if (signal.aborted) return;
          if (now) await run(now, signal);
          else set({ status: 'off' });
        })
        .catch((error: unknown) => {
          if (!signal.aborted && !isCancelled(error)) fail(error);
        });
    },
    pause() {
      end();
      set({ status: 'paused', rate: null });
    },
    stop() {
      following.abort();
      session = null;
      store.setState({ live: NOT_LIVE });
    },
  };
}
