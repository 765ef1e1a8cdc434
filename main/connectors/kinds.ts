import type { Connection, ConnectionKind } from '../../shared/connections/connection';
import { hdfsKind } from './hdfs/kind';
import { kafkaKind } from './kafka/kind';
import type { ConnectorKind } from './kind';
import { localKind } from './local/kind';

/** Every kind of connection. */
const kinds: Readonly<Record<ConnectionKind, ConnectorKind>> = {
  local: localKind,
  hdfs: hdfsKind,
  kafka: kafkaKind,
};

/** The kind of a connection. */
export const kindOf = (connection: Connection): ConnectorKind => kinds[connection.kind];
