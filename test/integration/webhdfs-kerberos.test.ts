import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createHdfsConnector } from '../../main/connectors/hdfs/connector';
import { forgetTokens, signInByTicket } from '../../main/connectors/hdfs/spnego';
import { createWebHdfs, type WebHdfs } from '../../main/connectors/hdfs/webhdfs';
import { testConnection } from '../../main/host/connection-test';
import { hdfsConnectionSchema } from '../../shared/connections/hdfs';
import { type KerberosCluster, startKerberos } from '../cluster/kerberos.mjs';
import { drain, faultOf } from '../doubles/outcome';

// Two real NameNodes that stand in for each other, behind Kerberos: signing in, failing over, and what a steward is
// told when they go. The last test ends one NameNode for good.

let cluster: KerberosCluster;
let hdfs: WebHdfs;

const clientOf = (more: object = {}) =>
  createWebHdfs({
    ...{ url: cluster.urls, user: cluster.user, timeoutMs: 9_000 },
    ...{ delegation: signInByTicket(cluster.user, undefined), ...more },
  });
const connection = () =>
  hdfsConnectionSchema.parse({
    ...{ id: 'c', kind: 'hdfs', name: 'Shop', signIn: 'kerberos' },
    ...{ nameNodes: cluster.urls, user: cluster.user },
  });
const hostOf = (index: 0 | 1) => new URL(cluster.urls[index]).host;

beforeAll(async () => {
  cluster = await startKerberos();
  for (const [name, value] of Object.entries(cluster.environment)) process.env[name] = value;
  hdfs = clientOf();
  await hdfs.create('/shop/customers.csv', content(), { overwrite: true });
});
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => {
  hdfs?.close();
  await cluster?.stop();
});

const LINE = 100;
const LINES = 200_000;
const content = () =>
  Buffer.from(Array.from({ length: LINES }, (_, row) => `${row},`.padEnd(LINE - 1, 'x')).join('\n'));

async function read(from: WebHdfs, path = '/shop/customers.csv'): Promise<Buffer> {
  return Buffer.concat(await drain(from.open(path)));
}

/** The fault of a call, which must have come within 10 seconds. */
async function soon(task: Promise<unknown>) {
  const since = Date.now();
  const fault = await faultOf(task);
  expect(Date.now() - since).toBeLessThan(10_000);
  return fault;
}

describe('signing in by Kerberos', () => {
  test('a ticket is enough to read and write; a token is asked for once', async () => {
    expect((await read(hdfs)).equals(content())).toBe(true);
    expect((await hdfs.status('/shop/customers.csv'))?.owner).toBe('ann');
    vi.stubEnv('PATH', '');
    const other = clientOf();
    expect(await other.homeFolder()).toBe('/user/ann');
    other.close();
  });

  test('a delegation token serves in place of the ticket; one that is damaged does not', async () => {
    const token = await signInByTicket(cluster.user, undefined)(webHdfsAt(0), undefined);
    const withToken = clientOf({ delegation: token });
    expect((await drain(withToken.list('/shop'))).map(({ name }) => name)).toEqual(['customers.csv']);
    const damaged = clientOf({ delegation: `${token.slice(0, 40)}AAAA${token.slice(44)}` });
    expect((await soon(damaged.status('/shop'))).code).toBe('hdfs.unauthenticated');
    for (const one of [withToken, damaged]) one.close();
  });

  test('without a ticket, without curl and by name alone it is told what is missing', async () => {
    forgetTokens();
    vi.stubEnv('KRB5CCNAME', 'FILE:/nowhere/ticket');
    const ticket = await soon(clientOf().status('/'));
    expect(ticket).toMatchObject({ code: 'hdfs.unauthenticated', advice: expect.stringContaining('kinit') });
    vi.stubEnv('PATH', '');
    expect((await soon(clientOf().status('/'))).code).toBe('hdfs.no-spnego');
    vi.unstubAllEnvs();
    const byName = await soon(clientOf({ delegation: undefined }).status('/'));
    expect(byName).toMatchObject({
      code: 'hdfs.unauthenticated',
      message: expect.stringContaining('Kerberos'),
    });
  });

  test('a test of the connection tells each step and who is active', async () => {
    const steps = await testConnection(connection(), { secret: async () => '' });
    expect(steps.map(({ step, ok }) => [step, ok])).toEqual(
      ['Name found', 'Port open', 'Signed in', 'Permission', 'First read'].map((step) => [step, true]),
    );
    expect(steps[2]?.message).toContain(`${hostOf(0)} is active`);
  });
});

const webHdfsAt = (index: 0 | 1) => new URL('/webhdfs/v1', cluster.urls[index]);

describe('two NameNodes', () => {
  test('after a failover reading and writing go on at the other one', async () => {
    await cluster.activate(1);
    expect((await read(hdfs)).equals(content())).toBe(true);
    expect(hdfs.servedBy()).toBe(hostOf(1));
    await hdfs.create('/shop/later', Buffer.from('later'), { overwrite: true });
    await cluster.activate(0);
    expect(await hdfs.readText('/shop/later')).toBe('later');
    expect(hdfs.servedBy()).toBe(hostOf(0));
  });

  test('while none is active both are named, and nothing was changed', async () => {
    await cluster.standby();
    const fault = await soon(hdfs.mkdirs('/shop/new'));
    expect(fault).toMatchObject({ code: 'hdfs.standby', unaffected: 'Nothing on HDFS was changed.' });
    for (const index of [0, 1] as const) expect(fault.message).toContain(hostOf(index));
    await cluster.activate(0);
    expect(await hdfs.status('/shop/new')).toBeNull();
  });

  test('one that is ended while a file is read: what is under way comes whole, and a changed file is not taken for it', async () => {
    const connector = createHdfsConnector({
      ...{ url: cluster.urls, user: cluster.user, timeoutMs: 4_500 },
      delegation: signInByTicket(cluster.user, undefined),
    });
    const of = (await connector.stat('/shop/customers.csv')) ?? undefined;
    const parts: Uint8Array[] = [];
    for await (const part of connector.open('/shop/customers.csv')) {
      if (parts.length === 0) await cluster.stopNameNode(0);
      parts.push(part.slice());
    }
    expect(Buffer.concat(parts).equals(content())).toBe(true);
    expect((await soon(drain(connector.open('/shop/customers.csv', { of })))).code).toBe('hdfs.standby');
    await connector.close();
  });

  test('then the other one, still on standby, is named; once it is active, reading goes on', async () => {
    const fault = await soon(hdfs.status('/shop'));
    expect(fault.code).toBe('hdfs.standby');
    expect(fault.message).toContain(`NameNode ${hostOf(0)} can't be reached`);
    await cluster.activate(1);
    expect((await read(hdfs)).equals(content())).toBe(true);
    const steps = await testConnection(connection(), { secret: async () => '' });
    expect(steps.every(({ ok }) => ok)).toBe(true);
    expect(steps[1]?.message).toContain(`${hostOf(0)} can't be reached`);
  });
});
