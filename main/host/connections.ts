import { join } from 'node:path';
import { z } from 'zod';
import { type Connection, connectionSchema } from '../../shared/contract/calls/connections';
import { Fault } from '../../shared/contract/errors';
import type { Connector } from '../../shared/ports/connector';
import { createHdfsConnector } from '../connectors/hdfs/connector';
import { createLocalConnector } from '../connectors/local/connector';
import { openStore } from './data-folder';

const LOCAL: Connection = { id: 'local', kind: 'local', name: 'This computer' };

const fileSchema = z.strictObject({
  format: z.literal('dataharmonize/connections'),
  version: z.literal(1),
  connections: z.array(connectionSchema),
});

/** The connections a steward has set up; `local` is always there. */
export type Connections = {
  list(): Promise<readonly Connection[]>;
  save(connection: Connection): Promise<readonly Connection[]>;
  remove(id: string): Promise<readonly Connection[]>;
  find(id: string): Promise<Connection>;
  /** A connector to read with; close it when done. */
  connect(id: string): Promise<Connector>;
};

/** Builds the connector of a connection. */
export function connectorFor(connection: Connection): Connector {
  return connection.kind === 'local'
    ? createLocalConnector()
    : createHdfsConnector({ url: connection.webhdfs, user: connection.user });
}

/** Opens the connections kept in a folder. */
export function openConnections(folder: string): Connections {
  const store = openStore(join(folder, 'connections.json'), fileSchema, {
    format: 'dataharmonize/connections',
    version: 1,
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
    const current = await store.read();
    await store.write({ ...current, connections: edit(current.connections) });
    return list();
  };
  return {
    list,
    find,
    save: (connection) =>
      change((all) =>
        all.some((one) => one.id === connection.id)
          ? all.map((one) => (one.id === connection.id ? connection : one))
          : [...all, connection],
      ),
    remove: (id) => change((all) => all.filter((one) => one.id !== id)),
    connect: async (id) => connectorFor(await find(id)),
  };
}
