import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWebHdfs, type WebHdfs } from '../../main/connectors/hdfs/webhdfs';
import { type Cluster, startCluster } from '../cluster/start.mjs';
import { AWKWARD_NAMES } from '../doubles/awkward-names';
import { describeFile, redirectTo, startHdfsStandIn } from '../doubles/hdfs-stand-in';
import { page, startStandIn, whole } from '../doubles/http-stand-in';
import { drain, faultOf } from '../doubles/outcome';
import { createPeer, encodedForPeer } from '../doubles/webhdfs-peer';

// The npm package webhdfs 1.2.0 as an independent peer: what one writes, the other reads. Where the package
// can't, its limit is asserted, so that a test fails when the limit goes.

let cluster: Cluster;
let ours: WebHdfs;
let peer: ReturnType<typeof createPeer>;

beforeAll(async () => {
  cluster = await startCluster({ yarn: false });
  ours = createWebHdfs({ url: cluster.webhdfsUrl, user: cluster.user });
  peer = createPeer(cluster.webhdfsUrl, cluster.user);
});
afterAll(async () => {
  ours?.close();
  await cluster?.stop();
});

const write = (path: string, text: string) => ours.create(path, Buffer.from(text), { overwrite: true });
const names = async (folder: string) => (await drain(ours.list(folder))).map(({ name }) => name);

/** The NameNode's redirects compose letters, and the package follows them to the letter. */
const composedByRedirects = (name: string) => name !== name.normalize('NFC');

describe('names encoded by the caller', () => {
  test.concurrent.each(AWKWARD_NAMES.filter((name) => !composedByRedirects(name)))(
    '%j, both ways',
    async (name) => {
      const folder = `/encoded/${name}`;
      await ours.mkdirs(folder);
      expect(await peer.write(encodedForPeer(`${folder}/${name}`), `peer ${name}`)).toMatchObject({
        ok: true,
      });
      expect(await names(folder)).toEqual([name]);
      expect(await ours.readText(`${folder}/${name}`)).toBe(`peer ${name}`);

      await write(`${folder}/${name}`, `ours ${name}`);
      expect(await peer.names(encodedForPeer(folder))).toEqual({ ok: true, value: [name] });
      expect(await peer.read(encodedForPeer(`${folder}/${name}`))).toEqual({
        ok: true,
        value: `ours ${name}`,
      });
    },
  );

  test.each(AWKWARD_NAMES.filter(composedByRedirects))(
    '%j: the peer reads and writes another file',
    async (name) => {
      const path = `/composed/${name}`;
      expect(await peer.write(encodedForPeer(path), 'peer')).toMatchObject({ ok: true });
      expect(await names('/composed')).toEqual([name.normalize('NFC')]);
      await write(path, 'ours');
      expect(await ours.readText(path)).toBe('ours');
      expect(await peer.read(encodedForPeer(path))).toEqual({ ok: true, value: 'peer' });
    },
  );
});

const LANDS_ELSEWHERE: Record<string, string> = {
  'per%cent.csv': 'per\ufffdnt.csv',
  'per%20cent.csv': 'per cent.csv',
  'per%2Fslash.csv': 'per',
  'back\\slash.csv': 'back',
};
const NOT_ASCII_OR_CONTROL = /[^\n\x20-\x7e]/;
const REFUSED = (name: string) => NOT_ASCII_OR_CONTROL.test(name) || name === '%2e%2e';

describe('names as they are', () => {
  test.concurrent.each(AWKWARD_NAMES)('%j', async (name) => {
    const folder = `/plain/${encodeURIComponent(name)}`;
    const path = `${encodedForPeer(folder)}/${name}`;
    await ours.mkdirs(folder);
    const wrote = await peer.write(path, `peer ${name}`);
    if (REFUSED(name)) {
      expect(wrote.ok).toBe(false);
      expect(await names(folder)).toEqual([]);
      await write(`${folder}/${name}`, `ours ${name}`);
      expect((await peer.stat(path)).ok).toBe(false);
      return;
    }
    expect(wrote.ok).toBe(true);
    expect(await names(folder)).toEqual([LANDS_ELSEWHERE[name] ?? name]);
    if (name in LANDS_ELSEWHERE) {
      await write(`${folder}/${name}`, `ours ${name}`);
      expect(await peer.read(path)).not.toEqual({ ok: true, value: `ours ${name}` });
    } else {
      expect(await ours.readText(`${folder}/${name}`)).toBe(`peer ${name}`);
      await write(`${folder}/${name}`, `ours ${name}`);
      expect(await peer.read(path)).toEqual({ ok: true, value: `ours ${name}` });
    }
  });
});

test('large content passes both ways', async () => {
  const large = 'content\n'.repeat(500_000);
  await write('/large/ours', large);
  expect((await peer.read('/large/ours')) as unknown).toEqual({ ok: true, value: large });
  expect((await peer.write('/large/peer', large)).ok).toBe(true);
  expect(await ours.readText('/large/peer')).toBe(large);
});

test('folders, renames and removals of one are seen by the other', async () => {
  expect((await peer.mkdir('/shared/folder')).ok).toBe(true);
  expect(await ours.status('/shared/folder')).toMatchObject({ kind: 'folder' });
  await write('/shared/folder/a', 'a');
  expect((await peer.rename('/shared/folder/a', '/shared/folder/b')).ok).toBe(true);
  await ours.rename('/shared/folder/b', '/shared/folder/c');
  expect(await peer.names('/shared/folder')).toEqual({ ok: true, value: ['c'] });
  expect((await peer.unlink('/shared/folder')).ok).toBe(true);
  expect(await ours.status('/shared/folder')).toBeNull();
});

describe('where the peer reports success, we report what happened', () => {
  test('renaming and removing what is missing', async () => {
    expect(await peer.rename('/missing', '/new')).toMatchObject({ ok: true });
    expect((await faultOf(ours.rename('/missing', '/new'))).code).toBe('hdfs.not-found');
    expect(await peer.unlink('/missing')).toMatchObject({ ok: true });
    expect(await ours.remove('/missing', { recursive: true })).toBe(false);
  });

  test('a DataNode that fails an upload', async () => {
    const dataNode = await startStandIn(async (request, response) => {
      await whole(request);
      page(response, 503);
    });
    const { url } = await startHdfsStandIn({
      CREATE: redirectTo(dataNode.host),
      GETFILESTATUS: describeFile(1),
    });
    expect(await createPeer(url, 'ann').write('/x', 'x')).toMatchObject({ ok: true });
    const upload = createWebHdfs({ url, user: 'ann' }).create('/x', Buffer.from('x'), { overwrite: true });
    expect((await faultOf(upload)).code).toBe('hdfs.busy');
  });

  test('a sign-in page', async () => {
    const { url } = await startStandIn((_, response) => page(response, 200));
    expect(await createPeer(url, 'ann').mkdir('/x')).toMatchObject({ ok: true });
    expect((await faultOf(createWebHdfs({ url, user: 'ann' }).mkdirs('/x'))).code).toBe('hdfs.not-webhdfs');
  });
});
