import { expect, test } from 'vitest';
import { createYarn } from '../../main/publish/yarn';
import { json, page, startStandIn } from '../doubles/http-stand-in';
import { faultOf } from '../doubles/outcome';

const client = (url: string) => createYarn({ url, user: 'ann', timeoutMs: 5_000 });
const app = (id: string, tags: string, startedTime = 1_000) => ({
  id,
  name: 'job',
  user: 'ann',
  queue: 'default',
  state: 'FAILED',
  finalStatus: 'FAILED',
  progress: 100,
  diagnostics: 'User application exited with 1\n\tat org.apache.spark.Main.run(Main.scala:12)\nFailing.\n',
  trackingUrl: '',
  applicationTags: tags,
  startedTime,
  finishedTime: startedTime + 500,
  amContainerLogs: 'http://node:8042/logs',
});

test('finds applications by tag, in the order of their start, whatever the case of letters', async () => {
  const yarn = await startStandIn((_, response) =>
    json(response, 200, {
      apps: { app: [app('b', 'livy,run-a1', 2_000), app('a', 'run-a1'), app('c', 'run-a12')] },
    }),
  );
  const found = await client(yarn.url).findByTag('run-A1');
  expect(found.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(found[0]).toMatchObject({
    tags: ['run-a1'],
    started: '1970-01-01T00:00:01.000Z',
    finished: '1970-01-01T00:00:01.500Z',
    trackingUrl: null,
    diagnostics: 'User application exited with 1\nFailing.',
  });
  expect(yarn.arrived[0]?.query).toEqual({ applicationTags: 'run-a1', 'user.name': 'ann' });
});

test.each([{ apps: null }, { apps: {} }, {}])('no application comes as %j', async (body) => {
  const yarn = await startStandIn((_, response) => json(response, 200, body));
  expect(await client(yarn.url).findByTag('x')).toEqual([]);
});

test('an application that YARN does not know is null', async () => {
  const yarn = await startStandIn((_, response) =>
    json(response, 404, {
      RemoteException: {
        exception: 'NotFoundException',
        message: 'java.lang.Exception: app with id: a not found',
      },
    }),
  );
  expect(await client(yarn.url).get('a')).toBeNull();
});

test('killing tells the state, and who may not', async () => {
  const yarn = await startStandIn(async ({ raw, path }, response) => {
    let body = '';
    for await (const chunk of raw) body += chunk;
    expect(JSON.parse(body)).toEqual({ state: 'KILLED' });
    if (path.includes('mine')) return json(response, 202, { state: 'FINAL_SAVING' });
    json(response, 403, {
      RemoteException: { exception: 'ForbiddenException', message: 'User ann can not' },
    });
  });
  expect(await client(yarn.url).kill('mine')).toBe('FINAL_SAVING');
  expect((await faultOf(client(yarn.url).kill('theirs'))).code).toBe('yarn.denied');
});

test('a ResourceManager on standby names the active one, which we do not follow', async () => {
  const yarn = await startStandIn((_, response) => page(response, 307, { location: 'http://rm2:8088/ws' }));
  const fault = await faultOf(client(yarn.url).findByTag('x'));
  expect(fault).toMatchObject({
    code: 'yarn.redirected',
    message: expect.stringContaining('http://rm2:8088'),
  });
});

test('something else in place of YARN', async () => {
  const yarn = await startStandIn((_, response) => page(response, 200));
  expect((await faultOf(client(yarn.url).get('a'))).code).toBe('yarn.strange-answer');
});
