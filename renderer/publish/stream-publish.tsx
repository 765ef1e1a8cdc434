import type { Source } from '../../shared/document/project';
import { useLoaded } from '../shell/use-call';
import { useRuleSet, useWorkbench, useWorkbenchState } from '../state/context';
import { useClusters } from './cluster-choice';
import { ReviewFrame } from './review-frame';
import { StreamReviewForm } from './stream-review';

type Props = { source: Source; onStarted: () => void };

const NO_SAMPLE = 'The rules’ columns come from a sample of the topic, which is not there yet.';
const NO_COLUMNS =
  'The sample holds no message, so there are no columns that rules could work on. Draw it again once messages have come.';

/** Reviews what would run on a topic without end, and starts it. */
export function StreamPublish({ source, onStarted }: Props) {
  const workbench = useWorkbench();
  const ruleSet = useRuleSet();
  const sample = useWorkbenchState((state) => state.sample);
  const clusters = useClusters(source.connection);
  const { connection: chosen } = clusters;
  const drawn = sample.status === 'ready' ? sample.sample.columns : null;
  const columns = drawn && drawn.length > 0 ? drawn : null;
  const review = useLoaded(JSON.stringify([chosen?.id, source.id, ruleSet, columns]), async (signal) => {
    if (!chosen || !columns) return null;
    await workbench.settled();
    const order = { source: source.id, connection: chosen.id, columns: [...columns] };
    return workbench.host.call('stream.review', order, { signal });
  });
  return (
    <ReviewFrame
      title="Publish as a stream"
      about="The same rules run on the messages of the topic as they come, until you stop them. What the preview shows is what the stream writes."
      {...{ clusters, review }}
      waiting={columns ? null : drawn ? NO_COLUMNS : NO_SAMPLE}
    >
      {(found, connection) => (
        <StreamReviewForm
          key={`${connection.id} ${found.planHash}`}
          source={source}
          connection={connection.id}
          columns={columns ?? []}
          review={found}
          onStarted={onStarted}
        />
      )}
    </ReviewFrame>
  );
}
