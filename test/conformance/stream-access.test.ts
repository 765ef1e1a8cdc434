// What a stream signs in with, as Spark's options: no Spark is started. The real listeners are in test/integration.
import { expect, test } from 'vitest';
import type { StreamAccess } from '../../shared/ports/publisher';
import { askPython } from './python-module';

const SCRIPT = `
import json, sys
from dataharmonize import stream_access
from dataharmonize.faults import JobFault
class Files:
    def __init__(self, found):
        self.found, self.removed = found, []
    def read(self, path):
        if isinstance(self.found, str):
            raise OSError(self.found)
        return None if self.found is None else json.dumps(self.found).encode("utf-8")
    def remove(self, path):
        self.removed.append(path)
def told(found):
    files = Files(found)
    try:
        return {"options": stream_access.kafka_options(stream_access.take_access(files, "/runs/s")), "removed": files.removed}
    except JobFault as fault:
        return {"code": fault.code, "message": fault.message}
json.dump([told(one) for one in json.load(sys.stdin)], sys.stdout)
`;

type Told = { options?: Record<string, string>; removed?: string[]; code?: string; message?: string };
const told = (...found: readonly (StreamAccess | string | null)[]) => askPython<Told[]>(SCRIPT, found);

test('each kind of listener; the file goes as soon as it is read', () => {
  const sasl = { mechanism: 'scram-sha-512', user: 'alice', password: 'sesame' } as const;
  const registry = { user: 'reg', password: 'sesame' };
  const module = 'org.apache.kafka.common.security';
  const found = told(
    { sasl },
    { tls: {}, sasl: { ...sasl, mechanism: 'scram-sha-256' } },
    { tls: { ca: 'CA', certificate: 'CERT', key: 'KEY' } },
    { sasl: { ...sasl, mechanism: 'plain' }, registry },
    { registry },
  );
  expect(found.map(({ options }) => options)).toEqual([
    {
      'kafka.security.protocol': 'SASL_PLAINTEXT',
      'kafka.sasl.mechanism': 'SCRAM-SHA-512',
      'kafka.sasl.jaas.config': `${module}.scram.ScramLoginModule required username="alice" password="sesame";`,
    },
    {
      'kafka.security.protocol': 'SASL_SSL',
      'kafka.sasl.mechanism': 'SCRAM-SHA-256',
      'kafka.sasl.jaas.config': `${module}.scram.ScramLoginModule required username="alice" password="sesame";`,
    },
    {
      'kafka.security.protocol': 'SSL',
      'kafka.ssl.truststore.type': 'PEM',
      'kafka.ssl.truststore.certificates': 'CA',
      'kafka.ssl.keystore.type': 'PEM',
      'kafka.ssl.keystore.certificate.chain': 'CERT',
      'kafka.ssl.keystore.key': 'KEY',
    },
    {
      'kafka.security.protocol': 'SASL_PLAINTEXT',
      'kafka.sasl.mechanism': 'PLAIN',
      'kafka.sasl.jaas.config': `${module}.plain.PlainLoginModule required username="alice" password="sesame";`,
    },
    { 'kafka.security.protocol': 'PLAINTEXT' },
  ]);
  for (const { removed } of found) expect(removed).toEqual(['/runs/s/access.json']);
});

test('a password that holds what JAAS gives a meaning stays one text', () => {
  const sasl = { mechanism: 'plain', user: 'a"b', password: 'x\\"; evil="\n\ry\\n;ö' } as const;
  const [{ options } = {}] = told({ sasl });
  expect(options?.['kafka.sasl.jaas.config']).toBe(
    'org.apache.kafka.common.security.plain.PlainLoginModule required ' +
      'username="a\\"b" password="x\\\\\\"; evil=\\"\\n\\ry\\\\n;ö";',
  );
});

test('a file that is not there, or that the job’s user may not read', () => {
  expect(told(null, 'Permission denied: user=livy')).toEqual([
    { code: 'stream.access', message: expect.stringMatching(/is not there: start it again/) },
    {
      code: 'stream.access',
      message: expect.stringMatching(/must run as the user who started it \(OSError\)/),
    },
  ]);
});
