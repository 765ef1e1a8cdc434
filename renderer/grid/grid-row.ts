import type { Action, Leave, Merge } from '../../shared/compile/plan';
import { isExit } from '../../shared/compile/plan';
import { type ViewStep, viewColumns } from '../../shared/trace/view';
import { count } from '../shell/words';
import type { PreviewPlan } from '../state/preview/plan';
import type { ViewRow } from '../state/preview/view';

/** What the rows of one view have in common. */
export type GridView = {
  readonly plan: PreviewPlan;
  readonly step: ViewStep;
  readonly names: readonly string[];
  readonly index: ReadonlyMap<string, number>;
  /** A row’s number in words. */
  readonly label: (row: number) => string;
  /** Whether a row was added to the sample to cover a shape. */
  readonly isAdded: (row: number) => boolean;
  /** Whether a column can differ from before in this view. */
  readonly changes: readonly boolean[];
};

/** A row in the grid. */
export type GridRow = ViewRow & { readonly view: GridView };

export type GridCell = {
  readonly before: string | null;
  readonly after: string | null;
  /** Why the row was rejected, where this cell is the cause. */
  readonly reason: string | null;
};

export function gridView(
  plan: PreviewPlan,
  step: ViewStep,
  label = count as GridView['label'],
  isAdded: GridView['isAdded'] = () => false,
): GridView {
  const columns = viewColumns(plan, step);
  return {
    plan,
    step,
    label,
    isAdded,
    names: columns.map(({ column }) => column),
    index: new Map(columns.map(({ column }, i) => [column, i])),
    changes: columns.map(({ before, after }) => before !== after),
  };
}

/** A row's cell in a column; undefined where the view has no such column. */
export function cellOf(row: GridRow | undefined, column: string): GridCell | undefined {
  const i = row?.view.index.get(column);
  if (row === undefined || i === undefined) return undefined;
  const departure = row.fate === null ? null : departureOf(row);
  const cause = departure?.fate === 'rejected' && departure.column === column;
  return {
    before: row.before[i] ?? null,
    after: row.after[i] ?? null,
    reason: cause ? departure.reason : null,
  };
}

export const isChanged = ({ before, after }: Pick<GridCell, 'before' | 'after'>): boolean => before !== after;

/** How a row left, up to the step that is looked at. */
export type Departure = {
  readonly fate: 'filtered' | 'rejected' | 'merged';
  /** Step, counting from 1. */
  readonly step: number;
  readonly reason: string;
  readonly column: string | null;
  /** The row that it went into, in words. */
  readonly survivor: string | null;
};

export function departureOf({ fate, survivor, view }: GridRow): Departure | null {
  const action: Action | undefined = fate === null ? undefined : view.plan.actions[fate];
  if (!action || !isExit(action)) return null;
  const exit: Leave | Merge = action;
  return {
    fate: exit.kind === 'merge' ? 'merged' : exit.fate,
    step: exit.step + 1,
    reason: exit.reason,
    column: exit.column,
    survivor: exit.kind === 'merge' && survivor !== null ? view.label(survivor) : null,
  };
}
