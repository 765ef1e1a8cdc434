import { createContext, useEffect, useState } from 'react';
import { isExit } from '../../shared/compile/plan';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import { classBody, WHITE_SPACE } from '../../shared/expression/characters';
import { type ViewStep, viewColumns } from '../../shared/trace/view';
import { useWorkbench, useWorkbenchState } from '../state/context';
import { isCancelled } from '../state/fault';
import type { PreviewPlan } from '../state/preview/plan';
import { planOf } from '../state/preview/view';
import type { Workbench } from '../state/workbench';

/** What a column holds after the step that is looked at, over the rows that reach it. */
export type ColumnStats = {
  readonly rows: number;
  readonly missing: number;
  readonly changed: number;
  /** Rows that the step (or, with all steps together, any) rejected for this column. */
  readonly rejected: number;
  /** What its values look like. */
  readonly kind: 'text' | 'number' | 'date' | 'e-mail' | 'phone' | 'empty';
  /** Rows by length of their text, in bins from the shortest to the longest. */
  readonly lengths: readonly number[];
};

/** Statistics of the columns, for their headers and menus. */
export const ColumnStatsContext = createContext<ReadonlyMap<string, ColumnStats>>(new Map());

/** How long nothing must change before columns are counted, in ms: while one types, the rows come first. */
const PAUSE_MS = 250;

const BINS = 12;
/** Longest text, in characters, that has a bin of its own kind; longer ones share the last. */
const LONGEST = 60;
/** Share of the values that must look alike for the column to be called so. */
const ALIKE = 0.9;
const SHAPES: readonly (readonly [ColumnStats['kind'], string])[] = [
  ['date', '\\A[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}([T ].*)?\\z'],
  // E.164 would pass for a number.
  ['phone', '\\A\\+[0-9]{8,15}\\z'],
  ['number', '\\A[+-]?[0-9][0-9.,]*\\z'],
  ['phone', '\\A(tel:)?[+(]?[0-9][0-9 ()./-]{6,}( ?(x|ext\\.?) ?[0-9]+)?\\z'],
  ['e-mail', '\\A[^@\\s]+@[^@\\s]+\\.[^@\\s]+\\z'],
];
const BLANK = `\\A[${classBody(WHITE_SPACE)}]*\\z`;
const name = quote.identifier;

/** Rows, from the first, by which the kind and the lengths of a column are judged. */
const JUDGED_ROWS = 5_000;
const count = (condition: string) => `CAST(count(*) FILTER (WHERE ${condition}) AS DOUBLE)`;
// Most values begin with a visible character of ASCII, which is far cheaper to see than to match a pattern.
const isFilled = (value: string) =>
  `CASE WHEN ${value} IS NULL THEN FALSE WHEN ascii(${value}) BETWEEN 33 AND 126 THEN TRUE ` +
  `ELSE NOT regexp_matches(${value}, ${quote.text(BLANK)}) END`;

/** Counts over all rows that reach the step. */
function countQuery(plan: PreviewPlan, step: ViewStep, relation: string): string {
  const parts = viewColumns(plan, step).flatMap(({ column, after, before }, i) => {
    const [value, old] = [name(after), before === null ? 'NULL' : name(before)];
    const exits = plan.actions.flatMap((action, index) =>
      isExit(action) && action.column === column && (step === null || action.step === step) ? [index] : [],
    );
    return [
      `${count(`NOT ${isFilled(value)}`)} AS m${i}`,
      `${after === before ? '0::DOUBLE' : count(`${value} IS DISTINCT FROM ${old}`)} AS d${i}`,
      `${exits.length === 0 ? '0::DOUBLE' : count(`f IN (${exits.join(', ')})`)} AS x${i}`,
    ];
  });
  return `SELECT CAST(count(*) AS DOUBLE) AS n, ${parts.join(', ')} FROM ${relation} WHERE ${present(plan, step)}`;
}

/** Kinds and lengths over the first rows. */
function shapeQuery(plan: PreviewPlan, step: ViewStep, relation: string): string {
  const parts = viewColumns(plan, step).flatMap(({ after }, i) => {
    const value = name(after);
    const bin = `least(${BINS - 1}, (length(${value}) * ${BINS}) // ${LONGEST})`;
    return [
      `${count(isFilled(value))} AS v${i}`,
      ...SHAPES.map(
        ([, pattern], n) => `${count(`regexp_matches(${value}, ${quote.text(pattern)})`)} AS s${n}_${i}`,
      ),
      ...Array.from(
        { length: BINS },
        (_, n) => `${count(`${isFilled(value)} AND ${bin} = ${n}`)} AS l${n}_${i}`,
      ),
    ];
  });
  return `SELECT ${parts.join(', ')} FROM ${relation} WHERE r <= ${JUDGED_ROWS} AND (${present(plan, step)})`;
}

/** Condition for the rows that reach a step; with all steps together, every row. */
function present(plan: PreviewPlan, step: ViewStep): string {
  if (step === null) return 'TRUE';
  const first = plan.actions.findIndex((action) => action.step >= step);
  return `f IS NULL OR f >= ${first < 0 ? plan.actions.length : first}`;
}

function readStats(columns: readonly string[], row: ReadonlyMap<string, number>): Map<string, ColumnStats> {
  const at = (key: string) => row.get(key) ?? 0;
  const rows = at('n');
  return new Map(
    columns.map((column, i): [string, ColumnStats] => {
      const missing = at(`m${i}`);
      const judged = at(`v${i}`);
      const alike = SHAPES.find((_, n) => judged > 0 && at(`s${n}_${i}`) >= ALIKE * judged);
      const lengths = Array.from({ length: BINS }, (_, n) => at(`l${n}_${i}`));
      const kind = judged === 0 ? (rows > missing ? 'text' : 'empty') : (alike?.[0] ?? 'text');
      return [column, { rows, missing, changed: at(`d${i}`), rejected: at(`x${i}`), kind, lengths }];
    }),
  );
}

async function columnStats(workbench: Workbench, stepId: string | null, signal: AbortSignal) {
  const stepOf = (plan: PreviewPlan): ViewStep => {
    const index = plan.steps.findIndex(({ id }) => id === stepId);
    return index < 0 ? null : index;
  };
  return workbench.preview.query(
    stepId,
    (plan) =>
      viewColumns(plan, stepOf(plan)).flatMap(({ after, before }) =>
        before === null ? [after] : [after, before],
      ),
    async (relation, whole, engine) => {
      const step = stepOf(whole);
      const plan = planOf(whole, step);
      const row = new Map<string, number>();
      for (const query of [countQuery, shapeQuery]) {
        const { names, columns } = await engine.query(query(plan, step, relation), signal);
        for (const [i, key] of names.entries()) row.set(key, Number(columns[i]?.[0] ?? 0));
      }
      return readStats(
        viewColumns(plan, step).map(({ column }) => column),
        row,
      );
    },
    signal,
  );
}

/** Statistics of the view's columns; those of the view before until the new ones are counted. */
export function useColumnStats(): ReadonlyMap<string, ColumnStats> {
  const workbench = useWorkbench();
  const version = useWorkbenchState((state) => state.preview.version);
  const ready = useWorkbenchState((state) => state.preview.status === 'current');
  const step = useWorkbenchState((state) => state.step);
  const [stats, setStats] = useState<ReadonlyMap<string, ColumnStats>>(new Map());
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version asks again
  useEffect(() => {
    if (!ready) return;
    const aborting = new AbortController();
    const ask = () =>
      columnStats(workbench, step, aborting.signal).then(
        (found) => {
          if (!aborting.signal.aborted) setStats(found);
        },
        (error: unknown) => {
          // The headers do without; what fails here fails in the preview too, which says so.
          if (!isCancelled(error) && !aborting.signal.aborted) setStats(new Map());
        },
      );
    const timer = setTimeout(ask, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      aborting.abort();
    };
  }, [workbench, version, ready, step]);
  return stats;
}
