import { useLoaded } from '../shell/use-call';
import { useWorkbench, useWorkbenchState } from './context';

/** Whether the source that is looked at is on a cluster that runs jobs. */
export function useHasCluster(): boolean {
  const { host } = useWorkbench();
  const connection = useWorkbenchState(
    ({ project, source }) => project?.project.sources.find((one) => one.id === source)?.connection ?? 'local',
  );
  const found = useLoaded(connection, async (signal) => {
    if (connection === 'local') return false;
    const connections = await host.call('connections.list', {}, { signal });
    const one = connections.find(({ id }) => id === connection);
    return one?.kind === 'hdfs' && one.livy !== undefined;
  });
  return found.value ?? false;
}
