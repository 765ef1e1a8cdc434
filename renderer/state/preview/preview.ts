import type { StoreApi } from 'zustand/vanilla';
import { madeBy } from '../../../shared/compile/duckdb';
import { type Action, type Golden, isExit, type Plan } from '../../../shared/compile/plan';
import { duckdb as quote } from '../../../shared/compile/sql/quote';
import type { CancelSignal } from '../../../shared/ports/signal';
import type { LookupAnswerer } from '../../../shared/trace/trace';
import type { ViewStep } from '../../../shared/trace/view';
import type { Lookups } from '../../engine/lookups';
import type { WasmEngine } from '../../engine/wasm';
import { faultFrom, isCancelled } from '../fault';
import type { Keys } from '../keys';
import type { PreviewState, Sample, WorkbenchState } from '../model';
import { createAnswers } from './answers';
import { createColumnStore, type Rows } from './column-store';
import { type Counting, createCounting, withFate } from './counting';
import { keptKeys } from './kept-columns';
import { type ColumnKeys, columnKeys, createInterner, type Interner, keyIn } from './keys';
import { matchesQuery, showsEveryRow } from './matching';
import type { EnsureAnswers } from './parts';
import { compilePreview, type PreviewPlan } from './plan';
import {
  placeWords,
  planHere,
  type RowSpace,
  type RowSpaces,
  rowLabel,
  sampleRow,
  spaceAt,
  sweepRows,
} from './row-space';
import { traceSteps } from './trace';
import { type ViewRow, viewRows } from './view';

/** Keeps grid and counts in step with the rules. */
export type Preview = {
  /** The rules or the sample changed: what is shown is old, and everything is computed and counted anew. */
  update(): void;
  /** Another step or filter is looked at. */
  look(): void;
  /** Gives up all that is under way and forgets the sample. */
  stop(): void;
  /** A row of the current view in words: its number in the source, or the sample where that is not known, and which part of that row it is. */
  label(row: number): string;
  /** Rows of the current view (ascending numbers) as the rules make them now; null when nothing is previewed. */
  rows(numbers: Rows, signal?: CancelSignal): Promise<readonly ViewRow[] | null>;
  /** Whether a row of the current view was added to the sample to cover a shape. */
  isAdded(row: number): boolean;
  /**
   * Runs a query over columns of the trace (with `r` and `f`), once all of it is there: of the rows that there are
   * after a step, by its id, and with the plan as far as those rows go; with null after all steps.
   */
  query<T>(
    step: string | null,
    ids: (plan: PreviewPlan) => readonly string[],
    run: (relation: string, plan: PreviewPlan, engine: WasmEngine, signal: CancelSignal) => Promise<T>,
    signal?: CancelSignal,
  ): Promise<T>;
  /** Answers lookups for work in the background. */
  readonly answer: LookupAnswerer;
};

type Connections = { readonly urgent: WasmEngine; readonly patient: WasmEngine };

/** What is known of one sample, whatever the rules. */
type Session = {
  readonly loaded: Sample;
  readonly sample: RowSpace;
  readonly spaces: RowSpaces;
  readonly counting: Counting;
  readonly intern: Interner;
  /** The rules as they are, and those of the last complete trace. */
  plan: PreviewPlan | null;
  keys: ColumnKeys;
  /** The rows whose number was told last. */
  shown: RowSpace | null;
  traced: { readonly plan: PreviewPlan; readonly keys: ColumnKeys } | null;
};

/** How long the background waits after a change, in ms: while keys are pressed the screen comes first. */
const BACKGROUND_DELAY_MS = 25;

/** … and how long it waits at most for rows on screen that take several queries. */
const LONGEST_WAIT_MS = 500;

const PORTION = 16_384;

let sessions = 0;

export type PreviewParts = {
  readonly store: StoreApi<WorkbenchState>;
  readonly engine: () => Promise<WasmEngine>;
  readonly lookups: Lookups;
  /** Secret keys; without them, steps that need one are not previewed. */
  readonly keys?: Keys;
  /** Rows that the background computes at first. */
  readonly portion?: number;
};

export function createPreview({ store, engine, lookups, keys, portion = PORTION }: PreviewParts): Preview {
  let session: Session | null = null;
  let connected: Promise<Connections> | null = null;
  let answers: EnsureAnswers | null = null;
  let background = new AbortController();
  let looking = new AbortController();
  let complete = deferred();
  /** Works for the rows on screen that are under way. */
  const onScreen = new Set<Promise<unknown>>();

  const connections = () => {
    connected ??= engine().then(async (first) => {
      const [urgent, patient] = await Promise.all([first.connect({ urgent: true }), first.connect()]);
      answers = createAnswers(lookups);
      return { urgent, patient };
    });
    return connected;
  };
  const set = (change: Partial<PreviewState>) =>
    store.setState(({ preview }) => ({ preview: { ...preview, ...change } }));

  function begin(): Session | null {
    const { sample } = store.getState();
    if (sample.status !== 'ready') return null;
    const { sample: loaded } = sample;
    if (session?.loaded === loaded) return session;
    session = {
      loaded,
      sample: {
        store: createColumnStore(loaded.table, `layer${++sessions}`),
        rows: loaded.rows,
        origin: null,
      },
      spaces: new Map(),
      counting: createCounting(loaded.rows),
      intern: createInterner(),
      plan: null,
      keys: new Map(),
      shown: null,
      traced: null,
    };
    return session;
  }

  /** Steps whose counts are not known for the rules as they are, and the counts of the others. */
  function countsOf({ counting, keys }: Session, plan: PreviewPlan) {
    const { steps } = store.getState().preview;
    const stale = new Set<string>();
    const known = { ...steps };
    for (const [index, { id }] of plan.steps.entries()) {
      const counted = counting.step(plan, keys, index);
      if (counted) known[id] = counted;
      else stale.add(id);
    }
    return { stale, steps: known };
  }

  const stepAt = (plan: PreviewPlan, id: string | null): ViewStep => {
    const index = plan.steps.findIndex((one) => one.id === id);
    return index < 0 ? null : index;
  };
  const viewStep = (plan: PreviewPlan): ViewStep => stepAt(plan, store.getState().step);
  const spaceShown = (now: Session, plan: PreviewPlan) => spaceAt(now, plan, now.keys, viewStep(plan));

  /** Tells which rows the view has, once they are made. A cell of other rows is not looked at any longer. */
  function showRows(now: Session, plan: PreviewPlan) {
    const space = spaceShown(now, plan);
    if (space === undefined || space === now.shown) return;
    if (now.shown !== null) store.setState({ cell: null });
    now.shown = space;
    set({ rows: space.origin === null ? null : space.rows });
  }

  /** The rows that the view shows, once they are made; null when the rules change before. */
  async function spaceWanted(now: Session, plan: PreviewPlan): Promise<RowSpace | null> {
    for (;;) {
      if (session !== now || now.plan !== plan) return null;
      const space = spaceShown(now, plan);
      if (space) return space;
      await complete.promise;
    }
  }

  function update() {
    background.abort();
    const now = begin();
    const { source, histories } = store.getState();
    const ruleSet = source === null ? undefined : histories[source]?.ruleSet;
    if (!now || !ruleSet) return;
    try {
      const { plan, stopsAt } = compilePreview(ruleSet, now.loaded.columns, keys?.state);
      now.plan = plan;
      now.keys = columnKeys(plan, now.intern);
      const { version } = store.getState().preview;
      set({
        status: 'updating',
        version: version + 1,
        plan,
        stopsAt,
        counts: null,
        fault: null,
        ...countsOf(now, plan),
      });
      showRows(now, plan);
      run(now, plan);
    } catch (error) {
      set({ status: 'failed', fault: faultFrom(error) });
    }
  }

  /** Computes and counts everything in the background. */
  function run(now: Session, plan: PreviewPlan) {
    background = new AbortController();
    const { signal } = background;
    const { keys, sample, spaces, counting } = now;
    const replaced = complete;
    complete = deferred();
    replaced.resolve();
    const { resolve, reject } = complete;
    const work = async () => {
      const { patient } = await connections();
      await Promise.race([Promise.allSettled(onScreen), pause(LONGEST_WAIT_MS)]);
      if (signal.aborted || !answers) return;
      const parts = {
        ...sample,
        plan,
        keys,
        spaces,
        counting,
        answers,
        engine: patient,
        portion,
        signal,
      };
      await traceSteps(parts, () => {
        if (signal.aborted) return;
        set(countsOf(now, plan));
        showRows(now, plan);
      });
      if (signal.aborted) return;
      const before = now.traced;
      now.traced = { plan, keys };
      resolve();
      const counts = counting.all(plan, keys, now.loaded.unreadableCount);
      set({ status: 'current', counts, ...countsOf(now, plan) });
      look();
      await sweep(now, before, patient);
    };
    setTimeout(() => {
      if (signal.aborted) return;
      work().catch((error: unknown) => {
        if (signal.aborted || isCancelled(error)) return;
        reject(error);
        set({ status: 'failed', fault: faultFrom(error) });
      });
    }, BACKGROUND_DELAY_MS);
  }

  /** Drops tables that neither these rules nor the ones before need: undoing the last edit stays instant. */
  async function sweep(now: Session, before: Session['traced'], engine: WasmEngine) {
    const used = new Set<string>();
    for (const one of [now.traced, before]) {
      if (one) for (const key of keptKeys(one.plan, one.keys)) used.add(key);
    }
    const unused = [...now.sample.store.sweep(used), ...sweepRows(now.spaces, used)];
    for (const table of unused) await engine.execute(`DROP TABLE ${quote.identifier(table)}`);
  }

  /** Keys for the screen: what is not computed yet of a merge shows as the step had it before. */
  function keysOnScreen(
    { keys, traced }: Session,
    { store: columns }: RowSpace,
    plan: PreviewPlan,
  ): ColumnKeys {
    if (!traced) return keys;
    const shown = new Map(keys);
    const show = (action: Action, old: Action) => {
      const ids = madeBy(old);
      for (const [at, id] of madeBy(action).entries())
        if (!columns.has(keyIn(keys, id))) shown.set(id, keyIn(traced.keys, ids[at] ?? id));
    };
    for (const action of plan.actions) {
      if (action.kind !== 'merge') continue;
      const step = plan.steps[action.step]?.id;
      const old = traced.plan.actions.find(
        (one) => one.kind === 'merge' && traced.plan.steps[one.step]?.id === step,
      );
      if (old?.kind !== 'merge') continue;
      show(action, old);
      const [golden, before] = [goldenOf(plan, action.id), goldenOf(traced.plan, old.id)];
      if (golden.length !== before.length) continue;
      for (const [i, one] of golden.entries()) show(one, before[i] ?? one);
    }
    return shown;
  }

  function look() {
    looking.abort();
    looking = new AbortController();
    const { signal } = looking;
    const now = session;
    const plan = now?.plan;
    if (!now || !plan) return;
    showRows(now, plan);
    const step = viewStep(plan);
    const { filter } = store.getState();
    if (showsEveryRow(plan, step, filter)) {
      set({ matches: null, matching: false });
      return;
    }
    const space = spaceShown(now, plan);
    const query = space ? matchesQuery(plan, now.keys, space.store, step, filter) : null;
    set({ matching: true });
    // What is missing comes from the background, which looks again when it is done.
    if (query === null) return;
    connections()
      .then(async ({ urgent }) => {
        const { columns } = await urgent.query(query, signal);
        if (!signal.aborted)
          set({ matches: Int32Array.from((columns[0] ?? []) as number[]), matching: false });
      })
      .catch((error: unknown) => {
        if (!signal.aborted && !isCancelled(error)) set({ matching: false, fault: faultFrom(error) });
      });
  }

  keys?.subscribe(update);

  return {
    update,
    look,
    stop() {
      background.abort();
      looking.abort();
      const ended = session;
      session = null;
      complete.resolve();
      if (!ended) return;
      const nothing = new Set<string>();
      const tables = [...ended.sample.store.sweep(nothing), ...sweepRows(ended.spaces, nothing)];
      void connections().then(async ({ patient }) => {
        for (const table of tables) await patient.execute(`DROP TABLE ${quote.identifier(table)}`);
      });
    },
    async rows(numbers, signal) {
      const { urgent } = await connections();
      const now = session;
      const plan = now?.plan;
      if (!now || !plan || !answers) return null;
      const space = await spaceWanted(now, plan);
      if (!space) return null;
      const keys = keysOnScreen(now, space, plan);
      const parts = { plan, keys, store: space.store, answers, engine: urgent };
      const wanted = numbers.filter((row) => row <= space.rows);
      const work = viewRows(signal ? { ...parts, signal } : parts, wanted, viewStep(plan));
      const settled = work.catch(() => undefined).finally(() => onScreen.delete(settled));
      onScreen.add(settled);
      return work;
    },
    isAdded(row) {
      const now = session;
      const space = (now?.plan && spaceShown(now, now.plan)) ?? now?.shown;
      return now !== null && sampleRow(space, row) > now.loaded.rows - now.loaded.added;
    },
    label(row) {
      const now = session;
      const space = now?.plan && spaceShown(now, now.plan);
      return rowLabel(space ?? now?.shown, row, (one) => placeWords(now?.loaded.places ?? null, one));
    },
    async query(step, ids, task, signal = new AbortController().signal) {
      const { patient } = await connections();
      while (session && session.traced?.plan !== session.plan) await complete.promise;
      const traced = session?.traced;
      if (!session || !traced) throw new DOMException('There is no sample.', 'AbortError');
      const { plan: whole, keys } = traced;
      const at = stepAt(whole, step);
      const plan = planHere(whole, at);
      const space = spaceAt(session, whole, keys, at);
      if (!space) throw new RangeError('Rows of a complete trace are missing.');
      const marks = plan.actions.filter(isExit).map(({ id }) => id);
      const relation = space.store.relation([...ids(plan), ...marks], keys);
      return task(withFate(plan, relation), plan, patient, signal);
    },
    answer: lookups.answer,
  };
}

/** What is taken from a merge's groups, in order. */
const goldenOf = (plan: Plan, merge: string): readonly Golden[] =>
  plan.actions.filter((action): action is Golden => action.kind === 'golden' && action.merge === merge);

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function deferred() {
  let resolve = () => {};
  let reject = (_error: unknown) => {};
  const promise = new Promise<void>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  promise.catch(() => {});
  return { promise, resolve, reject };
}
