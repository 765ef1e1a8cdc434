// `npm run soak orc`: a source of ORC through all of publishing, which `npm test` runs as far as the review.
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createWebHdfs } from '../../main/connectors/hdfs/webhdfs';
import { createHost } from '../../main/host/create';
import { type AppContract, contract } from '../../shared/contract/contract';
import type { CallContext, CallName, Handler, Input } from '../../shared/contract/define';
import { startCluster } from '../cluster/start.mjs';
import { ORC_FOLDER } from '../doubles/orc';
import { drain } from '../doubles/outcome';
import { rulesOf, step } from '../unit/stream/rules';

test('ORC is previewed, reviewed, published and run: what is written are the rows of the file, cleaned', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'dataharmonize-orc-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  vi.stubEnv('DATAHARMONIZE_HOME', path.join(folder, 'home'));
  const cluster = await startCluster();
  onTestFinished(() => cluster.stop());
  const hdfs = createWebHdfs({ url: cluster.webhdfsUrl, user: cluster.user });
  onTestFinished(() => hdfs.close());
  const host = await createHost({ shell: 'web', version: '0.0.0', log: ({ error }) => expect.fail(error) });
  onTestFinished(() => host.close());
  async function ask<N extends CallName<AppContract>>(name: N, input: Input<AppContract, N>) {
    const handler = host.handlers[name] as Handler<AppContract, N>;
    const context = { signal: new AbortController().signal, progress: () => {}, emit: () => {} };
    const given = contract.calls[name].input.parse(input) as Parameters<typeof handler>[0];
    return handler(given, context as unknown as CallContext<AppContract, N>);
  }

  const connection = 'test-cluster';
  const file = '/data/shop/people.orc';
  await hdfs.create(file, createReadStream(path.join(ORC_FOLDER, 'people-zstd.orc')), { overwrite: false });
  for (const one of cluster.connections) await ask('connections.save', { connection: one });
  await ask('project.create', { path: path.join(folder, 'shop.dhz'), name: 'Shop' });
  const { dialect } = await ask('source.inspect', { connection, path: file });
  const { project } = await ask('project.addSource', { connection, path: file, dialect });
  const source = project.sources[0]?.id ?? '';
  const rules = rulesOf(
    step('change-case', ['name'], { to: 'upper' }),
    step('check', ['name'], { kind: 'not-empty', onFail: 'reject' }),
  );
  await writeFile(path.join(folder, 'rules.json'), JSON.stringify(rules));
  await ask('project.importRules', { source, path: path.join(folder, 'rules.json') });
  const { planHash, input, obstacles } = await ask('publish.review', { source, connection });
  expect([obstacles, input]).toEqual([[], file]);
  const runId = 'orc-0001';
  const places = { output: '/cleaned/people', quarantine: '/cleaned/people-quarantine' };
  await ask('publish.submit', { source, connection, runId, planHash, input, format: 'csv', ...places });
  const found = async () => (await ask('publish.runs', {})).find((one) => one.runId === runId);
  for (let run = await found(); run?.finished === null; run = await found()) await pause(500);
  expect(await found()).toMatchObject({
    state: 'succeeded',
    report: { counts: { read: 3, kept: 1, rejected: 2 } },
  });
  const written = async (from: string) => {
    const texts = (await drain(hdfs.list(from))).filter(({ name }) => name.endsWith('.csv'));
    return Promise.all(texts.map(({ path: part }) => hdfs.readText(part)));
  };
  const kept = (await written(places.output)).flatMap((text) => text.trimEnd().split('\n').slice(1));
  expect(kept).toEqual([expect.stringMatching(/^1,ANN,Café,"\[1,null\]",/)]);
  const left = (await written(places.quarantine)).flatMap((text) => text.trimEnd().split('\n').slice(1));
  expect(left.sort()).toEqual(
    ['2', '3'].map((id) => expect.stringMatching(`^${id},.*,rejected,check,name,is empty,,,$`)),
  );
});
