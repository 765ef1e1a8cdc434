import type { ReactNode } from 'react';
import type { Connection, ConnectionKind } from '../../shared/connections/connection';
import { AddSource } from './add-source';

export type BrowserProps = {
  connection: Connection;
  /** A source was added, or the steward has seen enough. */
  onDone: () => void;
  /** Leads to the connection's form. */
  onEdit: () => void;
};

/** What a kind of connection is browsed with, in the middle of the window. */
export const browsers: Readonly<Record<ConnectionKind, (props: BrowserProps) => ReactNode>> = {
  local: AddSource,
  hdfs: AddSource,
  kafka: TopicsToCome,
};

function TopicsToCome({ connection }: BrowserProps) {
  return (
    <section className="pane add-source" data-pane="add-source" tabIndex={-1} aria-label="Topics">
      <div className="empty">
        <h3>{connection.name}</h3>
        <p className="muted">Topics can’t be browsed in this version. The connection can be tested.</p>
      </div>
    </section>
  );
}
