import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createHdfsConnector } from '../../main/connectors/hdfs/connector';
import { createWebHdfs, type WebHdfs } from '../../main/connectors/hdfs/webhdfs';
import { createLocalConnector } from '../../main/connectors/local/connector';
import { sample } from '../../main/sampling/sample';
import type { Connector } from '../../shared/ports/connector';
import { type Cluster, startCluster } from '../cluster/start.mjs';
import { testConnector } from '../contract/connector-suite';
import { peopleFile } from '../doubles/avro';
import { AWKWARD_NAMES } from '../doubles/awkward-names';
import { drain, faultOf } from '../doubles/outcome';

let cluster: Cluster;
let hdfs: WebHdfs;

beforeAll(async () => {
  cluster = await startCluster({ yarn: false, httpFs: true });
  hdfs = createWebHdfs({ url: cluster.webhdfsUrl, user: cluster.user });
});
afterAll(async () => {
  hdfs?.close();
  await cluster?.stop();
});

const text = new TextEncoder();
const overwrite = true;
const names = async (folder: string) => (await drain(hdfs.list(folder))).map(({ name }) => name);

describe('the real HDFS', () => {
  test.concurrent.each(AWKWARD_NAMES)('a file in a folder, both named %j', async (name) => {
    const folder = `/awkward/${name}`;
    const path = `${folder}/${name}`;
    const content = `this is ${name}`;
    const written = await hdfs.create(path, text.encode(content), { overwrite: false });
    expect(written).toMatchObject({ path, name, kind: 'file', size: text.encode(content).byteLength });
    expect(await hdfs.readText(path)).toBe(content);
    expect(await drain(hdfs.list(folder))).toEqual([written]);
    expect(await names('/awkward')).toContain(name);
    await hdfs.rename(path, `${folder}/renamed ${name}`);
    expect(await names(folder)).toEqual([`renamed ${name}`]);
    expect(await hdfs.status(path)).toBeNull();
    expect(await hdfs.remove(folder, { recursive: true })).toBe(true);
    expect(await names('/awkward')).not.toContain(name);
  });

  test('names that differ only in composed letters are two files', async () => {
    await hdfs.create('/letters/\u00e9', text.encode('composed'), { overwrite });
    await hdfs.create('/letters/e\u0301', text.encode('decomposed'), { overwrite });
    expect(await hdfs.readText('/letters/\u00e9')).toBe('composed');
    expect(await hdfs.readText('/letters/e\u0301')).toBe('decomposed');
    expect(await names('/letters')).toHaveLength(2);
  });

  test('a large upload streams in and out unchanged', async () => {
    const piece = (index: number) => Uint8Array.from({ length: 100_003 }, (_, at) => (at * 31 + index) % 256);
    async function* pieces() {
      for (let index = 0; index < 200; index++) yield piece(index);
    }
    const { size } = await hdfs.create('/large', pieces(), { overwrite: false });
    expect(size).toBe(200 * 100_003);
    const expected = Buffer.concat(await drain(pieces()));
    expect(Buffer.concat(await drain(hdfs.open('/large'))).equals(expected)).toBe(true);
    const offset = 12_345_678;
    const part = Buffer.concat(await drain(hdfs.open('/large', { offset, length: 1_000_000 })));
    expect(part.equals(expected.subarray(offset, offset + 1_000_000))).toBe(true);
  });

  test('an exclusive create leaves what is there, and of many at once one wins', async () => {
    await hdfs.create('/exclusive', text.encode('first'), { overwrite: false });
    const second = hdfs.create('/exclusive', text.encode('second'), { overwrite: false });
    expect((await faultOf(second)).code).toBe('hdfs.exists');
    expect(await hdfs.readText('/exclusive')).toBe('first');

    const claims = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) =>
        hdfs.create('/claim', text.encode(`run ${index}`), { overwrite: false }),
      ),
    );
    const won = claims.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []));
    expect(won).toHaveLength(1);
    expect(await hdfs.readText('/claim')).toBe(`run ${won[0]}`);
    for (const claim of claims) {
      if (claim.status === 'rejected') expect(claim.reason).toMatchObject({ code: 'hdfs.exists' });
    }
  });

  test('overwriting replaces content and permission', async () => {
    await hdfs.create('/replaced', text.encode('long content'), { overwrite });
    const entry = await hdfs.create('/replaced', text.encode('short'), { overwrite, permission: '600' });
    expect(entry).toMatchObject({ size: 5, permission: '600', owner: cluster.user });
    expect(await hdfs.readText('/replaced')).toBe('short');
  });

  test('rename never moves into a folder, and replaces only when told', async () => {
    await hdfs.create('/rename/a', text.encode('a'), { overwrite });
    await hdfs.create('/rename/b', text.encode('b'), { overwrite });
    await hdfs.mkdirs('/rename/folder');
    const existing = await faultOf(hdfs.rename('/rename/a', '/rename/b'));
    expect(existing).toMatchObject({ code: 'hdfs.exists', place: { path: '/rename/b' } });
    expect((await faultOf(hdfs.rename('/rename/a', '/rename/folder'))).code).toBe('hdfs.exists');
    expect((await faultOf(hdfs.rename('/rename/missing', '/rename/c'))).code).toBe('hdfs.not-found');
    expect(await names('/rename/folder')).toEqual([]);
    await hdfs.rename('/rename/a', '/rename/b', { overwrite });
    expect(await hdfs.readText('/rename/b')).toBe('a');

    await hdfs.mkdirs('/rename/full/inside');
    const full = await faultOf(hdfs.rename('/rename/folder', '/rename/full', { overwrite }));
    expect(full).toMatchObject({ code: 'hdfs.not-empty', place: { path: '/rename/full' } });
    await hdfs.rename('/rename/full', '/rename/folder', { overwrite });
    expect(await names('/rename')).toEqual(['b', 'folder']);
  });

  test('remove says whether something was there, and spares a full folder', async () => {
    await hdfs.mkdirs('/remove/folder');
    expect((await faultOf(hdfs.remove('/remove', { recursive: false }))).code).toBe('hdfs.not-empty');
    expect(await hdfs.remove('/remove', { recursive: true })).toBe(true);
    expect(await hdfs.remove('/remove', { recursive: true })).toBe(false);
  });

  test('lists a folder that needs several batches', async () => {
    const wanted = Array.from({ length: 1_050 }, (_, index) => `n%+ ${String(index).padStart(4, '0')}`);
    const queue = [...wanted];
    const makeAll = async () => {
      for (let name = queue.pop(); name !== undefined; name = queue.pop()) await hdfs.mkdirs(`/many/${name}`);
    };
    await Promise.all(Array.from({ length: 8 }, makeAll));
    expect(await names('/many')).toEqual(wanted);
    expect(await hdfs.contentSummary('/many')).toEqual({
      bytes: 0,
      files: 0,
      folders: 1_051,
      spaceConsumed: 0,
    });
  });

  test('says what went wrong, without Java', async () => {
    await hdfs.create('/wrong/file', text.encode('{"a": 1}'), { overwrite });
    const cases: [() => Promise<unknown>, string][] = [
      [() => drain(hdfs.open('/wrong/missing')), 'hdfs.not-found'],
      [() => drain(hdfs.list('/wrong/missing')), 'hdfs.not-found'],
      [() => drain(hdfs.open('/wrong')), 'hdfs.not-a-file'],
      [() => drain(hdfs.list('/wrong/file')), 'hdfs.not-a-folder'],
      [() => hdfs.mkdirs('/wrong/file'), 'hdfs.exists'],
      [() => hdfs.mkdirs('/wrong/file/below'), 'hdfs.not-a-folder'],
      [() => hdfs.create('/wrong/file/below', text.encode('x'), { overwrite }), 'hdfs.not-a-folder'],
      [() => hdfs.create('/wrong', text.encode('x'), { overwrite }), 'hdfs.exists'],
      [() => hdfs.mkdirs(`/wrong/${'n'.repeat(256)}`), 'hdfs.bad-name'],
      [() => hdfs.mkdirs('/wrong/permission', { permission: '999' }), 'hdfs.refused'],
      [() => hdfs.readJson('/wrong/file', z.object({ a: z.string() })), 'hdfs.not-expected'],
    ];
    for (const [run, code] of cases) {
      const fault = await faultOf(run());
      expect(fault.code).toBe(code);
      expect(JSON.stringify(fault)).not.toMatch(/java|\\tat /);
    }
    expect(await hdfs.readJson('/wrong/file', z.object({ a: z.number() }))).toEqual({ a: 1 });
  });

  test("another user's folder is closed to us", async () => {
    await hdfs.mkdirs('/private', { permission: '700' });
    await hdfs.create('/private/file', text.encode('x'), { overwrite });
    const other = createWebHdfs({ url: cluster.webhdfsUrl, user: 'bob' });
    const tries = [
      () => other.status('/private/file'),
      () => drain(other.list('/private')),
      () => drain(other.open('/private/file')),
      () => other.create('/private/new', text.encode('x'), { overwrite }),
      () => other.rename('/private/file', '/taken'),
      () => other.remove('/private/file', { recursive: false }),
    ];
    for (const one of tries) expect((await faultOf(one())).code).toBe('hdfs.permission-denied');
    expect(await hdfs.readText('/private/file')).toBe('x');
    other.close();
  });
});

describe('HDFS', () => {
  testConnector(() => {
    const connector = createHdfsConnector({ url: cluster.webhdfsUrl, user: cluster.user });
    return {
      connector,
      folder: '/connector',
      async write(name, content) {
        const { path } = await hdfs.create(`/connector/${name}`, content, { overwrite });
        return path;
      },
    };
  }, [...AWKWARD_NAMES]);
});

test('random rows of an Avro file are those that are drawn of it here, and few of its bytes are read', async () => {
  const content = await peopleFile(
    Array.from({ length: 400 }, (_, block) => 200 + ((block * 7919) % 90)),
    'zstandard',
  );
  const folder = await mkdtemp(path.join(tmpdir(), 'dataharmonize-hdfs-avro-'));
  const here = path.join(folder, 'people.avro');
  await writeFile(here, content);
  await hdfs.create('/avro/people.avro', content, { overwrite });
  const draw = (connector: Connector, file: string) =>
    sample({
      ...{ connector, path: file, dialect: { format: 'avro' }, wholeBytes: 100_000 },
      sampling: { method: 'random', rows: 500, seed: 7, on: 'here' },
    });
  const remote = createHdfsConnector({ url: cluster.webhdfsUrl, user: cluster.user });
  const [there, own] = [await draw(remote, '/avro/people.avro'), await draw(createLocalConnector(), here)];
  await remote.close();
  await rm(folder, { recursive: true, force: true });
  expect(there).toMatchObject({ rows: 500, unreadableCount: 0, drawn: { how: 'random-blocks' } });
  expect(there.drawn.bytes).toBeLessThan(content.length * 0.6);
  expect([there.total, Buffer.from(there.arrow)]).toEqual([own.total, Buffer.from(own.arrow)]);
});

describe('HttpFS', () => {
  testConnector(
    () => {
      const connector = createHdfsConnector({ url: cluster.httpFsUrl ?? '', user: cluster.user });
      return {
        connector,
        folder: '/gateway',
        async write(name, content) {
          const { path } = await hdfs.create(`/gateway/${name}`, content, { overwrite });
          return path;
        },
      };
    },
    AWKWARD_NAMES.slice(0, 5),
  );

  test('what goes in by it comes out of HDFS, and it tells what it may not do', async () => {
    const gateway = createWebHdfs({ url: cluster.httpFsUrl ?? '', user: cluster.user });
    await gateway.create('/gateway/written', text.encode('by HttpFS'), { overwrite: false });
    expect(await hdfs.readText('/gateway/written')).toBe('by HttpFS');
    await gateway.rename('/gateway/written', '/gateway/renamed');
    const other = createWebHdfs({ url: cluster.httpFsUrl ?? '', user: 'bob' });
    expect((await faultOf(drain(other.list('/private')))).code).toBe('hdfs.permission-denied');
    expect((await faultOf(gateway.readText('/gateway/nothing'))).code).toBe('hdfs.not-found');
    for (const one of [gateway, other]) one.close();
  });
});
