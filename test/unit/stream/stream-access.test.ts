import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { accessObstacles, secretsOfAccess, streamAccess } from '../../../main/publish/stream-access';
import { type KafkaConnection, kafkaConnectionSchema } from '../../../shared/connections/kafka';
import type { SecretPart } from '../../../shared/connections/parts';
import { messagesDialectSchema } from '../../../shared/messages/dialect';
import { faultOf } from '../../doubles/outcome';

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const JSON_VALUES = messagesDialectSchema.parse({ format: 'messages' });
const AVRO_VALUES = messagesDialectSchema.parse({ format: 'messages', value: 'registry' });
const connection = (more: object): KafkaConnection =>
  kafkaConnectionSchema.parse({
    kind: 'kafka',
    id: 'k',
    name: 'Shop',
    brokers: ['a:9092', 'b:9092'],
    ...more,
  });
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const secrets = async (part: SecretPart) =>
  part === 'client-key' ? privateKey.export({ type: 'sec1', format: 'pem' }).toString() : `secret ${part}`;
const begun = { brokers: ['b:9092', 'c:9092'], registry: null };

test('what needs no secret needs no access', async () => {
  expect(await streamAccess(connection({}), secrets, begun)).toBeNull();
  const registry = { url: 'https://r', user: 'reg' };
  expect(await streamAccess(connection({ registry }), secrets, begun)).toBeNull();
  expect(secretsOfAccess(connection({ registry }), JSON_VALUES)).toEqual([]);
});

test('TLS, a client certificate, SASL and the registry; the key in the form that Java reads', async () => {
  const all = connection({
    tls: { ca: { text: CERTIFICATE }, client: { certificate: { text: CERTIFICATE } } },
    sasl: { mechanism: 'scram-sha-256', user: 'alice' },
    registry: { url: 'https://r', user: 'reg' },
  });
  const access = await streamAccess(all, secrets, { ...begun, registry: 'https://r' });
  expect(access).toEqual({
    tls: {
      ca: CERTIFICATE,
      certificate: CERTIFICATE,
      key: expect.stringMatching(/^-----BEGIN PRIVATE KEY-----\n/),
    },
    sasl: { mechanism: 'scram-sha-256', user: 'alice', password: 'secret password' },
    registry: { user: 'reg', password: 'secret registry-password' },
  });
  expect(createPrivateKey(access?.tls?.key ?? '').equals(privateKey)).toBe(true);
  expect(secretsOfAccess(all, AVRO_VALUES)).toEqual([
    'the password',
    'the key of the client certificate',
    'the password of the schema registry',
  ]);
  expect(accessObstacles(all, AVRO_VALUES)).toEqual([]);
  expect(await streamAccess(connection({ tls: {} }), secrets, begun)).toEqual({ tls: {} });
});

test('a locked key is told without a word of it', async () => {
  const locked = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' });
  const client = { certificate: { text: CERTIFICATE } };
  const fault = await faultOf(
    streamAccess(connection({ tls: { client } }), async () => locked.toString(), begun),
  );
  expect(fault).toMatchObject({ code: 'connection.pem', message: expect.stringContaining('passphrase') });
  expect(`${JSON.stringify(fault)} ${fault.message}`).not.toContain(locked.toString().split('\n')[1]);
});

test('secrets are not for other brokers, nor for another registry', async () => {
  const sasl = { mechanism: 'plain', user: 'alice' };
  const other = streamAccess(connection({ sasl, brokers: ['d:9092'] }), secrets, begun);
  expect((await faultOf(other)).code).toBe('publish.stream-brokers');
  const moved = connection({ registry: { url: 'https://other', user: 'reg' } });
  const asked = streamAccess(moved, secrets, { ...begun, registry: 'https://r' });
  expect((await faultOf(asked)).code).toBe('publish.stream-brokers');
});

test('a token, which expires, and a registry that is lacking are in the way', () => {
  expect(accessObstacles(connection({ sasl: { mechanism: 'oauthbearer' } }), JSON_VALUES)).toEqual([
    expect.stringMatching(/^“Shop” signs in with a token: it expires/),
  ]);
  expect(accessObstacles(connection({}), AVRO_VALUES)).toEqual([
    '“Shop” has no schema registry, which the messages need.',
  ]);
});
