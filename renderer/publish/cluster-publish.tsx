import type { Source } from '../../shared/document/project';
import { FaultNotice } from '../shell/fault-notice';
import { useLoaded } from '../shell/use-call';
import { useRuleSet, useWorkbench } from '../state/context';
import { ClusterChoice, useClusters } from './cluster-choice';
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
  const clusters = useClusters(source.connection);
  const { connection } = clusters;
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
      <ClusterChoice {...clusters} />
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
