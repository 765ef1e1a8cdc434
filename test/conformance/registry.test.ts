// Schemas as the job fetches them, from a stand-in for what a registry seldom shows: no Spark is started.
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { findSpark } from '../../main/verify/spark-local';

const SCRIPT = `
import json, sys
from dataharmonize import registry
from dataharmonize.faults import JobFault
def told(number):
    try:
        return registry.fetch_schema(sys.argv[1], number)
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

test('schemas with what they refer to, ids that are not known, and a registry that fails', async () => {
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const answer = answers[url];
    if (url.endsWith('/5')) response.writeHead(503).end('<html>');
    else if (answer) response.end(JSON.stringify(answer));
    else response.writeHead(404).end('{"error_code": 40403}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
  const python = findSpark()?.python ?? 'python3';
  const { stdout } = await promisify(execFile)(python, ['-c', SCRIPT, url], {
    env: {
      ...process.env,
      PYTHONPATH: path.join(import.meta.dirname, '../../main/publish/pyspark'),
      PYTHONDONTWRITEBYTECODE: '1',
    },
  });
  expect(JSON.parse(stdout)).toEqual([
    { type: 'AVRO', schema: '"string"', references: [] },
    { type: 'AVRO', schema: '"b"', references: ['A', 'B'] },
    { type: 'JSON', schema: '{}', references: [] },
    null,
    ['registry.unreachable', 'The schema registry answered 503, 3 times in a row.'],
  ]);
  expect(asked.filter((one) => one.endsWith('/5'))).toHaveLength(3);
});
