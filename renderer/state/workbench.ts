import { createStore, type StoreApi } from 'zustand/vanilla';
import { canonicalJson } from '../../shared/compile/hash';
import type { ProjectState } from '../../shared/contract/calls/project';
import { Fault } from '../../shared/contract/errors';
import type { Edit } from '../../shared/document/edit';
import * as history from '../../shared/document/history';
import { emptyRuleSet, type RuleSet } from '../../shared/document/rule-set';
import { isByJob, reseeded, type Sampling } from '../../shared/document/sampling';
import type { TopicScan } from '../../shared/document/topic-sampling';
import type { RowFilter } from '../../shared/trace/view';
import type { WasmEngine } from '../engine/wasm';
import { coverSample } from './cover-sample';
import { faultFrom, isCancelled } from './fault';
import type { HostClient } from './host';
import { createLive, type Live, NOT_LIVE } from './live';
import { loadSample } from './load-sample';
import type { CellPlace, Place, PreviewState, WorkbenchState } from './model';
import type { Preview } from './preview/preview';
import { createEditQueue } from './saving';

/** How a source is scanned for shapes: `cluster` of those that may run a job, for a topic. */
export type ScanHow = {
  readonly on?: 'here' | 'cluster';
  readonly cluster?: string;
  readonly messages?: TopicScan;
};

/** What the window is built on: the state, and everything that can be done to it. */
export type Workbench = {
  readonly store: StoreApi<WorkbenchState>;
  readonly host: HostClient;
  readonly preview: Preview;
  /** Follows the topic that is looked at. */
  readonly live: Live;
  /** The preview's engine, once it has started. */
  engine(): Promise<WasmEngine>;
  /** Shows a project, or nothing. Rule sets that are already as the host has them keep their undo history. */
  openProject(state: ProjectState | null): void;
  /** Waits until all edits are saved, so that the host's next answer holds them. Rejects with the fault otherwise. */
  settled(): Promise<void>;
  selectSource(id: string | null): void;
  show(place: Place): void;
  /**
   * Changes the current rule set. A fault means that the edit did not fit and nothing changed. Edits of one `group`
   * that follow each other, such as a form's while one types, are undone together.
   */
  edit(edit: Edit, group?: string): Fault | null;
  undo(): void;
  redo(): void;
  retrySave(): void;
  selectStep(id: string | null): void;
  setFilter(filter: RowFilter): void;
  selectCell(cell: CellPlace | null): void;
  selectColumn(column: string | null): void;
  /** Draws the sample again, in another way where one is given; the project keeps that. */
  resample(sampling?: Sampling): void;
  /** Draws another sample in the same way: with a new seed, where the way has one. */
  redraw(): void;
  /** Gives up drawing the sample. */
  stopSample(): void;
  /** Reads all of the source for the shapes of its values, and adds a row for each that the sample lacks. */
  scanShapes(how?: ScanHow): void;
  stopScan(): void;
};

const SAMPLE_TABLE = 'sample';

const noPreview: PreviewState = {
  status: 'idle',
  version: 0,
  plan: null,
  rows: null,
  steps: {},
  stale: new Set(),
  counts: null,
  stopsAt: null,
  matches: null,
  matching: false,
  fault: null,
};
const noFilter: RowFilter = { show: 'all' };

const beginning: WorkbenchState = {
  project: null,
  place: 'clean',
  source: null,
  histories: {},
  saving: { status: 'saved', at: null },
  sample: { status: 'none' },
  cover: { status: 'none' },
  live: NOT_LIVE,
  step: null,
  filter: noFilter,
  preview: noPreview,
  cell: null,
  column: null,
};

export type WorkbenchParts = {
  readonly host: HostClient;
  readonly engine: () => Promise<WasmEngine>;
  readonly createPreview: (store: StoreApi<WorkbenchState>) => Preview;
  /** The history of a source's rules from before the window was loaded anew. */
  readonly recall?: (project: string, source: string, ruleSet: RuleSet) => history.History;
};

/** Short enough to be told and typed. */
const newSeed = () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % 100_000;

const sampleStopped = (): Fault =>
  new Fault({
    code: 'sample.stopped',
    message: 'You stopped it before the rows were there.',
    unaffected: 'The rules and the source are as they were.',
    advice: 'Draw it again, or choose fewer rows.',
  });

/** A workbench with nothing open. */
export function createWorkbench({
  host,
  engine,
  createPreview,
  recall = (_project, _source, ruleSet) => history.beginHistory(ruleSet),
}: WorkbenchParts): Workbench {
  const store = createStore<WorkbenchState>(() => beginning);
  const queue = createEditQueue(host, (saving) => store.setState({ saving }));
  const preview = createPreview(store);
  const live = createLive({ store, host, engine, preview });
  let loading = new AbortController();
  let scanning = new AbortController();
  let lastGroup: { readonly name: string; readonly past: number } | null = null;

  /**
   * @param sampling how the sample is drawn from now on
   * @param asked whether the steward has asked for it: a job on a cluster is not submitted for a mere look
   */
  async function load({ sampling, asked = true }: { sampling?: Sampling; asked?: boolean }) {
    live.stop();
    loading.abort();
    loading = new AbortController();
    const { signal } = loading;
    const { project, source: id } = store.getState();
    const source = project?.project.sources.find((one) => one.id === id);
    preview.stop();
    store.setState(({ preview: { version } }) => ({
      sample: !source
        ? { status: 'none' }
        : !asked && isByJob(source)
          ? { status: 'waiting' }
          : { status: 'loading', progress: null },
      preview: { ...noPreview, version: version + 1 },
    }));
    if (!source || store.getState().sample.status === 'waiting') return;
    try {
      if (sampling !== undefined) await keepSampling(source.id, sampling);
      if (signal.aborted) return;
      const sample = await loadSample({
        host,
        source: sampling === undefined ? source : { ...source, sampling },
        engine: await engine(),
        table: SAMPLE_TABLE,
        signal,
        onProgress: (progress) => {
          if (!signal.aborted) store.setState({ sample: { status: 'loading', progress } });
        },
      });
      const { cover } = store.getState();
      const covered =
        cover.status === 'ready' ? await coverSample(await engine(), sample, cover.cover) : sample;
      if (signal.aborted) return;
      store.setState({ sample: { status: 'ready', sample: covered } });
      preview.update();
    } catch (error) {
      if (signal.aborted || isCancelled(error)) return;
      store.setState({ sample: { status: 'failed', fault: faultFrom(error) } });
    }
  }

  /** The rules are the window's: of the host's answer only the way of drawing is taken over. */
  async function keepSampling(source: string, sampling: Sampling) {
    await host.call('project.setSampling', { source, sampling });
    store.setState(({ project }) => {
      if (project === null) return {};
      const sources = project.project.sources.map((one) => (one.id === source ? { ...one, sampling } : one));
      return { project: { ...project, project: { ...project.project, sources } } };
    });
  }

  function selectSource(id: string | null) {
    scanning.abort();
    store.setState({
      ...{ source: id, step: null, filter: noFilter, cell: null, column: null },
      cover: { status: 'none' },
    });
    void load({ asked: false });
  }

  async function scanShapes(how: ScanHow) {
    const { project, source: id } = store.getState();
    const source = project?.project.sources.find((one) => one.id === id);
    if (!source) return;
    scanning.abort();
    scanning = new AbortController();
    const { signal } = scanning;
    store.setState({ cover: { status: 'scanning', rows: 0, words: null } });
    try {
      const { connection, path, dialect } = source;
      const cover = await host.call(
        'source.shapes',
        { connection, path, dialect, ...how },
        {
          signal,
          onProgress: ({ rows, words = null }) => {
            if (!signal.aborted) store.setState({ cover: { status: 'scanning', rows, words } });
          },
        },
      );
      if (signal.aborted) return;
      store.setState({ cover: { status: 'ready', cover } });
      const { sample } = store.getState();
      if (sample.status !== 'ready') return;
      // The sample gets longer: what the preview made of it is of no use any more.
      preview.stop();
      const covered = await coverSample(await engine(), sample.sample, cover).finally(preview.update);
      const now = store.getState().sample;
      if (signal.aborted || now.status !== 'ready' || now.sample !== sample.sample) return;
      preview.stop();
      store.setState({ sample: { status: 'ready', sample: covered } });
      preview.update();
    } catch (error) {
      if (!signal.aborted) store.setState({ cover: { status: 'failed', fault: faultFrom(error) } });
    }
  }

  function apply(next: history.History, sent: Edit) {
    const { source, histories, step } = store.getState();
    if (source === null) return;
    const gone = step !== null && !next.ruleSet.steps.some((one) => one.id === step);
    store.setState({ histories: { ...histories, [source]: next }, ...(gone && { step: null }) });
    queue.push(source, sent);
    preview.update();
    if (gone) preview.look();
  }

  const current = () => {
    const { source, histories } = store.getState();
    return source === null ? null : (histories[source] ?? null);
  };

  return {
    store,
    host,
    preview,
    live,
    engine,
    openProject(state) {
      const before = store.getState();
      const same = before.project !== null && state !== null && before.project.path === state.path;
      if (!same) queue.reset(state?.path ?? '', state?.sequence ?? 0);
      const histories: Record<string, history.History> = {};
      for (const { id, name } of state?.project.sources ?? []) {
        const ruleSet = state?.project.ruleSets[id] ?? emptyRuleSet(name);
        const kept = same ? before.histories[id] : undefined;
        const unchanged = kept && canonicalJson(kept.ruleSet) === canonicalJson(ruleSet);
        histories[id] = unchanged ? kept : recall(state?.path ?? '', id, ruleSet);
      }
      const sources = state?.project.sources ?? [];
      const source = same && sources.find((one) => one.id === before.source)?.id;
      store.setState({ project: state, histories });
      if (!source) selectSource(sources[0]?.id ?? null);
      else if (histories[source] !== before.histories[source]) preview.update();
    },
    settled: queue.settled,
    selectSource,
    show: (place) => store.setState({ place }),
    edit(edit, group) {
      const now = current();
      if (!now) return null;
      try {
        const next = history.edit(now, edit);
        const goesOn = group !== undefined && lastGroup?.name === group && lastGroup.past === now.past.length;
        const joined = goesOn ? joinLast(next) : next;
        const cancelled = joined.past.length < now.past.length;
        lastGroup = group === undefined || cancelled ? null : { name: group, past: joined.past.length };
        apply(joined, edit);
        return null;
      } catch (error) {
        return faultFrom(error);
      }
    },
    undo() {
      lastGroup = null;
      const now = current();
      const undone = now && history.undo(now);
      if (undone) apply(undone.history, undone.applied);
    },
    redo() {
      lastGroup = null;
      const now = current();
      const redone = now && history.redo(now);
      if (redone) apply(redone.history, redone.applied);
    },
    retrySave: queue.retry,
    selectStep(step) {
      store.setState({ step });
      preview.look();
    },
    setFilter(filter) {
      store.setState({ filter });
      preview.look();
    },
    selectCell: (cell) => store.setState({ cell, ...(cell && { column: cell.column }) }),
    selectColumn: (column) => store.setState({ column }),
    resample: (sampling) => void load(sampling ? { sampling } : {}),
    redraw() {
      const { project, source: id } = store.getState();
      const sampling = project?.project.sources.find((one) => one.id === id)?.sampling;
      void load(sampling && 'seed' in sampling ? { sampling: reseeded(sampling, newSeed()) } : {});
    },
    scanShapes: (how = {}) => void scanShapes(how),
    stopScan() {
      if (store.getState().cover.status !== 'scanning') return;
      scanning.abort();
      store.setState({ cover: { status: 'none' } });
    },
    stopSample() {
      if (store.getState().sample.status !== 'loading') return;
      loading.abort();
      store.setState({ sample: { status: 'failed', fault: sampleStopped() } });
    },
  };
}

/** Makes one of the last two entries of a history, or none where they cancel out; both change the same step. */
function joinLast(joined: history.History): history.History {
  const [earlier, later] = joined.past.slice(-2);
  if (earlier?.kind !== 'change-step' || later?.kind !== 'change-step' || earlier.id !== later.id)
    return joined;
  const change = { ...later.change, ...earlier.change };
  const step = joined.ruleSet.steps.find(({ id }) => id === earlier.id);
  const back = canonicalJson({ ...step, ...change }) === canonicalJson(step);
  // As it was before the group: there is nothing left to undo.
  if (back) return { ...joined, past: joined.past.slice(0, -2) };
  return { ...joined, past: [...joined.past.slice(0, -2), { ...earlier, change }] };
}
