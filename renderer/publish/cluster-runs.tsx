import { count, since } from '../shell/words';
import { useWorkbench } from '../state/context';
import { ClusterRunDetail } from './cluster-run-detail';
import { RunState } from './run-state';
import { useWatched, WatchedList } from './watched-list';

const idOf = ({ runId }: { readonly runId: string }) => runId;

/** Every run on a cluster, with its state as it changes. */
export function ClusterRuns() {
  const { host } = useWorkbench();
  const watched = useWatched({
    name: 'runs',
    load: (signal) => host.call('publish.runs', {}, { signal }),
    listen: (changed) => host.on('publish.changed', changed),
    idOf,
    madeAt: ({ submitted }) => submitted,
  });
  return (
    <WatchedList
      title="Runs on clusters"
      about="A run goes on when this window is closed; its state is asked of the cluster."
      doing="Asking for runs"
      nothing="No run yet. What you publish to a cluster is watched here."
      {...{ watched, idOf }}
      state={(run) => <RunState run={run} />}
      columns={[
        {
          title: 'Submitted',
          cell: ({ submitted }) => since(submitted).words,
          hover: ({ submitted }) => since(submitted).exact,
        },
        {
          title: 'Rows read',
          isNumber: true,
          cell: ({ report }) => (report?.counts ? count(report.counts.read) : '–'),
        },
        {
          title: 'Kept',
          isNumber: true,
          cell: ({ report }) => (report?.counts ? count(report.counts.kept) : '–'),
        },
      ]}
    >
      {(run) => <ClusterRunDetail key={run.runId} run={run} onChanged={watched.put} />}
    </WatchedList>
  );
}
