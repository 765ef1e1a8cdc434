import type { Source } from '../../shared/document/project';
import { FaultNotice } from '../shell/fault-notice';
import { useLoaded } from '../shell/use-call';
import { useRuleSet, useWorkbench, useWorkbenchState } from '../state/context';
import { ClusterChoice, useClusters } from './cluster-choice';
import { StreamReviewForm } from './stream-review';

type Props = { source: Source; onStarted: () => void };

/** Reviews what would run on a topic without end, and starts it. */
export function StreamPublish({ source, onStarted }: Props) {
  const workbench = useWorkbench();
  const ruleSet = useRuleSet();
  const sample = useWorkbenchState((state) => state.sample);
  const clusters = useClusters(source.connection);
  const { connection } = clusters;
  const columns = sample.status === 'ready' ? sample.sample.columns : null;
  const review = useLoaded(JSON.stringify([connection?.id, source.id, ruleSet, columns]), async (signal) => {
    if (!connection || !columns) return null;
    await workbench.settled();
    const order = { source: source.id, connection: connection.id, columns: [...columns] };
    return workbench.host.call('stream.review', order, { signal });
  });

  return (
    <div className="publish-content">
      <header>
        <h2>Publish as a stream</h2>
        <p className="muted">
          The same rules run on the messages of the topic as they come, until you stop them. What the preview
          shows is what the stream writes.
        </p>
      </header>
      <ClusterChoice {...clusters} />
      {connection && !columns && (
        <p className="muted" role="status">
          The rules’ columns come from a sample of the topic, which is not there yet.
        </p>
      )}
      {review.status === 'failed' && (
        <FaultNotice
          error={review.error}
          doing="The review"
          button={{ label: 'Review again', run: review.reload }}
        />
      )}
      {review.status === 'loading' && connection && columns && (
        <p className="muted" role="status">
          Reviewing what would run…
        </p>
      )}
      {review.value && connection && columns && (
        <StreamReviewForm
          key={`${connection.id} ${review.value.planHash}`}
          source={source}
          connection={connection.id}
          columns={columns}
          review={review.value}
          onStarted={onStarted}
        />
      )}
    </div>
  );
}
