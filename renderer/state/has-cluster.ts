import { isFiles } from '../../shared/document/dialect';
import { useLoaded } from '../shell/use-call';
import { useWorkbench, useWorkbenchState } from './context';

/** A cluster that runs jobs, as far as a steward chooses among them. */
export type JobCluster = { readonly id: string; readonly name: string };

const NONE: readonly JobCluster[] = [];

/**
 * The clusters that may run a job on the source that is looked at: the one that it is on; any, for a topic. Null until
 * they are known.
 */
export function useJobClusters(): readonly JobCluster[] | null {
  const { host } = useWorkbench();
  const source = useWorkbenchState(
    ({ project, source: id }) => project?.project.sources.find((one) => one.id === id) ?? null,
  );
  const any = source !== null && !isFiles(source.dialect);
  const own = source?.connection ?? 'local';
  const found = useLoaded(`${own} ${any}`, async (signal) => {
    if (own === 'local') return NONE;
    const connections = await host.call('connections.list', {}, { signal });
    return connections
      .filter((one) => one.kind === 'hdfs' && one.livy !== undefined && (any || one.id === own))
      .map(({ id, name }) => ({ id, name }));
  });
  return found.value ?? null;
}

/** Whether the source that is looked at is on a cluster that runs jobs, or is a topic and there is one. */
export function useHasCluster(): boolean {
  return (useJobClusters() ?? NONE).length > 0;
}
