import { useEffect, useState } from 'react';
import { compilePlan } from '../../shared/compile/compile';
import { countsQuery, lookupsOf, traceQuery } from '../../shared/compile/duckdb';
import { countsFrom } from '../../shared/compile/measures';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import { emptyRuleSet } from '../../shared/document/rule-set';
import { type AnyOperation, operations } from '../../shared/operations/registry';
import { viewColumns } from '../../shared/trace/view';
import type { ColumnStats } from '../grid/column-stats';
import { useWorkbench } from '../state/context';
import { isCancelled } from '../state/fault';
import type { PreviewPlan } from '../state/preview/plan';
import { planOf } from '../state/preview/view';
import type { Workbench } from '../state/workbench';
import { newStep } from './new-step';

/** What a new step would do to a column. */
export type Effect = { readonly changed: number; readonly left: number };

/** An operation for a column; `effect` is undefined while it is counted and null where it can't be beforehand. */
export type Offer = { readonly operation: AnyOperation; readonly effect: Effect | null | undefined };

/** Operations that mend what is wrong in a few cells, and so fit wherever they change something. */
const MENDING = new Set(['trim', 'collapse-whitespace', 'nullify']);
const FITTING: Readonly<Record<string, ColumnStats['kind']>> = { email: 'e-mail', phone: 'phone' };

const forColumn = operations.filter(({ targets }) => targets.most > 0);

/** Best first: made for this kind of value, then mending something, then the others; what changes nothing last. */
function rank({ operation, effect }: Offer, kind: ColumnStats['kind'] | undefined): number {
  if (effect && effect.changed + effect.left === 0) return 4;
  if (kind !== undefined && FITTING[operation.id] === kind) return 0;
  if (MENDING.has(operation.id)) return 1;
  return FITTING[operation.id] === undefined ? 2 : 3;
}

async function effectOf(
  workbench: Workbench,
  operation: AnyOperation,
  column: string,
  signal: AbortSignal,
): Promise<Effect | null> {
  const plan = compilePlan({ ...emptyRuleSet('effect'), steps: [newStep(operation, [column])] }, [column]);
  // Lookups take a worker's time for every value: not for a menu.
  if (lookupsOf(plan).length > 0) return null;
  const { step: selected } = workbench.store.getState();
  // A new step comes after the selected one, or last.
  const place = (whole: PreviewPlan) => {
    const index = whole.steps.findIndex(({ id }) => id === selected);
    const until = planOf(whole, index < 0 ? null : index);
    const version = viewColumns(until, index < 0 ? null : index).find((one) => one.column === column);
    return { id: version?.after ?? 'c0', actions: until.actions.length };
  };
  return workbench.preview.query(
    (whole) => [place(whole).id],
    async (relation, whole, engine) => {
      const { id, actions } = place(whole);
      const source = `(SELECT r, ${quote.identifier(id)} AS c0 FROM ${relation} WHERE f IS NULL OR f >= ${actions})`;
      const trace = traceQuery(plan, { source, lookups: [], survivors: false });
      const { names, columns } = await engine.query(countsQuery(plan, `(${trace})`), signal);
      const values = Object.fromEntries(names.map((name, i) => [name, Number(columns[i]?.[0] ?? 0)]));
      const { steps, rejected, filtered } = countsFrom(plan, values);
      return { changed: steps[0]?.changedCells ?? 0, left: rejected + filtered };
    },
    signal,
  );
}

/** Steps for a column, best first, each with what it would do; counted one after the other. */
export function useOffers(column: string, kind: ColumnStats['kind'] | undefined): readonly Offer[] {
  const workbench = useWorkbench();
  const [effects, setEffects] = useState<ReadonlyMap<string, Effect | null>>(new Map());
  useEffect(() => {
    const aborting = new AbortController();
    const count = async () => {
      for (const operation of forColumn) {
        const effect = await effectOf(workbench, operation, column, aborting.signal).catch(
          (error: unknown) => {
            if (isCancelled(error)) throw error;
            return null;
          },
        );
        if (aborting.signal.aborted) return;
        setEffects((before) => new Map(before).set(operation.id, effect));
      }
    };
    count().catch((error: unknown) => {
      if (!isCancelled(error)) throw error;
    });
    return () => aborting.abort();
  }, [workbench, column]);
  // In the order of the library until all are counted: nothing moves under the pointer.
  const offers = forColumn.map((operation): Offer => ({ operation, effect: effects.get(operation.id) }));
  if (effects.size < forColumn.length)
    return offers.sort((a, b) => rank({ ...a, effect: null }, kind) - rank({ ...b, effect: null }, kind));
  return offers.sort((a, b) => rank(a, kind) - rank(b, kind));
}
