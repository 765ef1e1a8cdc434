import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWebHdfs } from '../../main/connectors/hdfs/webhdfs';
import { createLivy, FINAL_STATES as LIVY_FINAL, type Livy } from '../../main/publish/livy';
import { createYarn, FINAL_STATES as YARN_FINAL, type Yarn } from '../../main/publish/yarn';
import { type Cluster, startCluster } from '../cluster/start.mjs';
import { faultOf } from '../doubles/outcome';

let cluster: Cluster;
let livy: Livy;
let yarn: Yarn;

beforeAll(async () => {
  cluster = await startCluster();
  const { livyUrl, yarnUrl } = cluster;
  if (!livyUrl || !yarnUrl) throw new Error('the cluster came without Livy or YARN');
  livy = createLivy({ url: livyUrl });
  yarn = createYarn({ url: yarnUrl, user: cluster.user });
  // without a Spark context YARN would never see it run
  const job = `import time
from pyspark.sql import SparkSession
SparkSession.builder.getOrCreate()
time.sleep(600)
`;
  const hdfs = createWebHdfs({ url: cluster.webhdfsUrl, user: cluster.user });
  await hdfs.create('/jobs/sleep.py', Buffer.from(job), { overwrite: true });
  hdfs.close();
});
afterAll(async () => {
  livy?.close();
  yarn?.close();
  await cluster?.stop();
});

async function until<T>(look: () => Promise<T>, enough: (value: T) => boolean): Promise<T> {
  for (const deadline = Date.now() + 150_000; ; ) {
    const value = await look();
    if (enough(value)) return value;
    if (Date.now() > deadline) throw new Error(`waited in vain; the last was ${JSON.stringify(value)}`);
    await wait(500);
  }
}

test('a run is found by its name and tag, has no double, survives Livy, and can be killed', async () => {
  const name = 'Run-2A';
  const file = `${cluster.hdfsUrl}/jobs/sleep.py`;
  const submission = { file, conf: { 'spark.yarn.tags': name } };
  expect(await livy.find(name)).toBeNull();
  expect(await yarn.findByTag(name)).toEqual([]);

  const submitted = await livy.submit(submission, { name });
  expect(submitted).toMatchObject({ name, id: expect.any(Number) });
  expect(LIVY_FINAL.has(submitted.state)).toBe(false);
  const second = await faultOf(livy.submit(submission, { name }));
  expect(second).toMatchObject({ code: 'livy.duplicate-name', details: { name, delivered: false } });
  expect((await livy.list()).map((batch) => batch.name)).toEqual([name]);
  expect((await livy.find(name))?.id).toBe(submitted.id);

  const [app] = await until(
    () => yarn.findByTag(name),
    (found) => found[0]?.state === 'RUNNING' || YARN_FINAL.has(found[0]?.state ?? 'NEW'),
  );
  expect(app).toMatchObject({
    state: 'RUNNING',
    user: cluster.user,
    finalStatus: 'UNDEFINED',
    finished: null,
  });
  expect(app?.tags).toContain('run-2a');
  const id = app?.id ?? '';
  expect(
    await until(
      () => livy.get(submitted.id),
      (batch) => batch?.appId !== null,
    ),
  ).toMatchObject({ appId: id, name });
  const log = await livy.log(submitted.id, { size: 5 });
  expect(log?.log.length).toBe(5);
  expect(log?.total).toBeGreaterThan(5);

  await cluster.livy?.crash();
  expect((await faultOf(livy.find(name))).code).toBe('livy.unreachable');
  await cluster.livy?.start();
  expect(await livy.find(name)).toBeNull();
  expect((await yarn.findByTag(name)).map((each) => each.id)).toEqual([id]);

  await yarn.kill(id);
  const killed = await until(
    () => yarn.get(id),
    (each) => each !== null && YARN_FINAL.has(each.state),
  );
  expect(killed).toMatchObject({ state: 'KILLED', finalStatus: 'KILLED', finished: expect.any(String) });
  expect(killed?.diagnostics).not.toBe('');
});

test('what is not there, and what Livy refuses', async () => {
  expect(await livy.get(4_711)).toBeNull();
  expect(await livy.log(4_711)).toBeNull();
  expect(await livy.delete(4_711)).toBe(false);
  expect(await yarn.get('application_1_0001')).toBeNull();
  expect((await faultOf(yarn.kill('application_1_0001'))).code).toBe('yarn.not-found');
  const local = await faultOf(livy.submit({ file: 'file:///etc/hostname' }, { name: 'local' }));
  expect(local).toMatchObject({ code: 'livy.refused', details: { delivered: false } });
  expect(JSON.stringify(local)).not.toMatch(/\\tat /);
  // Livy keeps the name of what it refused, as a batch that never starts
  const left = await livy.find('local');
  expect(left).toMatchObject({ state: 'starting', appId: null });
  expect((await faultOf(livy.submit({ file: 'file:///x' }, { name: 'local' }))).code).toBe(
    'livy.duplicate-name',
  );
  expect(await livy.delete(left?.id ?? -1)).toBe(true);
  expect(await livy.find('local')).toBeNull();
});

test('a batch that is deleted is forgotten', async () => {
  const { id } = await livy.submit({ file: `${cluster.hdfsUrl}/jobs/missing.py` }, { name: 'deleted' });
  expect(await livy.delete(id)).toBe(true);
  expect(await livy.get(id)).toBeNull();
});
