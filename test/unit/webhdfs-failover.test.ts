import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createWebHdfs, type WebHdfsOptions } from '../../main/connectors/hdfs/webhdfs';
import { createLocalConnector } from '../../main/connectors/local/connector';
import {
  describeFile,
  fileStatus,
  redirectTo,
  remoteException,
  startHdfsStandIn,
} from '../doubles/hdfs-stand-in';
import { closedPort, json, page, startStandIn } from '../doubles/http-stand-in';
import { drain, faultOf } from '../doubles/outcome';

const client = (url: WebHdfsOptions['url'], more: Partial<WebHdfsOptions> = {}) =>
  createWebHdfs({ url, user: 'ann', timeoutMs: 5_000, ...more });

const standby = () => {
  const state = { active: false };
  const answers = Object.fromEntries(
    ['GETFILESTATUS', 'MKDIRS', 'OPEN'].map((op) => [
      op,
      (...[request, response]: Parameters<ReturnType<typeof describeFile> & object>) => {
        if (!state.active)
          return remoteException(response, 403, 'StandbyException', 'Operation category READ');
        if (op === 'MKDIRS') return json(response, 200, { boolean: true });
        return describeFile(5)?.(request, response);
      },
    ]),
  );
  return { state, started: startHdfsStandIn(answers) };
};

describe('NameNodes that stand in for each other', () => {
  test('a standby answer leads to the other one, which is asked first from then on', async () => {
    const [one, two] = [standby(), standby()];
    two.state.active = true;
    const [first, second] = [await one.started, await two.started];
    const hdfs = client([first.url, second.url]);
    expect(await hdfs.status('/x')).toMatchObject({ size: 5 });
    expect(hdfs.servedBy()).toBe(second.host);
    await hdfs.mkdirs('/y');
    expect([first.arrived.length, second.arrived.length]).toEqual([1, 2]);

    Object.assign(one.state, { active: true });
    Object.assign(two.state, { active: false });
    await hdfs.mkdirs('/z');
    expect(hdfs.servedBy()).toBe(first.host);
    expect([first.arrived.length, second.arrived.length]).toEqual([2, 3]);
  });

  test('one that is down is passed over, for changes too, as nothing has reached it', async () => {
    const other = standby();
    other.state.active = true;
    const { url } = await other.started;
    const hdfs = client([`http://${await closedPort()}`, url]);
    await hdfs.mkdirs('/x');
    expect(await hdfs.status('/x')).toMatchObject({ size: 5 });
  });

  test('a change that may have arrived is not sent to another one; a question is', async () => {
    const dies = await startStandIn(({ raw }) => void raw.socket.destroy());
    const other = standby();
    other.state.active = true;
    const { url, arrived } = await other.started;
    expect((await faultOf(client([dies.url, url]).mkdirs('/x'))).code).toBe('hdfs.connection-lost');
    expect(arrived).toEqual([]);
    expect(await client([dies.url, url]).status('/x')).toMatchObject({ size: 5 });
  });

  test('while both are on standby the round is made again, and then both are named', async () => {
    const [one, two] = [standby(), standby()];
    const [first, second] = [await one.started, await two.started];
    setTimeout(() => Object.assign(two.state, { active: true }), 300);
    expect(await client([first.url, second.url]).status('/x')).toMatchObject({ size: 5 });
    two.state.active = false;
    const down = await closedPort();
    const fault = await faultOf(client([first.url, `http://${down}`]).status('/x'));
    expect(fault).toMatchObject({ code: 'hdfs.standby', advice: 'Try again in a minute.' });
    expect(fault.message).toContain(`${first.host} is on standby`);
    expect(fault.message).toContain(`${down} can't be reached`);
  });

  test('a standby NameNode that is asked with a token hides it among the words of a failed sign-in', async () => {
    const hides = await startHdfsStandIn({
      GETFILESTATUS: (_, response) => {
        const words =
          'Failed to obtain user group information: token.SecretManager$InvalidToken: StandbyException';
        remoteException(response, 403, 'SecurityException', words);
      },
    });
    const other = standby();
    other.state.active = true;
    const { url } = await other.started;
    expect(await client([hides.url, url], { delegation: 'x' }).status('/x')).toMatchObject({ size: 5 });
  });

  test('what HDFS refuses is not asked again elsewhere', async () => {
    const refuses = await startHdfsStandIn({
      GETFILESTATUS: (_, response) => remoteException(response, 403, 'AccessControlException', 'no'),
    });
    const other = standby();
    other.state.active = true;
    const fault = await faultOf(client([refuses.url, (await other.started).url]).status('/x'));
    expect(fault.code).toBe('hdfs.permission-denied');
  });
});

describe('who asks', () => {
  test('a delegation token stands in place of the user; one that is refused says what to do', async () => {
    const hdfs = await startHdfsStandIn({
      GETFILESTATUS: describeFile(1),
      MKDIRS: (_, response) =>
        remoteException(response, 403, 'InvalidToken', "token can't be found in cache"),
    });
    await client(hdfs.url, { delegation: 'KAADYW5u' }).status('/x');
    expect(hdfs.arrived[0]?.query).toEqual({ op: 'GETFILESTATUS', delegation: 'KAADYW5u' });
    const fault = await faultOf(client(hdfs.url, { delegation: 'KAADYW5u' }).mkdirs('/x'));
    expect(fault).toMatchObject({ code: 'hdfs.unauthenticated', advice: expect.stringContaining('fetchdt') });
    expect(JSON.stringify(fault)).not.toContain('KAADYW5u');
  });

  test('the header against forged requests is sent when asked for; a service that wants it is told apart', async () => {
    const { url, arrived } = await startStandIn(({ headers }, response) =>
      headers['x-xsrf-header'] === undefined
        ? page(response, 400)
        : json(response, 200, { FileStatus: fileStatus(1) }),
    );
    await client(url, { xsrfHeader: true }).status('/x');
    expect(arrived[0]?.headers['x-xsrf-header']).toBe('dataharmonize');
    const wants = await startStandIn((_, response) => {
      response.writeHead(400).end('Missing Required Header for CSRF Vulnerability Protection');
    });
    expect((await faultOf(client(wants.url).status('/x'))).code).toBe('hdfs.xsrf');
  });

  test.each([
    ['Negotiate', 'Kerberos'],
    ['Basic realm="knox"', 'a user and a password'],
  ])('a service that asks for %s says so', async (header, words) => {
    const { url } = await startStandIn((_, response) => page(response, 401, { 'www-authenticate': header }));
    const fault = await faultOf(client(url).status('/x'));
    expect(fault.code).toBe('hdfs.unauthenticated');
    expect(fault.message).toContain(words);
  });

  test("a gateway's sign-in goes to all of its addresses and to no DataNode", async () => {
    const dataNode = await startStandIn((_, response) => void response.writeHead(200).end('hello'));
    const answers = { GETFILESTATUS: describeFile(5), OPEN: redirectTo(dataNode.host) };
    const gateway = await startHdfsStandIn(answers);
    const hdfs = client([`http://${await closedPort()}`, gateway.url], { authorization: 'Basic c2VjcmV0' });
    await drain(hdfs.open('/x'));
    expect(gateway.arrived.map(({ headers }) => headers.authorization)).toEqual(
      Array(2).fill('Basic c2VjcmV0'),
    );
    expect(dataNode.arrived[0]?.headers).not.toHaveProperty('authorization');
  });

  test('a redirect to a host that does not resolve names the DataNode and what to do', async () => {
    const { url } = await startHdfsStandIn({
      GETFILESTATUS: describeFile(5),
      OPEN: redirectTo('datanode-7.invalid:9864'),
    });
    const before = Date.now();
    const fault = await faultOf(drain(client(url).open('/x')));
    expect(fault).toMatchObject({ code: 'hdfs.unreachable', details: { role: 'DataNode' } });
    expect(fault.message).toContain('datanode-7.invalid:9864');
    expect(fault.advice).toContain('gateway');
    expect(Date.now() - before).toBeLessThan(10_000);
  });
});

describe('a file that is replaced while it is read', () => {
  test('on HDFS: before a part is read, and under way', async () => {
    let modified = 0;
    const dataNode = await startStandIn((_, response) => {
      modified = 1;
      response.writeHead(200).end('hello');
    });
    const { url } = await startHdfsStandIn({
      GETFILESTATUS: (_, response) =>
        json(response, 200, { FileStatus: { ...fileStatus(5), modificationTime: modified } }),
      OPEN: redirectTo(dataNode.host),
    });
    const hdfs = client(url);
    const of = (await hdfs.status('/x')) ?? undefined;
    expect((await faultOf(drain(hdfs.open('/x', { of })))).code).toBe('hdfs.changed');
    const again = await faultOf(drain(hdfs.open('/x', { of, length: 2 })));
    expect(again).toMatchObject({ code: 'hdfs.changed', place: { path: '/x' } });
    await drain(hdfs.open('/x', { of: (await hdfs.status('/x')) ?? undefined }));
  });

  test('on this computer: an overwritten part is a fault, what is appended is not', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'changed-'));
    const file = path.join(folder, 'a.csv');
    const connector = createLocalConnector();
    const readWhile = async (meanwhile: () => Promise<void>) => {
      const bytes = connector.open(file)[Symbol.asyncIterator]();
      await bytes.next();
      await meanwhile();
      while (!(await bytes.next()).done);
    };
    try {
      await writeFile(file, 'a'.repeat(600_000));
      await utimes(file, 1, 1);
      const of = (await connector.stat(file)) ?? undefined;
      await readWhile(() => writeFile(file, 'b'.repeat(1000), { flag: 'a' }));
      expect((await faultOf(drain(connector.open(file, { of })))).code).toBe('local.changed');
      const rewritten = readWhile(() => writeFile(file, 'c'.repeat(601_000)));
      expect((await faultOf(rewritten)).code).toBe('local.changed');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
