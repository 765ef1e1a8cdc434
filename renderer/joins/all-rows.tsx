import { useState } from 'react';
import type { Join } from '../../shared/document/join';
import type { Source } from '../../shared/document/project';
import type { JoinCounts } from '../../shared/joins/check';
import { useRuleSets } from '../analysis/use-rule-sets';
import { FaultNotice } from '../shell/fault-notice';
import { Icon } from '../shell/icons';
import { runTask } from '../shell/tasks';
import { useAttempt } from '../shell/use-call';
import { duration, plural } from '../shell/words';
import { useWorkbench } from '../state/context';
import { stateOf } from './checked';

type Found = {
  readonly of: string;
  readonly counts: JoinCounts;
  readonly unreadable: { readonly from: number; readonly to: number };
  readonly seconds: number;
};
export type AllRowsState = {
  /** Counts over all rows, as long as the rules are the same. */
  readonly checked: JoinCounts | null;
  readonly found: Found | null;
  readonly busy: boolean;
  readonly error: unknown;
  readonly run: () => void;
};

/** Counting along a join over all rows, by the host. */
export function useAllRows(join: Join): AllRowsState {
  const workbench = useWorkbench();
  const ruleSets = useRuleSets();
  const attempt = useAttempt();
  const [found, setFound] = useState<Found | null>(null);
  const state = stateOf(join, ruleSets, []);
  const current = found?.of === state ? found : null;
  const run = () =>
    void attempt.run(() =>
      runTask('Checking all rows', async ({ signal, progress }) => {
        await workbench.settled();
        const answer = await workbench.host.call(
          'join.check',
          { join: join.id },
          {
            signal,
            onProgress: ({ source, phase, ...told }) =>
              progress({ words: phase === 'comparing' ? 'comparing keys' : `${phase} ${source}`, ...told }),
          },
        );
        setFound({ of: state, ...answer });
      }),
    );
  return { checked: current?.counts ?? null, found: current, busy: attempt.busy, error: attempt.error, run };
}

type Props = { all: AllRowsState; sources: readonly Source[] };

/** Offers to count all rows, where both sources are files of this computer. */
export function AllRows({ all, sources }: Props) {
  const { found, busy, error, run } = all;
  if (sources.some((one) => one.connection !== 'local'))
    return (
      <p className="muted small">All rows are counted only where both sources are files of this computer.</p>
    );
  const unreadable = found ? found.unreadable.from + found.unreadable.to : 0;
  return (
    <div className="join-all">
      {error !== null && (
        <FaultNotice error={error} doing="Checking all rows" button={{ label: 'Check all rows', run }} />
      )}
      {found ? (
        <p className="small" role="status">
          <Icon name="check" /> All rows were counted in {duration(found.seconds)}.
          {unreadable > 0 && ` ${plural(unreadable, 'record')} that cannot be read are not among them.`}
        </p>
      ) : (
        error === null && (
          <button type="button" className="button" disabled={busy} onClick={run}>
            <Icon name="play" />
            {busy ? 'Checking all rows…' : 'Check all rows'}
          </button>
        )
      )}
    </div>
  );
}
