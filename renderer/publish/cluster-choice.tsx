import { useId, useState } from 'react';
import type { HdfsConnection } from '../../shared/connections/hdfs';
import { runAction } from '../shell/actions';
import { FaultNotice } from '../shell/fault-notice';
import { useLoaded } from '../shell/use-call';
import { useWorkbench } from '../state/context';

export type Clusters = {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly error: unknown;
  readonly clusters: readonly HdfsConnection[];
  /** The chosen one. */
  readonly connection: HdfsConnection | undefined;
  readonly reload: () => void;
  readonly choose: (id: string) => void;
};

/** The clusters among the connections, and which one is chosen: `preferred` unless told, else the first. */
export function useClusters(preferred: string): Clusters {
  const { host } = useWorkbench();
  const loaded = useLoaded('connections', (signal) => host.call('connections.list', {}, { signal }));
  const [chosen, choose] = useState<string | null>(null);
  const clusters = loaded.value?.filter((one) => one.kind === 'hdfs') ?? [];
  return {
    status: loaded.status,
    error: loaded.status === 'failed' ? loaded.error : null,
    clusters,
    connection: clusters.find((one) => one.id === (chosen ?? preferred)) ?? clusters[0],
    reload: loaded.reload,
    choose,
  };
}

/** Chooses a cluster, or leads to connecting to one. */
export function ClusterChoice({ status, error, clusters, connection, reload, choose }: Clusters) {
  const workbench = useWorkbench();
  const id = useId();
  return (
    <>
      {status === 'failed' && <FaultNotice error={error} button={{ label: 'Try again', run: reload }} />}
      {status === 'ready' && clusters.length === 0 && (
        <div className="obstacles" role="note">
          <h3>What stands in the way</h3>
          <p>
            There is no cluster yet. A connection to HDFS with a Livy and a YARN address is needed to publish.
          </p>
          <button
            type="button"
            className="button"
            onClick={() => {
              workbench.show('clean');
              runAction('source.hdfs');
            }}
          >
            Connect to HDFS…
          </button>
        </div>
      )}
      {clusters.length > 0 && (
        <div className="field run-format">
          <label htmlFor={id}>Cluster</label>
          <select
            id={id}
            className="select"
            value={connection?.id}
            onChange={(event) => choose(event.target.value)}
          >
            {clusters.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </div>
      )}
    </>
  );
}
