import { create, type StoreApi, type UseBoundStore } from 'zustand';
import { canonicalJson } from '../../shared/compile/hash';
import type { Drawn } from '../../shared/contract/calls/source';
import { Fault } from '../../shared/contract/errors';
import type { Join } from '../../shared/document/join';
import type { Source } from '../../shared/document/project';
import { emptyRuleSet, type RuleSet } from '../../shared/document/rule-set';
import type { LookupAnswerer } from '../../shared/trace/trace';
import type { WasmEngine } from '../engine/wasm';
import { compileSteps } from '../rules/faulty-step';
import type { TaskContext } from '../shell/tasks';
import type { HostClient } from '../state/host';
import { prepareJoined, type WorkspaceJoin, workspaceJoins } from './joined';
import { prepareClean, prepareRaw } from './prepare-source';
import { type SourceTables, tableNames } from './table-names';

/** A source in the workspace: its tables, and how far they are. */
export type WorkspaceSource = {
  readonly source: Source;
  readonly tables: SourceTables;
  /** `read`: the raw table alone is there. */
  readonly status: 'absent' | 'loading' | 'read' | 'cleaning' | 'ready' | 'failed';
  /** Columns as they were read; empty until then. */
  readonly rawColumns: readonly string[];
  readonly columns: readonly string[];
  readonly rows: number;
  readonly total: { readonly rows: number; readonly exact: boolean } | null;
  /** Whether the tables hold all rows of the source. */
  readonly complete: boolean;
  /** How the rows were drawn. */
  readonly drawn: Drawn | null;
  readonly kept: number;
  readonly merged: number;
  readonly error: unknown;
  /** What the tables were made from: a key that changes with sample or rules. */
  readonly loadedFrom: string | null;
  readonly cleanedBy: string | null;
  /** Rules that could not clean it, as a key. */
  readonly failedBy: string | null;
};

/** Tells rules from others, as `cleanedBy` and `failedBy` do. */
export const rulesKey = (ruleSet: RuleSet): string => canonicalJson(ruleSet);

type State = {
  readonly sources: readonly WorkspaceSource[];
  readonly joins: readonly WorkspaceJoin[];
  readonly rows: number;
};

/** The tables to be analysed, in an engine of their own, so that no query ever holds up the preview. */
export type Workspace = {
  readonly use: UseBoundStore<StoreApi<State>>;
  /** Takes over the project's sources and the keys that join them. */
  setSources(sources: readonly Source[], joins: readonly Join[]): void;
  /** Rows of each source to analyse. Tables are drawn again when they are next needed. */
  setRows(rows: number): void;
  /** Sees to it that the tables of these sources are there and cleaned by the rules as they are now. */
  ensure(ids: readonly string[], ruleSets: ReadonlyMap<string, RuleSet>, context: TaskContext): Promise<void>;
  /** Sees to it that the tables of these sources as they were read are there, whatever becomes of the others. */
  ensureRaw(ids: readonly string[], context: TaskContext): Promise<void>;
  engine(): Promise<WasmEngine>;
  close(): Promise<void>;
};

export const DEFAULT_ROWS = 200_000;

type Parts = {
  readonly host: HostClient;
  readonly startEngine: () => Promise<WasmEngine>;
  readonly answer: LookupAnswerer;
};

const absent = (source: Source, tables: SourceTables): WorkspaceSource => ({
  source,
  tables,
  status: 'absent',
  rawColumns: [],
  columns: [],
  rows: 0,
  total: null,
  complete: false,
  drawn: null,
  kept: 0,
  merged: 0,
  error: null,
  loadedFrom: null,
  cleanedBy: null,
  failedBy: null,
});

/** A workspace with no tables yet; its engine starts when it is first needed. */
export function createWorkspace({ host, startEngine, answer }: Parts): Workspace {
  const use = create<State>(() => ({ sources: [], joins: [], rows: DEFAULT_ROWS }));
  let started: Promise<WasmEngine> | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  const engine = () => {
    started ??= startEngine().then(async (one) => {
      await one.execute('SET errors_as_json = true');
      return one;
    });
    return started;
  };
  const change = (id: string, made: Partial<WorkspaceSource>) =>
    use.setState(({ sources }) => ({
      sources: sources.map((one) => (one.source.id === id ? { ...one, ...made } : one)),
    }));
  const find = (id: string) => use.getState().sources.find((one) => one.source.id === id);

  async function load(entry: WorkspaceSource, { signal, progress }: TaskContext): Promise<void> {
    const { id, name, connection, path, dialect } = entry.source;
    const sampling = { ...entry.source.sampling, rows: use.getState().rows };
    const from = canonicalJson({ connection, path, dialect, sampling });
    if (entry.loadedFrom === from) return;
    change(id, { status: 'loading', error: null, loadedFrom: null, cleanedBy: null, failedBy: null });
    const one = await engine();
    const {
      arrow,
      columns,
      rows: read,
      total,
      complete,
      drawn,
    } = await host.call(
      'source.sample',
      { connection, path, dialect, sampling },
      { signal, onProgress: (value) => progress({ words: `reading ${name}`, ...value }) },
    );
    const loaded = `${entry.tables.clean}_loaded`;
    await one.loadArrow(loaded, arrow);
    await prepareRaw(one, entry.tables, { loaded, columns });
    change(id, { status: 'read', rawColumns: columns, rows: read, total, complete, drawn, loadedFrom: from });
  }

  async function clean(id: string, ruleSet: RuleSet, { signal, progress }: TaskContext): Promise<void> {
    const entry = find(id);
    if (!entry) return;
    const by = rulesKey(ruleSet);
    if (entry.cleanedBy === by) return change(id, { status: 'ready' });
    change(id, { status: 'cleaning', error: null, cleanedBy: null, failedBy: null });
    progress({ words: `cleaning ${entry.source.name}`, rows: entry.rows });
    const loaded = `${entry.tables.clean}_loaded`;
    try {
      const plan = compileSteps({ source: id, ruleSet }, entry.rawColumns);
      const made = await prepareClean(await engine(), entry.tables, { loaded, plan, answer, signal });
      change(id, { ...made, status: 'ready', cleanedBy: by });
    } catch (error) {
      change(id, { failedBy: by });
      throw error;
    }
    await join();
  }

  /** Makes the joined tables of sources that are ready: their columns may have changed. */
  async function join(): Promise<void> {
    if (!started) return;
    const { sources, joins } = use.getState();
    const made = await prepareJoined(await started, joins, sources);
    // Only what is still as it was asked for: sources may have changed meanwhile.
    use.setState((state) => (state.joins === joins ? { joins: made } : {}));
  }

  /** @param rules what cleans a source; null where its raw table is enough */
  async function ensureOne(
    id: string,
    rules: ReadonlyMap<string, RuleSet> | null,
    context: TaskContext,
  ): Promise<void> {
    const entry = find(id);
    if (!entry) return;
    try {
      await load(entry, context);
      if (rules) await clean(id, rules.get(id) ?? emptyRuleSet(entry.source.name), context);
    } catch (error) {
      const cancelled = context.signal.aborted;
      change(id, { status: cancelled ? 'absent' : 'failed', error: cancelled ? null : error });
      throw error;
    }
  }

  function ensure(
    ids: readonly string[],
    rules: ReadonlyMap<string, RuleSet> | null,
    context: TaskContext,
  ): Promise<void> {
    // One at a time: two askers never make the same table at once.
    const mine = turn.then(async () => {
      for (const id of ids) {
        if (context.signal.aborted) throw new Fault({ code: 'cancelled', message: 'Loading was cancelled.' });
        await ensureOne(id, rules, context);
      }
    });
    turn = mine.catch(() => {});
    return mine;
  }

  return {
    use,
    engine,
    setSources(sources, joins) {
      const names = tableNames(sources);
      use.setState(({ sources: before }) => ({
        sources: sources.flatMap((source) => {
          const tables = names.get(source.id);
          if (!tables) return [];
          const kept = before.find((one) => one.source.id === source.id && one.tables.clean === tables.clean);
          return [kept ? { ...kept, source } : absent(source, tables)];
        }),
        joins: workspaceJoins(joins, names),
      }));
      turn = turn.then(join, join);
    },
    setRows: (rows) => use.setState({ rows }),
    ensure,
    ensureRaw: (ids, context) => ensure(ids, null, context),
    async close() {
      if (started) await (await started).close();
      started = null;
    },
  };
}
