import { describe, expect, test } from 'vitest';
import { createLivy } from '../../main/publish/livy';
import { closedPort, json, page, startStandIn } from '../doubles/http-stand-in';
import { faultOf } from '../doubles/outcome';

const client = (url: string, timeoutMs = 5_000) => createLivy({ url, timeoutMs });
const batch = (id: number, name: string | null = null) => ({
  id,
  name,
  owner: null,
  proxyUser: null,
  state: 'running',
  appId: 'application_1_0001',
  appInfo: { driverLogUrl: null, sparkUiUrl: null },
  log: ['stdout: ', 'a line'],
});
const submit = (url: string, timeoutMs?: number) =>
  client(url, timeoutMs).submit({ file: 'hdfs:///job.py', args: ['a b'] }, { name: 'run-1' });

test('submits with a name and what CSRF protection asks for', async () => {
  let body = '';
  const livy = await startStandIn(async ({ raw }, response) => {
    for await (const chunk of raw) body += chunk;
    json(response, 201, batch(3, 'run-1'));
  });
  expect(await submit(livy.url)).toEqual({
    id: 3,
    name: 'run-1',
    owner: null,
    state: 'running',
    appId: 'application_1_0001',
    log: ['stdout: ', 'a line'],
  });
  expect(livy.arrived).toHaveLength(1);
  expect(livy.arrived[0]).toMatchObject({ method: 'POST', path: '/batches' });
  expect(livy.arrived[0]?.headers).toMatchObject({
    'x-requested-by': 'dataharmonize',
    'content-type': 'application/json',
  });
  expect(JSON.parse(body)).toEqual({ file: 'hdfs:///job.py', args: ['a b'], name: 'run-1' });
});

describe('a submission of which we can not know whether it arrived', () => {
  test.each<[string, Parameters<typeof startStandIn>[0]]>([
    ['the connection breaks', ({ raw }) => void raw.socket.resetAndDestroy()],
    ['no answer comes', () => {}],
    [
      'the answer breaks off',
      (_, response) => void response.writeHead(201).write('{"id":', () => response.destroy()),
    ],
    ['the answer is a page', (_, response) => page(response, 200)],
    ['the answer is of another form', (_, response) => json(response, 201, { msg: 'created' })],
    ['a gateway gives up', (_, response) => page(response, 504)],
    [
      'Livy fails',
      (_, response) => json(response, 500, { msg: 'java.lang.Exception: no\n\tat a.b(C.java:1)' }),
    ],
  ])('when %s', async (_, answer) => {
    const livy = await startStandIn(answer);
    const fault = await faultOf(submit(livy.url, 200));
    expect(fault).toMatchObject({ code: 'livy.reply-lost', details: { name: 'run-1' } });
    expect(fault.unaffected).toContain('may or may not');
    expect(livy.arrived).toHaveLength(1);
  });

  test('when we abort under way; but not before', async () => {
    const abort = new AbortController();
    const livy = await startStandIn(() => abort.abort());
    const submitting = () => client(livy.url).submit({ file: 'f' }, { name: 'run-1', signal: abort.signal });
    expect((await faultOf(submitting())).code).toBe('livy.reply-lost');
    await expect(submitting()).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect(livy.arrived).toHaveLength(1);
  });
});

describe('a submission that certainly started nothing', () => {
  test.each<[number, unknown, string]>([
    [400, { msg: 'Duplicate session name: Some(run-1) for session 4' }, 'livy.duplicate-name'],
    [400, { msg: 'Local path /x cannot be added to user sessions.' }, 'livy.refused'],
    [400, 'Missing Required Header for CSRF protection.', 'livy.refused'],
    [403, { msg: 'User not allowed' }, 'livy.denied'],
    [401, {}, 'livy.unauthenticated'],
    [429, {}, 'livy.busy'],
    [404, undefined, 'livy.strange-answer'],
  ])('%i %j', async (status, body, code) => {
    const livy = await startStandIn((_, response) =>
      body === undefined ? page(response, status) : json(response, status, body),
    );
    expect(await faultOf(submit(livy.url))).toMatchObject({ code, details: { delivered: false } });
  });

  test('nobody there', async () => {
    const host = await closedPort();
    expect(await faultOf(submit(`http://${host}`))).toMatchObject({
      code: 'livy.unreachable',
      message: expect.stringContaining(host),
    });
  });

  test('settings that are the server’s to decide', async () => {
    const livy = await startStandIn(() => {});
    const conf = { 'spark.master': 'yarn', 'spark.yarn.tags': 'run-1' };
    const fault = await faultOf(client(livy.url).submit({ file: 'f', conf }, { name: 'run-1' }));
    expect(fault).toMatchObject({ code: 'livy.refused', message: expect.stringContaining('spark.master') });
    expect(livy.arrived).toEqual([]);
  });
});

test('finds a batch by its name among more than one page holds', async () => {
  const all = Array.from({ length: 1_200 }, (_, id) => batch(id, `run-${id}`));
  const livy = await startStandIn(({ query }, response) => {
    const sessions = all.slice(Number(query.from), Number(query.from) + Number(query.size));
    json(response, 200, { from: 0, total: all.length, sessions });
  });
  expect((await client(livy.url).find('run-1150'))?.id).toBe(1150);
  expect(await client(livy.url).find('run-1')).toMatchObject({ id: 1 });
  expect(await client(livy.url).find('run')).toBeNull();
});

test('a batch that Livy forgot is null, a state it does not name is unknown', async () => {
  const livy = await startStandIn(({ path }, response) => {
    if (path === '/batches/1') json(response, 200, { ...batch(1), state: 'pondering' });
    else json(response, 404, { msg: `Session '2' not found.` });
  });
  const { get, log, delete: remove } = client(livy.url);
  expect((await get(1))?.state).toBe('unknown');
  expect(await get(2)).toBeNull();
  expect(await log(2)).toBeNull();
  expect(await remove(2)).toBe(false);
});

test('a page in place of Livy is no forgotten batch', async () => {
  const livy = await startStandIn((_, response) => page(response, 404));
  expect((await faultOf(client(livy.url).get(1))).code).toBe('livy.strange-answer');
});
