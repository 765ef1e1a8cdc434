import type { ReactNode } from 'react';
import type { StreamProgress } from '../../shared/contract/calls/streams';
import { count, duration, plural, since } from '../shell/words';
import { CountsSum } from './counts-sum';
import { StepCounts } from './step-counts';
import './stream-progress.css';

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const perSecond = (rate: number): string => (rate < 10 ? rate.toFixed(1) : count(Math.round(rate)));

/** What a stream has done so far: lag, rate and the last batch; counts that add up; what each step did. */
export function StreamProgressView({ progress }: { progress: StreamProgress }) {
  const { messages, tombstones, unreadable, unknownFields, lastBatch, lag, partitions } = progress;
  return (
    <div className="report">
      <dl className="stream-facts">
        <Fact label="Messages waiting">
          <strong data-behind={(lag ?? 0) > 0}>{lag === null ? 'not known yet' : count(lag)}</strong>
        </Fact>
        <Fact label="Messages a second">
          <strong>{progress.perSecond === null ? '–' : perSecond(progress.perSecond)}</strong>
        </Fact>
        <Fact label="Last batch">
          {lastBatch ? (
            <span title={since(lastBatch.finished).exact}>
              <strong>{since(lastBatch.finished).words}</strong>{' '}
              <span className="muted">
                {plural(lastBatch.messages, 'message')} in {duration(lastBatch.seconds)}
              </span>
            </span>
          ) : (
            <strong>none yet</strong>
          )}
        </Fact>
        <Fact label="Batches">
          <strong>{count(progress.batches)}</strong>
        </Fact>
      </dl>
      <p className="muted">
        {plural(messages, 'message')} read, {count(tombstones)} of them{' '}
        {tombstones === 1 ? 'a tombstone that goes' : 'tombstones that go'} on as{' '}
        {tombstones === 1 ? 'it is' : 'they are'}; {count(unreadable)} could not be read and{' '}
        {unreadable === 1 ? 'lies' : 'lie'} in the quarantine with the reason and the offset.
      </p>
      {unknownFields > 0 && (
        <p className="stream-unknown" role="note">
          {plural(unknownFields, 'message')} had fields that the rules do not know; the cleaned rows lack
          them. Take a new sample to see them.
        </p>
      )}
      <CountsSum counts={progress.counts} />
      <StepCounts steps={progress.counts.steps} />
      {partitions.length > 0 && (
        <table className="plain-table stream-partitions" aria-label="Partitions">
          <thead>
            <tr>
              <th scope="col" className="number">
                Partition
              </th>
              <th scope="col" className="number">
                Goes on at
              </th>
              <th scope="col" className="number">
                Topic ends at
              </th>
              <th scope="col" className="number">
                Waiting
              </th>
            </tr>
          </thead>
          <tbody>
            {partitions.map(({ partition, next, latest }) => (
              <tr key={partition}>
                <td className="number">{partition}</td>
                <td className="number">{count(next)}</td>
                <td className="number">{latest === null ? '–' : count(latest)}</td>
                <td className="number">{latest === null ? '–' : count(Math.max(0, latest - next))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="muted small" title={since(progress.updated).exact}>
        The job told this {since(progress.updated).words}.
      </p>
    </div>
  );
}
