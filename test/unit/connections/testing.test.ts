import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { hdfsKind } from '../../../main/connectors/hdfs/kind';
import { besideOptions, webHdfsOptions } from '../../../main/connectors/hdfs/settings';
import { testConnection } from '../../../main/host/connection-test';
import { hdfsConnectionSchema } from '../../../shared/connections/hdfs';
import { kafkaConnectionSchema } from '../../../shared/connections/kafka';
import {
  describeFile,
  fileStatus,
  redirectTo,
  remoteException,
  startHdfsStandIn,
} from '../../doubles/hdfs-stand-in';
import { closedPort, json, page, startStandIn } from '../../doubles/http-stand-in';
import { startTlsStandIn, TEST_AUTHORITY } from '../../doubles/tls-stand-in';

const hdfs = (nameNodes: string[], more: object = {}) =>
  hdfsConnectionSchema.parse({ id: 'c', kind: 'hdfs', name: 'Shop', nameNodes, user: 'ann', ...more });
const run = (connection: Parameters<typeof testConnection>[0], password = 'geheim') =>
  testConnection(connection, { secret: async () => password });
const outcome = (steps: Awaited<ReturnType<typeof run>>) =>
  steps.map(({ step, ok }) => `${step}${ok ? '' : ' ✗'}`);

/** HDFS with one file in the home folder; the DataNode is at a host that may be told. */
const cluster = (dataNode: string | null = null, more = {}) =>
  startHdfsStandIn({
    GETHOMEDIRECTORY: (_, response) => json(response, 200, { Path: '/user/ann' }),
    GETFILESTATUS: ({ path }, response) =>
      describeFile(path.endsWith('.csv') ? 5 : 'folder')?.({ path } as never, response),
    LISTSTATUS_BATCH: (_, response) =>
      json(response, 200, {
        DirectoryListing: {
          partialListing: { FileStatuses: { FileStatus: [fileStatus(5, 'a.csv')] } },
          remainingEntries: 0,
        },
      }),
    OPEN: dataNode === null ? (_, response) => void response.writeHead(200).end('h') : redirectTo(dataNode),
    ...more,
  });

test('every step of a connection that works is told as it is done', async () => {
  const { url } = await cluster();
  const told: string[] = [];
  const livy = await startStandIn((_, response) => json(response, 200, { sessions: [] }));
  const steps = await testConnection(hdfs([url], { livy: livy.url }), {
    secret: async () => '',
    tell: ({ step }) => told.push(step),
  });
  expect(outcome(steps)).toEqual([
    ...['Name found', 'Port open', 'Signed in', 'Permission', 'First read', 'Livy answers'],
  ]);
  expect(told).toEqual(outcome(steps));
  expect(steps[4]?.message).toContain('/user/ann/a.csv can be read');
});

test.each([
  ['a name that is unknown', async () => ['http://namenode.invalid:9870'], 'Name found', 'VPN'],
  ['a port that is closed', async () => [`http://${await closedPort()}`], 'Port open', 'service runs'],
  ['TLS of an unknown authority', async () => [await startTlsStandIn(() => {})], 'TLS', 'own CA'],
  [
    'plain text on a port that is said to speak TLS',
    async () => [(await cluster()).url.replace('http:', 'https:')],
    'TLS',
    'speaks TLS',
  ],
  [
    'a sign-in that is refused',
    async () => [
      (await startStandIn((_, response) => page(response, 401, { 'www-authenticate': 'Basic' }))).url,
    ],
    'Signed in',
    'a user and a password',
  ],
  [
    'a folder that is closed',
    async () => {
      const refuse = { LISTSTATUS_BATCH: (_: unknown, response: never) => denied(response) };
      return [(await cluster(null, refuse)).url];
    },
    'Permission',
    'owner',
  ],
  [
    'a DataNode that can’t be reached',
    async () => [(await cluster('datanode-7.invalid:9864')).url],
    'First read',
    'gateway',
  ],
])('%s: the step, the cause and what to try next', async (_, addresses, step, advice) => {
  const steps = await run(hdfs(await addresses()));
  const last = steps.at(-1);
  expect(last).toMatchObject({ step, ok: false, advice: expect.stringContaining(advice) });
  expect(steps.slice(0, -1).every(({ ok }) => ok)).toBe(true);
  expect(last?.message).not.toMatch(/ECONN|ENOTFOUND|undefined/);
});

const denied = (response: never) => remoteException(response, 403, 'AccessControlException', 'no');

test('an own authority makes TLS trusted; a NameNode that is down is told beside the one that works', async () => {
  const secure = await startTlsStandIn((request, response) => {
    if (request.url?.includes('GETHOMEDIRECTORY')) return json(response, 200, { Path: '/user/ann' });
    remoteException(response, 404, 'FileNotFoundException', 'none');
  });
  const down = await closedPort();
  const steps = await run(hdfs([secure, `https://${down}`], { ca: { text: TEST_AUTHORITY } }));
  expect(outcome(steps)).toEqual(['Name found', 'Port open', 'TLS', 'Signed in', 'Permission ✗']);
  expect(steps[1]?.message).toContain(`${down} can't be reached`);
  const unknown = await run(hdfs([secure], { ca: { file: '/nowhere/ca.pem' } }));
  expect(unknown.at(-1)).toMatchObject({
    step: 'TLS',
    ok: false,
    message: expect.stringContaining('ca.pem'),
  });
});

test('a service that takes the connection and says nothing is given up; an abort stops the test', async () => {
  const silent = createServer();
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void silent.close());
  const { port } = silent.address() as { port: number };
  const controller = new AbortController();
  const testing = testConnection(hdfs([`http://127.0.0.1:${port}`]), {
    secret: async () => '',
    signal: controller.signal,
    tell: ({ step }) => step === 'Port open' && setTimeout(() => controller.abort(new Error('enough')), 50),
  });
  await expect(testing).rejects.toThrow('enough');
});

test('a secret that is missing fails the step that needs it, by its name', async () => {
  const { url } = await cluster();
  const steps = await testConnection(hdfs([url], { signIn: 'password' }), {
    secret: async () => Promise.reject(new Error('none')),
  });
  expect(outcome(steps)).toEqual(['Name found', 'Port open', 'Signed in ✗']);
});

test('brokers are looked up by host and port, IPv6 in brackets too', async () => {
  const broker = await closedPort();
  const kafka = (brokers: string[]) =>
    kafkaConnectionSchema.parse({ id: 'k', kind: 'kafka', name: 'Topics', brokers });
  const steps = await run(kafka([broker]));
  expect(steps.at(-1)).toMatchObject({ step: 'Port open', ok: false });
  expect(steps.at(-1)?.message).toContain(broker);
  expect((await run(kafka(['[::1]:1'])))[0]).toMatchObject({ ok: true, message: '::1 is an address.' });
});

test('a password goes to the services that the gateway itself serves, and to no other', async () => {
  const gateway = await startStandIn(({ path }, response) =>
    path.endsWith('/batches') ? json(response, 200, {}) : json(response, 200, { Path: '/user/ann' }),
  );
  const elsewhere = await startStandIn((_, response) => json(response, 200, {}));
  const more = { signIn: 'password', livy: `${gateway.url}/gateway/shop/livy`, yarn: elsewhere.url };
  const connection = hdfs([`${gateway.url}/gateway/shop`], more);
  const secret = async () => 'geheim';
  const wanted = `Basic ${Buffer.from('ann:geheim').toString('base64')}`;
  expect(await webHdfsOptions(connection, secret)).toMatchObject({ authorization: wanted });
  expect(await besideOptions(connection, more.livy, secret)).toEqual({
    url: more.livy,
    authorization: wanted,
  });
  expect(await besideOptions(connection, more.yarn, secret)).toEqual({ url: more.yarn });
  const steps = [...hdfsKind.steps(connection, secret)];
  for (const step of steps.filter(({ title }) => / answers$/.test(title))) {
    await step.run(new AbortController().signal);
  }
  expect(gateway.arrived.map(({ path, headers }) => [path, headers.authorization])).toEqual([
    ['/gateway/shop/livy/batches', wanted],
  ]);
  expect(elsewhere.arrived[0]?.headers).not.toHaveProperty('authorization');
});
