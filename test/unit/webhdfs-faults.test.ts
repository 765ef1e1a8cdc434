import { describe, expect, test } from 'vitest';
import { createWebHdfs, type WebHdfs } from '../../main/connectors/hdfs/webhdfs';
import { remoteException, startHdfsStandIn } from '../doubles/hdfs-stand-in';
import { closedPort, json, page, startStandIn } from '../doubles/http-stand-in';
import { drain, faultOf } from '../doubles/outcome';

const client = (url: string, timeoutMs = 5_000) => createWebHdfs({ url, user: 'ann', timeoutMs });

describe('faults that HDFS reports', () => {
  test.each([
    [404, 'FileNotFoundException', 'File does not exist: /x', 'hdfs.not-found'],
    [403, 'AccessControlException', 'Permission denied: user=ann', 'hdfs.permission-denied'],
    [401, 'SecurityException', 'Failed to obtain user group information', 'hdfs.unauthenticated'],
    [403, 'FileAlreadyExistsException', '/x already exists', 'hdfs.exists'],
    [403, 'PathIsNotEmptyDirectoryException', '/x is non empty', 'hdfs.not-empty'],
    [403, 'ParentNotDirectoryException', '/x (is not a directory)', 'hdfs.not-a-folder'],
    [403, 'StandbyException', 'Operation category WRITE is not supported in state standby', 'hdfs.standby'],
    [403, 'SafeModeException', 'Name node is in safe mode.', 'hdfs.safe-mode'],
    [403, 'RetriableException', 'Namenode is in startup mode', 'hdfs.busy'],
    [403, 'DSQuotaExceededException', 'The DiskSpace quota is exceeded', 'hdfs.quota'],
    [403, 'IOException', 'rename destination directory is not empty: /x', 'hdfs.not-empty'],
    [403, 'IOException', 'File /x could only be written to 0 of the 1 minReplication nodes', 'hdfs.no-space'],
    [400, 'InvalidPathException', 'Invalid path name', 'hdfs.bad-name'],
    [500, 'RuntimeException', 'a surprise', 'hdfs.failed'],
  ])('%i %s is told apart', async (status, exception, message, code) => {
    const stack = `${message}\n\tat org.apache.hadoop.Secret.run(Secret.java:1)\n\tat java.base/java.lang.Thread`;
    const hdfs = await startHdfsStandIn({
      MKDIRS: (_, response) => remoteException(response, status, exception, stack),
    });
    const fault = await faultOf(client(hdfs.url).mkdirs('/x'));
    expect(fault.code).toBe(code);
    expect(fault.unaffected).toBe('Nothing on HDFS was changed.');
    expect(fault.advice).not.toBeUndefined();
    expect(fault.place).toEqual({ path: '/x' });
    expect(JSON.stringify(fault)).not.toMatch(/\.java|\\tat/);
  });

  test('a reported fault may arrive in pieces', async () => {
    const body = JSON.stringify({
      RemoteException: { exception: 'AccessControlException', message: 'no'.repeat(2000) },
    });
    const hdfs = await startHdfsStandIn({
      GETFILESTATUS: (_, response) => {
        response.writeHead(403, { 'content-type': 'application/json' }).write(body.slice(0, 1000));
        setTimeout(() => response.end(body.slice(1000)), 20);
      },
    });
    expect((await faultOf(client(hdfs.url).status('/x'))).code).toBe('hdfs.permission-denied');
  });

  test('false is a fault where something should have been done, and an answer for remove', async () => {
    const no = (_: unknown, response: Parameters<typeof json>[0]) => json(response, 200, { boolean: false });
    const hdfs = client((await startHdfsStandIn({ RENAME: no, MKDIRS: no, DELETE: no })).url);
    expect((await faultOf(hdfs.rename('/a', '/b'))).code).toBe('hdfs.refused');
    expect((await faultOf(hdfs.mkdirs('/a'))).code).toBe('hdfs.refused');
    expect(await hdfs.remove('/a', { recursive: true })).toBe(false);
  });
});

describe('answers that are not from WebHDFS', () => {
  const operations: [string, (hdfs: WebHdfs) => Promise<unknown>][] = [
    ['status', (hdfs) => hdfs.status('/x')],
    ['list', (hdfs) => drain(hdfs.list('/x'))],
    ['open', (hdfs) => drain(hdfs.open('/x'))],
    ['create', (hdfs) => hdfs.create('/x', new Uint8Array(9), { overwrite: true })],
    ['mkdirs', (hdfs) => hdfs.mkdirs('/x')],
    ['rename', (hdfs) => hdfs.rename('/x', '/y')],
    ['remove', (hdfs) => hdfs.remove('/x', { recursive: false })],
    ['contentSummary', (hdfs) => hdfs.contentSummary('/x')],
  ];

  test.each(operations)('%s: a sign-in page with 200', async (_, run) => {
    const { url, host } = await startStandIn((_request, response) => page(response, 200));
    const fault = await faultOf(run(client(url)));
    expect(fault.code).toBe('hdfs.not-webhdfs');
    expect(fault.message).toContain(host);
    expect(fault.message).not.toContain('<');
  });

  test.each(operations)('%s: a redirect to a sign-in page is not followed', async (_, run) => {
    const elsewhere = await startStandIn((_request, response) => page(response, 200));
    const { url } = await startStandIn((_request, response) =>
      page(response, 302, { location: `${elsewhere.url}/login` }),
    );
    expect((await faultOf(run(client(url)))).code).toBe('hdfs.not-webhdfs');
    expect(elsewhere.arrived).toEqual([]);
  });

  test.each(operations)('%s: 503', async (_, run) => {
    const { url } = await startStandIn((_request, response) => page(response, 503));
    expect((await faultOf(run(client(url)))).code).toBe('hdfs.busy');
  });

  test.each(operations)('%s: 401', async (_, run) => {
    const { url } = await startStandIn((_request, response) =>
      page(response, 401, { 'www-authenticate': 'Negotiate' }),
    );
    expect((await faultOf(run(client(url)))).code).toBe('hdfs.unauthenticated');
  });

  test.each(operations)('%s: a machine that is not there', async (_, run) => {
    const host = await closedPort();
    const fault = await faultOf(run(client(`http://${host}`)));
    expect(fault.code).toBe('hdfs.unreachable');
    expect(fault.message).toContain(`NameNode ${host}`);
  });

  test.each(operations)('%s: a machine that never answers', async (_, run) => {
    const { url } = await startStandIn(() => {});
    expect((await faultOf(run(client(url, 100)))).code).toBe('hdfs.timeout');
  });

  test('JSON of another form, and JSON cut short', async () => {
    const hdfs = await startHdfsStandIn({
      GETFILESTATUS: (_, response) => json(response, 200, { FileStatus: { length: '12' } }),
      GETCONTENTSUMMARY: (_, response) => void response.writeHead(200).end('{"ContentSummary":'),
    });
    expect((await faultOf(client(hdfs.url).status('/x'))).code).toBe('hdfs.not-webhdfs');
    expect((await faultOf(client(hdfs.url).contentSummary('/x'))).code).toBe('hdfs.not-webhdfs');
  });
});
