import { getEventListeners } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createHdfsConnector } from '../../main/connectors/hdfs/connector';
import { createWebHdfs } from '../../main/connectors/hdfs/webhdfs';
import { describeFile, redirectTo, remoteException, startHdfsStandIn } from '../doubles/hdfs-stand-in';
import { closedPort, page, startStandIn, whole } from '../doubles/http-stand-in';
import { drain, faultOf } from '../doubles/outcome';

const client = (url: string, timeoutMs = 5_000) => createWebHdfs({ url, user: 'ann', timeoutMs });

const bytes = (count: number) => new Uint8Array(count).fill(7);

async function* pieces(count: number, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < count; i++) yield bytes(size);
}

/** A NameNode that knows one file and sends everybody to the DataNode at `host`. */
const nameNode = (host: string, size: number) =>
  startHdfsStandIn({ GETFILESTATUS: describeFile(size), OPEN: redirectTo(host), CREATE: redirectTo(host) });

const send = (response: ServerResponse, size: number, headers: Record<string, string> = {}) =>
  response.writeHead(200, { 'content-type': 'application/octet-stream', ...headers }).write(bytes(size));

describe('reading', () => {
  test('asks the DataNode for the range and streams it', async () => {
    const dataNode = await startStandIn((_, response) => {
      send(response, 30);
      response.end();
    });
    const { url } = await nameNode(dataNode.host, 100);
    const chunks = await drain(client(url).open('/a b', { offset: 70, length: 50 }));
    expect(chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0)).toBe(30);
    expect(dataNode.arrived[0]).toMatchObject({
      path: '/webhdfs/v1/a%20b',
      query: { offset: '70', length: '30' },
    });
  });

  test('many reads at once on one signal are nothing to warn of, and leave nothing behind', async () => {
    const dataNode = await startStandIn((_, response) => {
      send(response, 10);
      response.end();
    });
    const { url } = await nameNode(dataNode.host, 10);
    const warnings: Error[] = [];
    const warn = (warning: Error) => void warnings.push(warning);
    process.on('warning', warn);
    const { signal } = new AbortController();
    const connector = createHdfsConnector({ url, user: 'ann' });
    await Promise.all(Array.from({ length: 20 }, () => drain(connector.open('/x', { signal }))));
    await wait(20);
    process.off('warning', warn);
    expect(warnings).toEqual([]);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    await connector.close();
  });

  test('parts of a file that is taken to be the one that was found are one request each, over kept connections', async () => {
    const content = bytes(1000);
    const dataNode = await startStandIn(({ query }, response) => {
      const from = Number(query.offset);
      response.writeHead(200, { 'content-type': 'application/octet-stream' });
      response.end(content.subarray(from, from + Number(query.length)));
    });
    const name = await nameNode(dataNode.host, 1000);
    const hdfs = client(name.url);
    const of = (await hdfs.status('/x')) ?? undefined;
    for (const offset of [0, 300, 900]) {
      const parts = await drain(hdfs.open('/x', { offset, length: 200, of, assumed: true }));
      expect(Buffer.concat(parts)).toHaveLength(Math.min(200, 1000 - offset));
    }
    const asked = name.arrived.map(({ query }) => query.op);
    expect(asked).toEqual(['GETFILESTATUS', 'OPEN', 'OPEN', 'OPEN']);
    expect(dataNode.arrived).toHaveLength(3);
    for (const { arrived } of [name, dataNode])
      expect(new Set(arrived.map(({ raw }) => raw.socket.remotePort)).size).toBe(1);
    expect((await faultOf(drain(hdfs.open('/x', { offset: 1001, of, assumed: true })))).code).toBe(
      'hdfs.range',
    );
  });

  test('a length that ends early is a truncated file, with the place', async () => {
    const dataNode = await startStandIn((_, response) => {
      send(response, 100, { 'content-length': '1000' });
      setTimeout(() => response.destroy(), 20);
    });
    const { url } = await nameNode(dataNode.host, 1010);
    const fault = await faultOf(drain(client(url).open('/x', { offset: 10 })));
    expect(fault.code).toBe('hdfs.truncated');
    expect(fault.place).toEqual({ path: '/x', offset: 110 });
  });

  test('an orderly end before the promised length is a truncated file too', async () => {
    const dataNode = await startStandIn((_, response) => {
      send(response, 100);
      response.end();
    });
    const { url } = await nameNode(dataNode.host, 1000);
    expect((await faultOf(drain(client(url).open('/x')))).code).toBe('hdfs.truncated');
  });

  test('more than was asked for means that the range was ignored', async () => {
    const dataNode = await startStandIn((_, response) => {
      send(response, 100);
      response.end();
    });
    const { url } = await nameNode(dataNode.host, 100);
    expect((await faultOf(drain(client(url).open('/x', { length: 40 })))).code).toBe('hdfs.not-webhdfs');
  });

  test('a DataNode that is not there, is silent, or goes silent is named', async () => {
    const closed = await closedPort();
    const unreachable = await faultOf(drain(client((await nameNode(closed, 9)).url).open('/x')));
    expect(unreachable).toMatchObject({
      code: 'hdfs.unreachable',
      details: { role: 'DataNode', host: closed },
    });
    expect(unreachable.message).toContain(`DataNode ${closed}`);

    const silent = await startStandIn(() => {});
    const timeout = await faultOf(drain(client((await nameNode(silent.host, 9)).url, 100).open('/x')));
    expect(timeout).toMatchObject({ code: 'hdfs.timeout', details: { host: silent.host } });

    const stalled = await startStandIn((_, response) => void send(response, 4));
    const stall = await faultOf(drain(client((await nameNode(stalled.host, 9)).url, 100).open('/x')));
    expect(stall).toMatchObject({ code: 'hdfs.timeout', details: { host: stalled.host } });
  });

  test('a DataNode that redirects again is not followed', async () => {
    const third = await startStandIn((_, response) => page(response, 200));
    const dataNode = await startHdfsStandIn({ OPEN: redirectTo(third.host) });
    const { url } = await nameNode(dataNode.host, 9);
    expect((await faultOf(drain(client(url).open('/x')))).code).toBe('hdfs.not-webhdfs');
    expect(third.arrived).toEqual([]);
  });

  test('a consumer slower than the timeout is no fault', async () => {
    const size = 1024 * 1024;
    const dataNode = await startStandIn((_, response) => {
      send(response, size);
      response.end();
    });
    const { url } = await nameNode(dataNode.host, size);
    let received = 0;
    for await (const chunk of client(url, 50).open('/x')) {
      if (received === 0) await wait(300);
      received += chunk.byteLength;
    }
    expect(received).toBe(size);
  });

  test('stopping early lets the DataNode go', async () => {
    let left = () => {};
    const dataNodeLeft = new Promise<void>((resolve) => {
      left = resolve;
    });
    const dataNode = await startStandIn(({ raw }, response) => {
      raw.socket.once('close', left);
      send(response, 100);
    });
    const { url } = await nameNode(dataNode.host, 1000);
    for await (const _ of client(url).open('/x')) break;
    await dataNodeLeft;
  });

  test('readText refuses what is too large or not UTF-8, readJson what is not JSON', async () => {
    const dataNode = await startStandIn((_, response) => {
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(Buffer.from([0xc3, 0x28]));
    });
    const { readText } = client((await nameNode(dataNode.host, 2)).url);
    expect((await faultOf(readText('/x'))).code).toBe('hdfs.not-text');
    expect((await faultOf(readText('/x', { maxBytes: 1 }))).code).toBe('hdfs.too-large');
  });
});

describe('writing', () => {
  test('the body goes to the DataNode alone, a gateway sign-in to the NameNode alone', async () => {
    const dataNode = await startStandIn(async (request, response) => {
      await whole(request);
      response.writeHead(201).end();
    });
    const { url, arrived } = await nameNode(dataNode.host, 3 * 64 * 1024);
    const hdfs = createWebHdfs({ url, user: 'ann', authorization: 'Basic c2VjcmV0' });
    await hdfs.create('/x', pieces(3), { overwrite: true, permission: '640' });
    const [first] = arrived;
    expect(first).toMatchObject({ method: 'PUT', bytes: 0, headers: { authorization: 'Basic c2VjcmV0' } });
    expect(first?.query).toEqual({ op: 'CREATE', 'user.name': 'ann', overwrite: 'true', permission: '640' });
    expect(dataNode.arrived).toHaveLength(1);
    expect(dataNode.arrived[0]?.bytes).toBe(3 * 64 * 1024);
    expect(dataNode.arrived[0]?.headers).not.toHaveProperty('authorization');
  });

  test('a DataNode may refuse before it has read everything', async () => {
    const dataNode = await startStandIn((_, response) =>
      remoteException(response, 403, 'FileAlreadyExistsException', '/x for client already exists'),
    );
    const { url } = await nameNode(dataNode.host, 0);
    const fault = await faultOf(client(url).create('/x', pieces(3), { overwrite: true }));
    expect(fault.code).toBe('hdfs.exists');
  });

  test('a DataNode that dies, fails or answers a page is a fault that names what may be left', async () => {
    const dies = await startStandIn(({ raw }) => void raw.once('data', () => raw.socket.destroy()));
    const lost = await faultOf(
      client((await nameNode(dies.host, 0)).url).create('/x', pieces(50), { overwrite: true }),
    );
    expect(lost).toMatchObject({
      code: 'hdfs.connection-lost',
      details: { role: 'DataNode', host: dies.host },
    });
    expect(lost.unaffected).toContain('/x may hold part');

    for (const [status, code] of [
      [503, 'hdfs.busy'],
      [200, 'hdfs.not-webhdfs'],
    ] as const) {
      const dataNode = await startStandIn(async (request, response) => {
        await whole(request);
        page(response, status);
      });
      const { url } = await nameNode(dataNode.host, 10);
      expect((await faultOf(client(url).create('/x', bytes(10), { overwrite: true }))).code).toBe(code);
    }
  });

  test('fewer bytes on HDFS than were sent is a fault', async () => {
    const dataNode = await startStandIn(async (request, response) => {
      await whole(request);
      response.writeHead(201).end();
    });
    const { url } = await nameNode(dataNode.host, 9);
    const fault = await faultOf(client(url).create('/x', bytes(10), { overwrite: true }));
    expect(fault).toMatchObject({ code: 'hdfs.truncated', place: { path: '/x', offset: 9 } });
  });

  test('an answer before the body has ended is no success', async () => {
    const dataNode = await startStandIn((_, response) => void response.writeHead(201).end());
    const { url } = await nameNode(dataNode.host, 0);
    expect((await faultOf(client(url).create('/x', pieces(2_000), { overwrite: true }))).code).toMatch(
      /^hdfs\.(not-webhdfs|connection-lost)$/,
    );
  });

  test('a gateway that follows the redirect itself, without the body, is no success', async () => {
    const { url } = await startHdfsStandIn({ CREATE: (_, response) => void response.writeHead(201).end() });
    expect((await faultOf(client(url).create('/x', bytes(1), { overwrite: true }))).code).toBe(
      'hdfs.not-webhdfs',
    );
  });

  test('a source that fails ends the upload with its own error', async () => {
    const dataNode = await startStandIn(async (request, response) => {
      await whole(request);
      response.writeHead(201).end();
    });
    async function* failing() {
      yield bytes(10);
      throw new Error('the disk is gone');
    }
    const { url } = await nameNode(dataNode.host, 10);
    await expect(client(url).create('/x', failing(), { overwrite: true })).rejects.toThrow(
      'the disk is gone',
    );
  });

  test('a source slower than the timeout is no fault', async () => {
    const dataNode = await startStandIn(async (request, response) => {
      await whole(request);
      response.writeHead(201).end();
    });
    async function* slow() {
      yield bytes(5);
      await wait(300);
      yield bytes(5);
    }
    const { url } = await nameNode(dataNode.host, 10);
    expect((await client(url, 50).create('/x', slow(), { overwrite: true })).size).toBe(10);
  });

  test('an abort ends the upload', async () => {
    const abort = new AbortController();
    const dataNode = await startStandIn(
      ({ raw }) => void raw.once('data', () => abort.abort(new Error('enough'))),
    );
    const { url } = await nameNode(dataNode.host, 10);
    const upload = client(url).create('/x', pieces(2_000), { overwrite: true, signal: abort.signal });
    await expect(upload).rejects.toThrow('enough');
  });

  test('an unasked 100 Continue, as DataNodes send it, is passed over', async () => {
    const dataNode = await startStandIn(async (request, response) => {
      response.writeContinue();
      await whole(request);
      response.writeHead(201).end();
    });
    const { url } = await nameNode(dataNode.host, 10);
    expect((await client(url).create('/x', bytes(10), { overwrite: true })).size).toBe(10);
  });
});
