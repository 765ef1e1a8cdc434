import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { hashOf } from '../../shared/compile/hash';
import {
  CONNECTIONS_FORMAT,
  CONNECTIONS_VERSION,
  type Connection,
  type ConnectionsFile,
  secretsOf,
  validateConnections,
} from '../../shared/connections/connection';
import { Fault } from '../../shared/contract/errors';
import { localFault, writeFault } from '../connectors/local/faults';
import type { Connections } from './connections';

/** Writes all connections, which hold no secrets, to a new file. */
export async function exportConnections(connections: Connections, path: string) {
  const own = (await connections.list()).filter(({ kind }) => kind !== 'local');
  const file: ConnectionsFile = {
    format: CONNECTIONS_FORMAT,
    version: CONNECTIONS_VERSION,
    connections: own,
  };
  await writeFile(path, `${JSON.stringify(file, null, 2)}\n`, { flag: 'wx', mode: 0o600 }).catch(
    async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') await rm(path, { force: true });
      throw writeFault(error, path);
    },
  );
  return { path, count: own.length };
}

async function readConnections(path: string): Promise<readonly Connection[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw localFault(error, path);
  });
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw new Fault({
      code: 'document.syntax',
      message: `${path} is not a file of connections: it is not JSON.`,
      place: { file: path },
      unaffected: 'The connections are as they were.',
      advice: 'Choose a file that was exported here.',
      cause,
    });
  }
  return validateConnections(data, path).connections.filter(({ kind }) => kind !== 'local');
}

/** Takes in the connections of a file. None of them gets a secret that is known here: they ask for their own. */
export async function importConnections(connections: Connections, path: string) {
  const known = new Map((await connections.list()).map((one) => [one.id, one] as const));
  const added: Connection[] = [];
  let present = 0;
  for (const one of await readConnections(path)) {
    const there = known.get(one.id);
    if (there && hashOf(there) === hashOf(one)) {
      present++;
      continue;
    }
    const fresh = there ? { ...one, id: `${one.kind}-${randomUUID().slice(0, 8)}` } : one;
    known.set(fresh.id, fresh);
    added.push(fresh);
  }
  for (const { id } of added) await connections.secrets.forget(id);
  const all = added.length === 0 ? await connections.list() : await connections.add(added);
  return {
    connections: [...all],
    added: added.map((one) => ({
      id: one.id,
      name: one.name,
      asksFor: secretsOf(one).map(({ label }) => label),
    })),
    present,
  };
}
