import { useId, useState } from 'react';
import type { Source } from '../../shared/document/project';
import { runAction } from '../shell/actions';
import { FaultNotice } from '../shell/fault-notice';
import { useLoaded } from '../shell/use-call';
import { useRuleSet, useWorkbench } from '../state/context';
import { ClusterReview } from './cluster-review';

type Props = {
  source: Source;
  onSubmitted: () => void;
  /** Leads to where rows of the sample are verified on a cluster. */
  onVerify: (connection: string) => void;
};

/** Reviews what would run on a cluster, and submits it. */
export function ClusterPublish({ source, onSubmitted, onVerify }: Props) {
  const workbench = useWorkbench();
  const { host } = workbench;
  const ruleSet = useRuleSet();
  const connections = useLoaded('connections', (signal) => host.call('connections.list', {}, { signal }));
  const clusters = connections.value?.filter((one) => one.kind === 'hdfs') ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const connection = clusters.find((one) => one.id === (chosen ?? source.connection)) ?? clusters[0];
  const id = useId();
  const review = useLoaded(JSON.stringify([connection?.id, source.id, ruleSet]), async (signal) => {
    if (!connection) return null;
    await workbench.settled();
    return host.call('publish.review', { source: source.id, connection: connection.id }, { signal });
  });

  return (
    <div className="publish-content">
      <header>
        <h2>Publish to a cluster</h2>
        <p className="muted">
          The same rules run as a Spark job on all of the data. What the preview shows is what the job writes.
        </p>
      </header>
      {connections.status === 'failed' && (
        <FaultNotice error={connections.error} button={{ label: 'Try again', run: connections.reload }} />
      )}
      {connections.status === 'ready' && clusters.length === 0 && (
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
            onChange={(event) => setChosen(event.target.value)}
          >
            {clusters.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </div>
      )}
      {review.status === 'failed' && (
        <FaultNotice
          error={review.error}
          doing="The review"
          button={{ label: 'Review again', run: review.reload }}
        />
      )}
      {review.status === 'loading' && connection && (
        <p className="muted" role="status">
          Reviewing what would run…
        </p>
      )}
      {review.value && connection && (
        <ClusterReview
          key={`${connection.id} ${review.value.planHash}`}
          source={source}
          connection={connection.id}
          review={review.value}
          onSubmitted={onSubmitted}
          onVerify={() => onVerify(connection.id)}
        />
      )}
    </div>
  );
}
