import type { ReactNode } from 'react';
import type { HdfsConnection } from '../../shared/connections/hdfs';
import { isFault } from '../../shared/contract/errors';
import { useNamedStep, useStepButton } from '../rules/faulty-step';
import { FaultNotice } from '../shell/fault-notice';
import type { Loaded } from '../shell/use-call';
import { useWorkbench } from '../state/context';
import { ClusterChoice, type Clusters } from './cluster-choice';

type Props<R> = {
  title: string;
  about: string;
  clusters: Clusters;
  review: Loaded<R | null> & { reload: () => void };
  /** What must come first, if anything. */
  waiting?: string | null;
  children: (review: R, connection: HdfsConnection) => ReactNode;
};

/** Chooses where it would run, and shows the review of it when it is there. */
export function ReviewFrame<R>({ title, about, clusters, review, waiting = null, children }: Props<R>) {
  const workbench = useWorkbench();
  const { connection } = clusters;
  const named = useNamedStep();
  const stepButton = useStepButton();
  const error = review.status === 'failed' ? named(review.error) : null;
  return (
    <div className="publish-content">
      <header>
        <h2>{title}</h2>
        <p className="muted">{about}</p>
      </header>
      <ClusterChoice {...clusters} />
      {connection && waiting !== null && (
        <p className="muted" role="status">
          {waiting}
        </p>
      )}
      {error !== null && (
        <FaultNotice
          error={error}
          doing="The review"
          button={
            stepButton(error) ??
            (isFault(error, 'plan.invalid')
              ? { label: 'Go to the steps', run: () => workbench.show('clean') }
              : { label: 'Review again', run: review.reload })
          }
        />
      )}
      {review.status === 'loading' && connection && waiting === null && (
        <p className="muted" role="status">
          Reviewing what would run…
        </p>
      )}
      {review.value !== null && connection && waiting === null && children(review.value, connection)}
    </div>
  );
}
