import { z } from 'zod';
import { named, pemSchema, type SecretNeed, webAddress } from './parts';

/** `host:port`; an IPv6 address stands in brackets. */
export const brokerSchema = z.string().regex(/^(\[[0-9a-fA-F:.]+\]|[^\s:/@[\]]+):\d{1,5}$/, {
  error: 'must be host:port',
});

const userName = z.string().min(1).max(200);

/** Signing in over SASL. The password, or the token of `oauthbearer`, is a secret. */
export const saslSchema = z.discriminatedUnion('mechanism', [
  z.strictObject({ mechanism: z.literal('plain'), user: userName }),
  z.strictObject({ mechanism: z.literal('scram-sha-256'), user: userName }),
  z.strictObject({ mechanism: z.literal('scram-sha-512'), user: userName }),
  z.strictObject({ mechanism: z.literal('oauthbearer') }),
]);
export type Sasl = z.output<typeof saslSchema>;

/** Kafka brokers and the schema registry beside them. */
export const kafkaConnectionSchema = z.strictObject({
  ...named,
  kind: z.literal('kafka'),
  /** Where the cluster is first asked; it names its other brokers itself. */
  brokers: z.array(brokerSchema).min(1).max(50),
  /** Left out: the connection is not encrypted. */
  tls: z
    .strictObject({
      /** Certificate authorities to trust beside the public ones. */
      ca: pemSchema.optional(),
      /** This client's certificate. Its key is a file, or else a secret. */
      client: z
        .strictObject({ certificate: pemSchema, key: z.strictObject({ file: z.string().min(1) }).optional() })
        .optional(),
    })
    .optional(),
  sasl: saslSchema.optional(),
  registry: z.strictObject({ url: webAddress, user: userName.optional() }).optional(),
});
export type KafkaConnection = z.output<typeof kafkaConnectionSchema>;

/** The secrets that a connection to Kafka signs in with. */
export function kafkaSecrets({ tls, sasl, registry }: KafkaConnection): readonly SecretNeed[] {
  const needs: SecretNeed[] = [];
  if (tls?.client && !tls.client.key)
    needs.push({ part: 'client-key', label: 'Key of the client certificate' });
  if (sasl?.mechanism === 'oauthbearer') needs.push({ part: 'token', label: 'Bearer token' });
  else if (sasl) needs.push({ part: 'password', label: 'Password' });
  if (registry?.user !== undefined) {
    needs.push({ part: 'registry-password', label: 'Password of the schema registry' });
  }
  return needs;
}
