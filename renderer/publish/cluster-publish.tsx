import type { Source } from '../../shared/document/project';
import { useLoaded } from '../shell/use-call';
import { useRuleSet, useWorkbench } from '../state/context';
import { useClusters } from './cluster-choice';
import { ClusterReview } from './cluster-review';
import { ReviewFrame } from './review-frame';

type Props = {
  source: Source;
  onSubmitted: () => void;
  /** Leads to where rows of the sample are verified on a cluster. */
  onVerify: (connection: string) => void;
};

/** Reviews what would run on a cluster, and submits it. */
export function ClusterPublish({ source, onSubmitted, onVerify }: Props) {
  const workbench = useWorkbench();
  const ruleSet = useRuleSet();
  const clusters = useClusters(source.connection);
  const { connection: chosen } = clusters;
  const review = useLoaded(JSON.stringify([chosen?.id, source.id, ruleSet]), async (signal) => {
    if (!chosen) return null;
    await workbench.settled();
    return workbench.host.call('publish.review', { source: source.id, connection: chosen.id }, { signal });
  });
  return (
    <ReviewFrame
      title="Publish to a cluster"
      about="The same rules run as a Spark job on all of the data. What the preview shows is what the job writes."
      {...{ clusters, review }}
    >
      {(found, connection) => (
        <ClusterReview
          key={`${connection.id} ${found.planHash}`}
          source={source}
          connection={connection.id}
          review={found}
          onSubmitted={onSubmitted}
          onVerify={() => onVerify(connection.id)}
        />
      )}
    </ReviewFrame>
  );
}
