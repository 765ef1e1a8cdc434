import { type Connection, secretsOf } from '../../shared/connections/connection';
import type { connectionCalls } from '../../shared/contract/calls/connections';
import type { AppContract } from '../../shared/contract/contract';
import type { Handlers } from '../../shared/contract/define';
import { Fault } from '../../shared/contract/errors';
import { abortable } from '../http/abortable';
import { exportConnections, importConnections } from './connection-file';
import { testConnection } from './connection-test';
import type { Connections } from './connections';

type Calls = Pick<Handlers<AppContract>, keyof typeof connectionCalls>;

function refuseLocal({ kind, name }: Connection): void {
  if (kind !== 'local') return;
  throw new Fault({
    code: 'connection.local',
    message: `“${name}” is this computer, which is always there as it is.`,
    unaffected: 'The connections are as they were.',
    advice: 'Add a connection to HDFS or Kafka.',
  });
}

/** The calls about connections. Secrets come in by them and never go out. */
export function createConnectionHandlers(connections: Connections): Calls {
  const { secrets } = connections;
  return {
    'connections.list': async () => [...(await connections.list())],
    'connections.save': async ({ connection, secrets: typed, keep }) => {
      refuseLocal(connection);
      await secrets.give(connection.id, typed, keep);
      const all = await connections.save(connection);
      await secrets.forget(
        connection.id,
        secretsOf(connection).map(({ part }) => part),
      );
      return [...all];
    },
    'connections.export': ({ path }) => exportConnections(connections, path),
    'connections.import': ({ path }) => importConnections(connections, path),
    'connections.remove': async ({ id }) => [...(await connections.remove(id))],
    'connections.secrets': async ({ id }) => ({
      known: await secrets.known(id),
      keyring: secrets.keyring,
    }),
    'connections.test': ({ connection, secrets: typed }, { signal, progress }) =>
      testConnection(connection, {
        secret: secrets.of(connection, typed),
        signal: abortable(signal),
        tell: progress,
      }),
  };
}
