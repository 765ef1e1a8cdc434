import { useState } from 'react';
import { isFault } from '../../../shared/contract/errors';
import { FaultNotice } from '../../shell/fault-notice';
import { Icon } from '../../shell/icons';
import { useLoaded } from '../../shell/use-call';
import { useWorkbench } from '../../state/context';
import type { BrowserProps } from '../browsers';
import { lastPlaces, rememberPlace } from '../last-places';
import { TopicList } from './topic-list';
import { TopicPreview } from './topic-preview';
import { useRates } from './use-rates';
import './topics.css';

/** Faults that the connection's form is the place to mend. */
const OF_CONNECTION = [
  ...['connection.secret-missing', 'connection.pem', 'kafka.sign-in', 'kafka.mechanism', 'kafka.tls'],
  ...['kafka.no-sign-in', 'kafka.closed', 'kafka.client-certificate', 'kafka.unreachable', 'kafka.timeout'],
];

/** Chooses a topic of a connection, looks into it, and adds it to the project. */
export function TopicBrowser({ connection, onDone, onEdit }: BrowserProps) {
  const { host } = useWorkbench();
  const [chosen, setChosen] = useState<string | null>(() => lastPlaces(connection.id)[0] ?? null);
  const listed = useLoaded('topics', (signal) =>
    host.call('topics.list', { connection: connection.id }, { signal }),
  );
  const topics = listed.value?.topics ?? [];
  const rates = useRates(
    connection.id,
    topics.filter(({ internal }) => !internal).map(({ name }) => name),
  );
  const topic = topics.find(({ name }) => name === chosen);
  const choose = (name: string) => {
    rememberPlace(connection.id, name);
    setChosen(name);
  };
  return (
    <section className="pane add-source" data-pane="add-source" tabIndex={-1} aria-label="Topics">
      <div className="pane-head">
        <h2>
          Add a topic <span className="muted">from {connection.name}</span>
        </h2>
        <button type="button" className="button quiet icon-only" aria-label="Close" onClick={onDone}>
          <Icon name="close" />
        </button>
      </div>
      <div className="add-source-columns">
        <div className="add-source-files">
          {listed.status === 'failed' ? (
            <FaultNotice
              error={listed.error}
              doing="Listing the topics"
              button={
                isFault(listed.error, ...OF_CONNECTION)
                  ? { label: 'Edit the connection', run: onEdit }
                  : { label: 'Try again', run: listed.reload }
              }
            />
          ) : listed.value === null ? (
            <p className="muted" role="status">
              Listing the topics…
            </p>
          ) : (
            <>
              {listed.value.registryFault !== null && (
                <p className="topics-registry small">
                  <Icon name="warning" /> {listed.value.registryFault}
                </p>
              )}
              <TopicList topics={topics} rates={rates} chosen={chosen} onChoose={choose} />
            </>
          )}
        </div>
        <div className="add-source-preview">
          {topic ? (
            <TopicPreview key={topic.name} connection={connection.id} topic={topic} onAdded={onDone} />
          ) : (
            <div className="empty">
              <h3>Choose a topic to look into it</h3>
              <p className="muted">
                You see its partitions, how its messages are read and the last of them before anything is
                added. No consumer group is joined, and nothing is committed.
              </p>
            </div>
          )}
        </div>
      </div>
    </section>
  );
}
