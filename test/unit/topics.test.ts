import { createServer, type IncomingMessage, type Server } from 'node:http';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { createRegistry } from '../../main/connectors/kafka/registry';
import { createMarks, MOST_MARKS } from '../../main/live/marks';
import { shareOut } from '../../main/sampling/topic-stretches';
import { rowPlacer } from '../../shared/messages/place';
import { faultOf } from '../doubles/outcome';

let server: Server | null = null;
afterEach(() => server?.close());

type Answer = { status?: number; body: unknown; headers?: Record<string, string> };

/** A registry that answers as told, and its address. */
async function registryThat(answer: (request: IncomingMessage) => Answer): Promise<string> {
  const made = createServer((request, response) => {
    const { status = 200, body, headers = {} } = answer(request);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  const address = made.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  return `http://127.0.0.1:${address.port}`;
}

describe('a schema registry', () => {
  test('gives a schema with those that it names, each after those that it names itself', async () => {
    const reference = (name: string) => ({ name, subject: name, version: 1 });
    const answers: Record<string, unknown> = {
      '/schemas/ids/7': { schema: 'A', references: [reference('B'), reference('C')] },
      '/subjects/B/versions/1': { schema: 'b', references: [reference('C')] },
      '/subjects/C/versions/1': { schema: 'c' },
    };
    let asked = 0;
    const url = await registryThat(({ url: path = '' }) => {
      asked++;
      return { body: answers[path] };
    });
    const registry = createRegistry({ url: `${url}/` });
    expect(await registry.schema(7)).toEqual({ type: 'AVRO', schema: 'A', references: ['c', 'b'] });
    await registry.schema(7);
    expect(asked).toBe(3);
  });

  test('signs in, and says when that is not accepted', async () => {
    const url = await registryThat(({ headers }) =>
      headers.authorization === `Basic ${Buffer.from('ann:s3cret').toString('base64')}`
        ? { body: ['customers-value'] }
        : { status: 401, body: {} },
    );
    expect(await createRegistry({ url, username: 'ann', password: 's3cret' }).subjects()).toEqual([
      'customers-value',
    ]);
    const fault = await faultOf(createRegistry({ url, username: 'ann', password: 'wrong' }).subjects());
    expect(fault.code).toBe('registry.sign-in');
    expect(JSON.stringify(fault)).not.toContain('wrong');
  });

  test('knows an id that is not there from a registry that is not there', async () => {
    const url = await registryThat(({ url: path }) =>
      path === '/schemas/ids/8'
        ? { status: 404, body: { error_code: 40403 } }
        : { status: 404, body: '<html>Not found</html>' },
    );
    const registry = createRegistry({ url });
    expect(await registry.schema(8)).toBeNull();
    expect((await faultOf(registry.schema(9))).code).toBe('registry.status');
    expect((await faultOf(createRegistry({ url: 'http://127.0.0.1:1' }).subjects())).code).toBe(
      'registry.unreachable',
    );
  });

  test('takes no redirect, which would carry the password along', async () => {
    const paths: (string | undefined)[] = [];
    const url = await registryThat(({ url: path }) => {
      paths.push(path);
      return { status: 302, body: {}, headers: { location: '/elsewhere' } };
    });
    const fault = await faultOf(createRegistry({ url, username: 'ann', password: 'x' }).subjects());
    expect(fault.code).toBe('registry.status');
    expect(paths).toEqual(['/subjects']);
  });
});

test('messages are shared out fairly, none twice and none too many', () => {
  const lengths = fc.array(fc.nat(1000), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(lengths, fc.integer({ min: 1, max: 3000 }), (all, rows) => {
      const shares = shareOut(all, rows);
      const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
      expect(sum(shares)).toBe(Math.min(rows, sum(all)));
      for (const [i, share] of shares.entries()) expect(share).toBeLessThanOrEqual(all[i] ?? 0);
      // Whoever got less than another had no more.
      const most = Math.max(...shares);
      for (const [i, share] of shares.entries()) if (share < most - 1) expect(share).toBe(all[i]);
    }),
  );
});

test('marks keep the first message of each kind and count the others, in bounded room', () => {
  const marks = createMarks();
  const seen = { kind: 'shape', name: 'id', shape: 'a' } as const;
  marks.add(seen, { partition: 0, offset: 5 });
  marks.add(seen, { partition: 1, offset: 9 });
  expect(marks.take()).toEqual([{ ...seen, partition: 0, offset: 5, count: 2 }]);
  expect(marks.take()).toEqual([]);
  for (let i = 0; i < MOST_MARKS + 10; i++)
    marks.add({ ...seen, shape: `b${i}` }, { partition: 0, offset: i });
  expect(marks.take()).toHaveLength(MOST_MARKS - 1);
  expect(marks.more()).toBe(11);
});

test('rows go under their columns; what has none is told', () => {
  const place = rowPlacer(['a', 'b']);
  expect(place({ keys: ['b', 'c', 'd'], values: ['1', '2', null] })).toEqual({
    cells: [null, '1'],
    extra: ['c'],
  });
  expect(place({ keys: ['a'], values: ['3'] })).toEqual({ cells: ['3', null], extra: [] });
});
