import { join } from 'node:path';
import {
  CONNECTIONS_FORMAT,
  CONNECTIONS_VERSION,
  type Connection,
  validateConnections,
} from '../../shared/connections/connection';
import { Fault } from '../../shared/contract/errors';
import type { Connector } from '../../shared/ports/connector';
import type { Topics } from '../../shared/ports/topics';
import type { FindSecret } from '../connectors/kind';
import { kindOf } from '../connectors/kinds';
import { type ConnectionSecrets, openConnectionSecrets } from './connection-secrets';
import { openStore } from './data-folder';

const LOCAL: Connection = { id: 'local', kind: 'local', name: 'This computer' };

/** The connections a steward has set up; `local` is always there. */
export type Connections = {
  readonly secrets: ConnectionSecrets;
  list(): Promise<readonly Connection[]>;
  save(connection: Connection): Promise<readonly Connection[]>;
  /** Adds several at once. */
  add(connections: readonly Connection[]): Promise<readonly Connection[]>;
  remove(id: string): Promise<readonly Connection[]>;
  find(id: string): Promise<Connection>;
  /** The files of a connection; close them when done. */
  connect(id: string): Promise<Connector>;
  /** The topics of a connection; close them when done. */
  topics(id: string): Promise<Topics>;
  secretsOf(connection: Connection): FindSecret;
};

/** Opens the connections kept in a folder. */
export function openConnections(
  folder: string,
  secrets: ConnectionSecrets = openConnectionSecrets(null),
): Connections {
  const store = openStore(join(folder, 'connections.json'), validateConnections, {
    format: CONNECTIONS_FORMAT,
    version: CONNECTIONS_VERSION,
    connections: [],
  });
  const list = async () => [LOCAL, ...(await store.read()).connections];
  const find = async (id: string) => {
    const found = (await list()).find((one) => one.id === id);
    if (found) return found;
    throw new Fault({
      code: 'connection.missing',
      message: `There is no connection “${id}”.`,
      unaffected: 'Everything else works.',
      advice: 'Add the connection, or choose another one.',
    });
  };
  const change = async (edit: (connections: readonly Connection[]) => Connection[]) => {
    await store.edit((file) => ({ ...file, connections: edit(file.connections) }));
    return list();
  };
  return {
    secrets,
    list,
    find,
    save: (connection) =>
      change((all) =>
        all.some((one) => one.id === connection.id)
          ? all.map((one) => (one.id === connection.id ? connection : one))
          : [...all, connection],
      ),
    add: (more) => change((all) => [...all, ...more]),
    async remove(id) {
      await secrets.forget(id);
      return change((all) => all.filter((one) => one.id !== id));
    },
    async connect(id) {
      const connection = await find(id);
      return kindOf(connection).files(connection, secrets.of(connection));
    },
    async topics(id) {
      const connection = await find(id);
      return kindOf(connection).topics(connection, secrets.of(connection));
    },
    secretsOf: (connection) => secrets.of(connection),
  };
}
