import type { Bindings, TableBinding } from '../../shared/analysis/analysis';
import { proposeBindings } from '../../shared/analysis/bindings';
import type { AnyAnalysis } from '../../shared/analysis/registry';
import { compareRuns, runAnalysis } from '../../shared/analysis/run';
import type { Join } from '../../shared/document/join';
import type { Engine, ResultTable } from '../../shared/ports/engine';
import type { CancelSignal } from '../../shared/ports/signal';
import { distinctNames } from './table-names';
import type { WorkspaceSource } from './workspace';

/** Which source plays each input of an analysis, and which of its columns play which role. */
export type Casting = Readonly<
  Record<string, { readonly source: string; readonly columns: Readonly<Record<string, string>> } | undefined>
>;

export type ReadyResult = {
  readonly before: Readonly<Record<string, ResultTable>>;
  readonly after: Readonly<Record<string, ResultTable>>;
  readonly comparison: Readonly<Record<string, ResultTable>> | null;
};

/** Columns that may be cast: those the source is read with. */
export const columnsOf = (source: WorkspaceSource): readonly string[] =>
  distinctNames(source.rawColumns.length > 0 ? source.rawColumns : source.columns);

type Cast = NonNullable<Casting[string]>;

/** Columns that the project's keys between two cast sources name, in place of those that their names propose. */
function byKeys(
  analysis: AnyAnalysis,
  casting: Record<string, Casting[string]>,
  sources: readonly WorkspaceSource[],
  joins: readonly Join[],
): void {
  const put = (input: string, { source, columns }: Cast, role: string, column: string) => {
    const found = sources.find((one) => one.source.id === source);
    if (found && columnsOf(found).includes(column))
      casting[input] = { source, columns: { ...columns, [role]: column } };
  };
  for (const input of analysis.inputs)
    for (const { id, refersTo } of input.columns) {
      const [from, to] = [casting[input.id], refersTo && casting[refersTo.input]];
      const join = joins.find((one) => one.from.source === from?.source && one.to.source === to?.source);
      const [own, other] = [join?.from.columns[0], join?.to.columns[0]];
      if (!from || !to || !refersTo || !own || !other || join?.from.columns.length !== 1) continue;
      put(input.id, from, id, own);
      put(refersTo.input, to, refersTo.column, other);
    }
}

/** A first casting, by the roles of sources, the keys that join them and the usual names of columns. */
export function proposeCasting(
  analysis: AnyAnalysis,
  sources: readonly WorkspaceSource[],
  joins: readonly Join[],
): Casting {
  const available = sources.map((one) => ({
    table: one.source.id,
    role: one.source.role,
    columns: columnsOf(one),
  }));
  const proposed = proposeBindings(analysis.inputs, available);
  const casting: Record<string, Casting[string]> = {};
  for (const { id, role, optional } of analysis.inputs) {
    const found = proposed[id];
    const any = role === null && !optional ? available[0] : undefined;
    if (found) casting[id] = { source: found.table, columns: found.columns };
    else if (any) casting[id] = { source: any.table, columns: {} };
  }
  byKeys(analysis, casting, sources, joins);
  return casting;
}

/** Ids of the sources that a casting needs. */
export const sourcesOf = (casting: Casting): readonly string[] => [
  ...new Set(Object.values(casting).flatMap((one) => (one ? [one.source] : []))),
];

function bind(
  analysis: AnyAnalysis,
  casting: Casting,
  sources: readonly WorkspaceSource[],
  side: 'raw' | 'clean',
): Bindings {
  const bindings: Record<string, TableBinding> = {};
  for (const { id } of analysis.inputs) {
    const cast = casting[id];
    const source = sources.find((one) => one.source.id === cast?.source);
    if (cast && source) bindings[id] = { table: source.tables[side], columns: cast.columns };
  }
  const merged = side === 'clean' ? mergedBinding(analysis, casting, sources) : null;
  if (merged) bindings.merged = merged;
  return bindings;
}

/** Merged customers go on under the one who was kept; the workspace knows which rows went into which. */
function mergedBinding(
  analysis: AnyAnalysis,
  casting: Casting,
  sources: readonly WorkspaceSource[],
): TableBinding | null {
  if (!analysis.inputs.some(({ id, optional }) => id === 'merged' && optional)) return null;
  const customers = casting.customers;
  const source = sources.find((one) => one.source.id === customers?.source);
  const id = customers?.columns.id;
  if (!source || source.merged === 0 || id === undefined) return null;
  return { table: source.tables.merged, columns: { from: `removed ${id}`, into: `kept ${id}` } };
}

/** Runs an analysis on the tables as they were read and as they are cleaned, and compares the two. */
export async function runReady(
  engine: Engine,
  analysis: AnyAnalysis,
  {
    casting,
    parameters,
    sources,
  }: { casting: Casting; parameters: unknown; sources: readonly WorkspaceSource[] },
  signal: CancelSignal,
): Promise<ReadyResult> {
  const on = (side: 'raw' | 'clean') =>
    runAnalysis(
      engine,
      analysis,
      { bindings: bind(analysis, casting, sources, side), parameters, name: side },
      signal,
    );
  const before = await on('raw');
  try {
    const after = await on('clean');
    try {
      const comparison = analysis.comparison
        ? await compareRuns(engine, analysis.comparison, { before: 'raw', after: 'clean' }, signal)
        : null;
      return { before: before.results, after: after.results, comparison };
    } finally {
      await after.dispose();
    }
  } finally {
    await before.dispose();
  }
}
