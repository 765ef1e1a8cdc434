import { useEffect, useState } from 'react';
import { profile } from '../../shared/analysis/profile';
import { runAnalysis } from '../../shared/analysis/run';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import type { CellValue, ResultTable } from '../../shared/ports/engine';
import { viewColumns } from '../../shared/trace/view';
import { withOddGlyphs } from '../grid/glyphs';
import { FaultNotice } from '../shell/fault-notice';
import { count, percent } from '../shell/words';
import { useWorkbench, useWorkbenchState } from '../state/context';
import { isCancelled } from '../state/fault';
import { planOf } from '../state/preview/view';
import type { Workbench } from '../state/workbench';
import { ShapeCover } from './shape-cover';
import './profile.css';

type Line = { readonly value: string | null; readonly rows: number };
type Profile = {
  readonly column: string;
  readonly figures: ReadonlyMap<string, CellValue>;
  readonly values: readonly Line[];
  readonly shapes: readonly Line[];
};

const VIEW = 'profiled';
const TOP = 8;

function linesOf({ names, columns, rows }: ResultTable, key: string): Line[] {
  const at = (name: string, row: number) => columns[names.indexOf(name)]?.[row] ?? null;
  return Array.from({ length: rows }, (_, row) => {
    const value = at(key, row);
    return { value: value === null ? null : String(value), rows: Number(at('rows', row)) };
  });
}

/** Profiles one column of the rows that reach the step, as they are after it. */
async function readProfile(
  workbench: Workbench,
  column: string,
  stepId: string | null,
  signal: AbortSignal,
): Promise<Profile | null> {
  const versionOf = (plan: Parameters<typeof viewColumns>[0]) => {
    const index = plan.steps.findIndex(({ id }) => id === stepId);
    const step = index < 0 ? null : index;
    return { step, id: viewColumns(plan, step).find((one) => one.column === column)?.after ?? null };
  };
  return workbench.preview.query(
    stepId,
    (plan) => {
      const { id } = versionOf(plan);
      return id === null ? [] : [id];
    },
    async (relation, plan, engine) => {
      const { id, step } = versionOf(plan);
      if (id === null) return null;
      // Rows that this step or an earlier one took out are not part of its result.
      const kept = step === null ? 'f IS NULL' : `f IS NULL OR f >= ${planOf(plan, step).actions.length}`;
      await engine.execute(
        `CREATE OR REPLACE VIEW ${VIEW} AS SELECT ${quote.identifier(id)} AS ${quote.identifier(column)} FROM ${relation} WHERE ${kept}`,
        signal,
      );
      const { results, dispose } = await runAnalysis(
        engine,
        profile,
        {
          name: 'column',
          bindings: { table: { table: VIEW, columns: {} } },
          parameters: { columns: [column], top: TOP },
        },
        signal,
      );
      const { columns: figures, values, shapes } = results;
      await dispose();
      return {
        column,
        figures: new Map(
          figures.names.map((name, i): [string, CellValue] => [name, figures.columns[i]?.[0] ?? null]),
        ),
        values: linesOf(values, 'value'),
        shapes: linesOf(shapes, 'shape'),
      };
    },
    signal,
  );
}

/** What the chosen column holds after the step that is looked at. */
export function ColumnProfile() {
  const workbench = useWorkbench();
  const column = useWorkbenchState((state) => state.column);
  const step = useWorkbenchState((state) => state.step);
  const version = useWorkbenchState((state) => state.preview.version);
  const [found, setFound] = useState<Profile | null>(null);
  const [error, setError] = useState<unknown>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version asks again
  useEffect(() => {
    if (column === null) return;
    const aborting = new AbortController();
    readProfile(workbench, column, step, aborting.signal).then(
      (profile) => {
        if (aborting.signal.aborted) return;
        setFound(profile);
        setError(null);
      },
      (failure: unknown) => {
        if (!aborting.signal.aborted && !isCancelled(failure)) setError(failure);
      },
    );
    return () => aborting.abort();
  }, [workbench, column, step, version]);

  if (column === null) return <p className="muted profile">Choose a column to see what it holds.</p>;
  if (error !== null) return <FaultNotice error={error} doing={`Profiling ${column}`} />;
  const shown = found?.column === column ? found : null;
  return (
    <div className="profile" aria-busy={shown === null}>
      <h3 className="ellipsis">{column}</h3>
      {shown ? <Figures profile={shown} /> : <p className="muted">Reading…</p>}
    </div>
  );
}

function Figures({ profile }: { profile: Profile }) {
  const { figures, values, shapes } = profile;
  const at = (name: string) => Number(figures.get(name) ?? 0);
  const rows = at('rows');
  const list = [
    ['Rows', count(rows)],
    ['Missing', `${count(at('nulls'))} (${percent(rows === 0 ? 0 : at('nulls') / rows)})`],
    ['Empty text', count(at('empty'))],
    ['White space at an end', count(at('padded'))],
    ['Different values', `${figures.get('exact') === false ? 'about ' : ''}${count(at('distinct'))}`],
    ['Length', `${count(at('shortest'))} to ${count(at('longest'))} characters`],
  ] as const;
  return (
    <>
      <dl className="profile-figures">
        {list.map(([label, value]) => (
          <div key={label}>
            <dt className="muted">{label}</dt>
            <dd className="number">{value}</dd>
          </div>
        ))}
      </dl>
      <ShapeCover column={profile.column} />
      <Bars title="Frequent values" lines={values} rows={rows} />
      <Bars title="Shapes in the sample (A a 9 stand for letters and digits)" lines={shapes} rows={rows} />
    </>
  );
}

function Bars({ title, lines, rows }: { title: string; lines: readonly Line[]; rows: number }) {
  if (lines.length === 0) return null;
  const most = Math.max(1, ...lines.map((one) => one.rows));
  return (
    <>
      <h4 className="muted small">{title}</h4>
      <ul className="profile-bars">
        {lines.map((one) => (
          <li key={one.value}>
            <span className="profile-bar" style={{ inlineSize: `${(one.rows / most) * 100}%` }} />
            <span className="mono ellipsis">
              {one.value === '' ? 'empty text' : withOddGlyphs(one.value ?? '')}
            </span>
            <span className="number small" title={percent(one.rows / Math.max(1, rows))}>
              {count(one.rows)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
