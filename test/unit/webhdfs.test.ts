import { describe, expect, test } from 'vitest';
import { encodePath, parseAddress } from '../../main/connectors/hdfs/path';
import { redirectTarget } from '../../main/connectors/hdfs/redirect';
import { createWebHdfs } from '../../main/connectors/hdfs/webhdfs';
import { fileStatus, startHdfsStandIn } from '../doubles/hdfs-stand-in';
import { json, startStandIn } from '../doubles/http-stand-in';
import { drain, faultOf } from '../doubles/outcome';

const client = (url: string) => createWebHdfs({ url, user: 'ann', timeoutMs: 5_000 });

describe('paths', () => {
  test.each([
    ['/', '/'],
    ['/a/b', '/a/b'],
    ['/sp ace/100%', '/sp%20ace/100%25'],
    ['/a+b#c?d&e=f;g', '/a%2Bb%23c%3Fd%26e%3Df%3Bg'],
    ['/%2e%2e/客户 😀', '/%252e%252e/%E5%AE%A2%E6%88%B7%20%F0%9F%98%80'],
    ['/"\\\n', '/%22%5C%0A'],
  ])('%j becomes %j', (path, encoded) => {
    expect(encodePath(path)).toBe(encoded);
  });

  test.each(['', 'a', '//', '/a//b', '/a/', '/.', '/a/..', '/a:b', '/nul\0', '/half\ud83d'])(
    '%j is refused before anything is sent',
    async (path) => {
      const hdfs = await startHdfsStandIn({});
      const fault = await faultOf(client(hdfs.url).status(path));
      expect(fault.code).toBe('hdfs.bad-name');
      expect((await faultOf(client(hdfs.url).rename('/ok', path))).code).toBe('hdfs.bad-name');
      expect(hdfs.arrived).toEqual([]);
    },
  );

  test.each([
    ['http://nn:9870', 'http://nn:9870/webhdfs/v1'],
    ['http://nn:9870/', 'http://nn:9870/webhdfs/v1'],
    ['http://nn:9870/webhdfs/v1/', 'http://nn:9870/webhdfs/v1'],
    ['https://knox/gateway/x', 'https://knox/gateway/x/webhdfs/v1'],
  ])('the address %s stands for %s', (typed, base) => {
    expect(parseAddress(typed).href).toBe(base);
  });

  test.each(['nn:9870', 'hdfs://nn:8020', 'http://ann:secret@nn:9870', 'http://nn:9870?x=1', ''])(
    'the address %j is refused, and no password is repeated',
    async (url) => {
      const fault = await faultOf(Promise.resolve().then(() => client(url)));
      expect(fault.code).toBe('hdfs.bad-address');
      expect(JSON.stringify(fault)).not.toContain('secret');
    },
  );
});

describe('redirects', () => {
  const answer = (location: string) => ({
    status: 307,
    host: 'nn:9871',
    header: () => location,
    body: (async function* () {})(),
    drop: () => {},
  });
  const subject = { path: '/a', unaffected: '' };

  test.each([
    ['https://nn:9871/webhdfs/v1', 'http://dn:9864/webhdfs/v1/a', 'encrypted'],
    ['http://nn:9870/webhdfs/v1', 'ftp://dn/a', 'not HTTP'],
    ['http://nn:9870/webhdfs/v1', 'file:///etc/passwd', 'not HTTP'],
    ['http://nn:9870/webhdfs/v1', 'http://ann:secret@dn:9864/webhdfs/v1/a', 'password'],
  ])('from %s to %s is refused', async (base, location, why) => {
    const fault = await faultOf(
      Promise.resolve().then(() => redirectTarget(answer(location), new URL(base), subject)),
    );
    expect(fault.code).toBe('hdfs.redirect-refused');
    expect(fault.message).toContain(why);
    expect(JSON.stringify(fault)).not.toContain('secret');
  });

  test('an encrypted DataNode may follow an open NameNode', () => {
    const target = redirectTarget(
      answer('https://dn:9865/webhdfs/v1/a'),
      new URL('http://nn/webhdfs/v1'),
      subject,
    );
    expect(target.href).toBe('https://dn:9865/webhdfs/v1/a');
  });

  test('a name in decomposed letters is put back where the NameNode composed it', () => {
    const path = '/e\u0301';
    const base = new URL('http://nn/webhdfs/v1');
    const target = redirectTarget(answer('http://dn/webhdfs/v1/%C3%A9?op=OPEN'), base, { ...subject, path });
    expect(target.href).toBe('http://dn/webhdfs/v1/e%CC%81?op=OPEN');
  });
});

test('lists in batches, each beginning after the last name', async () => {
  const batches = [['a', 'b+%'], ['c']];
  const hdfs = await startHdfsStandIn({
    LISTSTATUS_BATCH: (_, response) => {
      const names = batches.shift() ?? [];
      const FileStatus = names.map((name) => fileStatus(1, name));
      const remainingEntries = batches.flat().length;
      json(response, 200, {
        DirectoryListing: { partialListing: { FileStatuses: { FileStatus } }, remainingEntries },
      });
    },
  });
  const names = (await drain(client(hdfs.url).list('/x'))).map(({ path }) => path);
  expect(names).toEqual(['/x/a', '/x/b+%', '/x/c']);
  expect(hdfs.arrived.map(({ query }) => query.startAfter)).toEqual(['', 'b+%']);
});

test('a listing that never gets further is refused', async () => {
  const listing = {
    partialListing: { FileStatuses: { FileStatus: [fileStatus(1, 'a')] } },
    remainingEntries: 1,
  };
  const hdfs = await startHdfsStandIn({
    LISTSTATUS_BATCH: (_, response) => json(response, 200, { DirectoryListing: listing }),
  });
  expect((await faultOf(drain(client(hdfs.url).list('/x')))).code).toBe('hdfs.not-webhdfs');
});

test('an aborted call throws its reason and leaves the server', async () => {
  const abort = new AbortController();
  let left = () => {};
  const serverLeft = new Promise<void>((resolve) => {
    left = resolve;
  });
  const hdfs = await startStandIn(({ raw }) => {
    raw.socket.once('close', left);
    abort.abort(new Error('enough'));
  });
  await expect(client(hdfs.url).status('/x', { signal: abort.signal })).rejects.toThrow('enough');
  await serverLeft;
  await expect(client(hdfs.url).mkdirs('/x', { signal: abort.signal })).rejects.toThrow('enough');
  expect(hdfs.arrived).toHaveLength(1);
});

test('a kept connection that the server has closed is no fault', async () => {
  const hdfs = await startStandIn(({ raw }, response) => {
    if (hdfs.arrived.length === 2) raw.socket.resetAndDestroy();
    else json(response, 200, { FileStatus: fileStatus(3) });
  });
  const { status } = client(hdfs.url);
  expect((await status('/x'))?.size).toBe(3);
  expect((await status('/x'))?.size).toBe(3);
  expect(hdfs.arrived).toHaveLength(3);
});
