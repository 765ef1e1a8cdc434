// Schemas as the job fetches them, from a stand-in for what a registry seldom shows: no Spark is started.
import { execFile } from 'node:child_process';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { findSpark } from '../../main/verify/spark-local';

const SCRIPT = `
import json, sys
from dataharmonize.faults import JobFault
from dataharmonize.registry import Registry
url, *signed = sys.argv[1:]
registry = Registry(url, dict(zip(("user", "password"), signed)) if signed else None)
def told(number):
    try:
        return registry.schema(number)
    except JobFault as fault:
        return [fault.code, fault.message]
print(json.dumps([told(number) for number in (1, 2, 3, 4, 5)]))
`;

const answers: Readonly<Record<string, object>> = {
  '/api/schemas/ids/1': { schema: '"string"' },
  '/api/schemas/ids/2': {
    schema: '"b"',
    references: [
      { name: 'b', subject: 'b/of', version: 3 },
      { name: 'a', subject: 'a', version: 1 },
    ],
  },
  '/api/subjects/b%2Fof/versions/3': { schema: 'B', references: [{ name: 'a', subject: 'a', version: 1 }] },
  '/api/subjects/a/versions/1': { schema: 'A' },
  '/api/schemas/ids/3': { schema: '{}', schemaType: 'JSON' },
};

/** Runs the script against a server, with a user and a password where they are given. */
async function askJob(listener: RequestListener, ...signed: string[]): Promise<unknown> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
  const python = findSpark()?.python ?? 'python3';
  const { stdout } = await promisify(execFile)(python, ['-c', SCRIPT, url, ...signed], {
    env: {
      ...process.env,
      PYTHONPATH: path.join(import.meta.dirname, '../../main/publish/pyspark'),
      PYTHONDONTWRITEBYTECODE: '1',
    },
  });
  return JSON.parse(stdout);
}

test('schemas with what they refer to, ids that are not known, and a registry that fails', async () => {
  const asked: string[] = [];
  const told = await askJob(({ url = '' }, response) => {
    asked.push(url);
    const answer = answers[url];
    if (url.endsWith('/5')) response.writeHead(503).end('<html>');
    else if (answer) response.end(JSON.stringify(answer));
    else response.writeHead(404).end('{"error_code": 40403}');
  });
  expect(told).toEqual([
    { type: 'AVRO', schema: '"string"', references: [] },
    { type: 'AVRO', schema: '"b"', references: ['A', 'B'] },
    { type: 'JSON', schema: '{}', references: [] },
    null,
    ['registry.unreachable', 'The schema registry answered 503, 3 times in a row.'],
  ]);
  expect(asked.filter((one) => one.endsWith('/5'))).toHaveLength(3);
});

test('a registry with a password is asked with it, refuses another, and no redirect carries it along', async () => {
  const strangers: string[] = [];
  const stranger = createServer(({ headers }, response) => {
    strangers.push(String(headers.authorization));
    response.end('{"schema": "stolen"}');
  });
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void stranger.close());
  const elsewhere = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`;
  const expected = `Basic ${Buffer.from('reg:pässword').toString('base64')}`;
  const guarded: RequestListener = ({ url = '', headers }, response) => {
    if (headers.authorization !== expected) response.writeHead(401).end('{"error_code": 401}');
    else if (url.endsWith('/5')) response.writeHead(302, { location: elsewhere }).end();
    else response.end(JSON.stringify({ schema: '"string"' }));
  };
  const string = { type: 'AVRO', schema: '"string"', references: [] };
  expect(await askJob(guarded, 'reg', 'pässword')).toEqual([
    ...[string, string, string, string],
    ['registry.unreachable', 'The schema registry answered 302, 3 times in a row.'],
  ]);
  expect(strangers).toEqual([]);
  const refused = ['registry.sign-in', expect.stringMatching(/did not accept the sign-in \(status 401\)/)];
  expect(await askJob(guarded, 'reg', 'wrong')).toEqual([refused, refused, refused, refused, refused]);
});
