import type { Connection } from '../../shared/contract/calls/connections';
import { Fault } from '../../shared/contract/errors';
import { connectorFor } from './connections';

export type TestedStep = { step: string; ok: boolean; message: string; advice: string | null };

type Attempt = { step: string; run(): Promise<string> };

const reachable = (name: string, url: string, path: string): Attempt => ({
  step: `${name} answers`,
  async run() {
    const response = await fetch(new URL(path, url), {
      signal: AbortSignal.timeout(10_000),
      redirect: 'error',
    });
    await response.body?.cancel();
    if (!response.ok) {
      throw new Fault({
        code: 'connection.status',
        message: `${url} answered with status ${response.status}.`,
        advice: `Check that this is the address of ${name}.`,
      });
    }
    return `${url} answers.`;
  },
});

function attempts(connection: Connection): Attempt[] {
  const connector = connectorFor(connection);
  const read: Attempt[] = [
    {
      step: 'The first folder can be read',
      async run() {
        const home = await connector.home();
        let entries = 0;
        for await (const _ of connector.list(home)) if (++entries >= 1000) break;
        await connector.close();
        return `${home} holds ${entries >= 1000 ? 'over 1,000' : entries} entries.`;
      },
    },
  ];
  if (connection.kind === 'local') return read;
  return [
    reachable(
      'HDFS',
      connection.webhdfs,
      `/webhdfs/v1/?op=GETFILESTATUS&user.name=${encodeURIComponent(connection.user)}`,
    ),
    ...read,
    ...(connection.livy === undefined ? [] : [reachable('Livy', connection.livy, '/batches?size=1')]),
    ...(connection.yarn === undefined ? [] : [reachable('YARN', connection.yarn, '/ws/v1/cluster/info')]),
  ];
}

/** Tries a connection step by step; the first step that fails is the last. */
export async function testConnection(connection: Connection): Promise<TestedStep[]> {
  const done: TestedStep[] = [];
  for (const { step, run } of attempts(connection)) {
    try {
      done.push({ step, ok: true, message: await run(), advice: null });
    } catch (error) {
      const fault = error instanceof Fault ? error : null;
      const message =
        fault?.message ??
        'No answer came: the name is unknown, the port is closed, or it took over 10 seconds.';
      done.push({
        step,
        ok: false,
        message,
        advice: fault?.advice ?? 'Check the address and that the service runs.',
      });
      break;
    }
  }
  return done;
}
