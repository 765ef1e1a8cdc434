import type { ReactNode } from 'react';
import type { Connection, ConnectionKind } from '../../shared/connections/connection';
import { AddSource } from './add-source';
import { TopicBrowser } from './topics/topic-browser';

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
  kafka: TopicBrowser,
};
