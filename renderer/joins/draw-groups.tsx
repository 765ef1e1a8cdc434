import { canonicalJson } from '../../shared/compile/hash';
import type { Join } from '../../shared/document/join';
import { type FileSampling, isFileSampling } from '../../shared/document/sampling';
import type { WorkspaceSource } from '../analysis/workspace';
import { useWorkspace } from '../analysis/workspace-context';
import { FaultNotice } from '../shell/fault-notice';
import { Icon } from '../shell/icons';
import { useAttempt } from '../shell/use-call';
import { useWorkbench } from '../state/context';

const SEED = 42;
const ROWS = 20_000;

/** A share of the keys of which both sources have no more than so many rows, as far as their sizes tell. */
export function shareFor(rows: number, totals: readonly number[]): number {
  const share = rows / Math.max(...totals, 1);
  return share >= 1 ? 1 : Number(Math.max(share, 1e-6).toPrecision(2));
}

type Props = { join: Join; from: WorkspaceSource; to: WorkspaceSource };

/** Offers to draw the same whole groups of the key from both sources: then none is missing by chance. */
export function DrawGroups({ join, from, to }: Props) {
  const workbench = useWorkbench();
  const rows = useWorkspace().use((state) => state.rows);
  const attempt = useAttempt();
  const sides = [
    { one: from, columns: join.from.columns },
    { one: to, columns: join.to.columns },
  ];
  const fits = sides.every(
    ({ one, columns }) =>
      isFileSampling(one.source.sampling) && columns.every((name) => one.rawColumns.includes(name)),
  );
  // Drawn so already, and yet not exact: the rules bring other rows together.
  const drawn = sides.every(({ one: { source }, columns }) => {
    const { sampling } = source;
    return sampling.method === 'groups' && canonicalJson(sampling.keys) === canonicalJson(columns);
  });
  if (!fits || drawn) return null;
  const draw = () =>
    attempt.run(async () => {
      await workbench.settled();
      const totals = sides.map(({ one }) => one.total?.rows ?? one.rows);
      const share = shareFor(rows, totals);
      for (const { one, columns } of sides) {
        const sampling: FileSampling = {
          method: 'groups',
          keys: columns,
          share,
          rows: ROWS,
          seed: SEED,
          on: 'here',
        };
        workbench.openProject(
          await workbench.host.call('project.setSampling', { source: one.source.id, sampling }),
        );
      }
      const current = workbench.store.getState().source;
      if (sides.some(({ one }) => one.source.id === current)) workbench.resample();
    });
  return (
    <>
      <button
        type="button"
        className="button"
        disabled={attempt.busy}
        title="Draws every row of some keys, the same keys from both sources, and keeps drawing so"
        onClick={() => void draw()}
      >
        <Icon name="refresh" />
        Draw the same keys from both
      </button>
      {attempt.error !== null && <FaultNotice error={attempt.error} doing="Drawing by key" />}
    </>
  );
}
