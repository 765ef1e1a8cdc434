import { z } from 'zod';
import { connectionMigrations } from '../document/migrations';
import { validateDocument } from '../document/parse';
import { hdfsConnectionSchema, hdfsSecrets } from './hdfs';
import { kafkaConnectionSchema, kafkaSecrets } from './kafka';
import { localConnectionSchema } from './local';
import type { SecretNeed } from './parts';

export const connectionSchema = z.discriminatedUnion('kind', [
  localConnectionSchema,
  hdfsConnectionSchema,
  kafkaConnectionSchema,
]);
export type Connection = z.output<typeof connectionSchema>;
export type ConnectionKind = Connection['kind'];

/** The secrets that a connection needs, in the order of its form. */
export function secretsOf(connection: Connection): readonly SecretNeed[] {
  switch (connection.kind) {
    case 'local':
      return [];
    case 'hdfs':
      return hdfsSecrets(connection);
    case 'kafka':
      return kafkaSecrets(connection);
  }
}

export const CONNECTIONS_FORMAT = 'dataharmonize/connections';
export const CONNECTIONS_VERSION = 2;

/** A file of connections: the program's own, or an export. It holds no secrets. */
export const connectionsFileSchema = z.strictObject({
  format: z.literal(CONNECTIONS_FORMAT),
  version: z.literal(CONNECTIONS_VERSION),
  connections: z.array(connectionSchema),
});
export type ConnectionsFile = z.output<typeof connectionsFileSchema>;

const kind = {
  noun: 'file of connections',
  format: CONNECTIONS_FORMAT,
  version: CONNECTIONS_VERSION,
  schema: connectionsFileSchema,
  migrations: connectionMigrations,
};

/** Checks data that claims to be a file of connections, of this version or an older one; throws a Fault. */
export const validateConnections = (data: unknown, file: string): ConnectionsFile =>
  validateDocument(kind, data, file);
