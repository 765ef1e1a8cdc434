import { useEffect, useState } from 'react';
import { isExit, type Plan } from '../../shared/compile/plan';
import { historyIds, historyOf, historyQuery } from '../../shared/trace/view';
import { withOddGlyphs } from '../grid/glyphs';
import { FaultNotice } from '../shell/fault-notice';
import { reportFault } from '../shell/faults';
import { useRuleSet, useWorkbench, useWorkbenchState } from '../state/context';
import { isCancelled } from '../state/fault';
import type { CellPlace } from '../state/model';
import type { Workbench } from '../state/workbench';
import { canBePinned, exampleOf, hides, pinCell } from './pin';
import './history.css';

type Version = {
  /** Index of the step; null for the value at the source. */
  readonly step: number | null;
  readonly value: string | null;
  /** Number of the row the value was taken from, where that is another one. */
  readonly from: number | null;
};
type CellHistoryState = {
  readonly cell: CellPlace;
  readonly versions: readonly Version[];
  readonly left: { readonly step: number; readonly words: string } | null;
};

async function readHistory(
  workbench: Workbench,
  cell: CellPlace,
  step: string | null,
  signal: AbortSignal,
): Promise<CellHistoryState> {
  const entriesIn = (plan: Plan) => {
    const at = plan.steps.findIndex(({ id }) => id === step);
    return historyOf(plan, cell.column, at < 0 ? null : at);
  };
  return workbench.preview.query(
    step,
    (plan) => historyIds(entriesIn(plan)),
    async (relation, plan, engine) => {
      const entries = entriesIn(plan);
      const table = await engine.query(historyQuery(relation, entries, cell.row), signal);
      const value = (i: number) => {
        const found = table.columns[i]?.[0] ?? null;
        return found === null ? null : String(found);
      };
      const fate = value(0);
      const exit = fate === null ? undefined : plan.actions[Number(fate)];
      const left =
        exit && isExit(exit)
          ? { step: exit.step, words: `${exit.kind === 'merge' ? 'merged' : exit.fate}: ${exit.reason}` }
          : null;
      const versions = entries.map((entry, i): Version => {
        const from = Number(value(2 * i + 2) ?? cell.row);
        return { step: entry.step, value: value(2 * i + 1), from: from === cell.row ? null : from };
      });
      return { cell, versions, left };
    },
    signal,
  );
}

/** Why a cell holds what it holds: its value at the source, then each step that changed it. */
export function CellHistory() {
  const workbench = useWorkbench();
  const cell = useWorkbenchState((state) => state.cell);
  const step = useWorkbenchState((state) => state.step);
  const version = useWorkbenchState((state) => state.preview.version);
  const [history, setHistory] = useState<CellHistoryState | null>(null);
  const [error, setError] = useState<unknown>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version asks again
  useEffect(() => {
    if (!cell) return;
    const aborting = new AbortController();
    readHistory(workbench, cell, step, aborting.signal).then(
      (found) => {
        if (aborting.signal.aborted) return;
        setHistory(found);
        setError(null);
      },
      (failure: unknown) => {
        if (!aborting.signal.aborted && !isCancelled(failure)) setError(failure);
      },
    );
    return () => aborting.abort();
  }, [workbench, cell, step, version]);

  if (!cell) return <p className="muted history-empty">Choose a cell to see where its value comes from.</p>;
  if (error !== null) return <FaultNotice error={error} doing="Reading the cell’s history" />;
  // Until another cell's history is there, heading and versions go on to tell of the same cell.
  const told = history?.cell ?? cell;
  return (
    <div className="history" aria-busy={told !== cell || history === null}>
      <h3 className="ellipsis">
        {told.column}, row {workbench.preview.label(told.row)}
      </h3>
      {history && <Versions history={history} />}
    </div>
  );
}

function Versions({ history }: { history: CellHistoryState }) {
  const { versions, left } = history;
  const steps = useRuleSet()?.steps ?? [];
  const hidden = versions.some(({ step }) => {
    const one = steps[step ?? -1];
    return one?.enabled && hides(one);
  });
  const changes = versions.filter((one, i) => i === 0 || one.value !== versions[i - 1]?.value);
  return (
    <ol className="history-list">
      {changes.map((one, i) => (
        <li key={one.step ?? 'source'} data-last={i === changes.length - 1}>
          <VersionItem
            version={one}
            before={versions[versions.indexOf(one) - 1]?.value ?? null}
            row={history.cell.row}
            pinnable={i > 0 && !hidden}
          />
        </li>
      ))}
      {changes.length === 1 && (
        <li className="small">
          <span className="muted">No step changes this cell.</span>{' '}
          <Guard cell={history.cell} value={changes[0]?.value ?? null} />
        </li>
      )}
      {left && (
        <li className="history-left small">
          The row left by step {left.step + 1} ({left.words}). What is below no longer counts.
        </li>
      )}
    </ol>
  );
}

/** Pins a cell that no step changes; or says that it is pinned. */
function Guard({ cell, value }: { cell: CellPlace; value: string | null }) {
  const workbench = useWorkbench();
  const steps = useRuleSet()?.steps ?? [];
  const guarded = steps.some(
    ({ columns, examples }) =>
      columns.includes(cell.column) &&
      examples.some(({ input, output }) => input === value && output === value),
  );
  if (guarded) return <span className="muted">It is kept like this.</span>;
  const pin = () =>
    pinCell(workbench, cell).catch((error: unknown) => {
      if (!isCancelled(error)) reportFault(error, 'Keeping the cell like this');
    });
  return (
    <button type="button" className="link" onClick={() => void pin()}>
      It must stay like this
    </button>
  );
}

function VersionItem({
  version,
  before,
  row,
  pinnable,
}: {
  version: Version;
  before: string | null;
  row: number;
  pinnable: boolean;
}) {
  const workbench = useWorkbench();
  const sentence = useWorkbenchState((state) =>
    version.step === null ? null : (state.preview.plan?.steps[version.step]?.sentence ?? null),
  );
  const step = useRuleSet()?.steps[version.step ?? -1];
  const pinned = step?.examples.some((one) => one.input === before && one.output === version.value) ?? false;
  const pin = () => {
    if (!step) return;
    const cell = { input: before, output: version.value };
    exampleOf(workbench, step, row, cell).then(
      (example) => {
        const examples = [...step.examples, example];
        const fault = workbench.edit({ kind: 'change-step', id: step.id, change: { examples } });
        if (fault) reportFault(fault, 'Keeping the example');
      },
      (error: unknown) => {
        if (!isCancelled(error)) reportFault(error, 'Keeping the example');
      },
    );
  };
  return (
    <>
      <p className="history-value">{shown(version.value)}</p>
      {version.from !== null && (
        <p className="small">taken from row {workbench.preview.label(version.from)}</p>
      )}
      {step ? (
        <p className="small history-step">
          <button type="button" className="link" onClick={() => workbench.selectStep(step.id)}>
            {(version.step ?? 0) + 1} {sentence}
          </button>
          {pinnable &&
            canBePinned(step) &&
            (pinned ? (
              <span className="muted">kept like this</span>
            ) : (
              <button type="button" className="link" onClick={pin}>
                Keep it like this
              </button>
            ))}
        </p>
      ) : (
        <p className="muted small">at the source</p>
      )}
    </>
  );
}

function shown(value: string | null) {
  if (value === null) return <span className="muted">missing</span>;
  if (value === '') return <span className="muted">empty text</span>;
  return <span className="mono">{withOddGlyphs(value)}</span>;
}
