import type { KafkaConnection } from '../../../shared/connections/kafka';
import type { FindSecret } from '../kind';
import { readPem } from '../pem';

/** What a client of Kafka is made with: certificates and keys are PEM text. */
export type KafkaSettings = {
  readonly brokers: readonly string[];
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string };
  readonly sasl?:
    | {
        readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
        readonly username: string;
        readonly password: string;
      }
    | { readonly mechanism: 'oauthbearer'; readonly token: string };
  readonly registry?: { readonly url: string; readonly username?: string; readonly password?: string };
};

async function tlsOf(
  { ca, client }: NonNullable<KafkaConnection['tls']>,
  secret: FindSecret,
): Promise<NonNullable<KafkaSettings['tls']>> {
  return {
    ...(ca && { ca: await readPem(ca) }),
    ...(client && {
      cert: await readPem(client.certificate),
      key: await readPem(client.key ?? { text: await secret('client-key') }),
    }),
  };
}

/** The settings of a connection with its secrets in place. Throws the fault of one that is missing. */
export async function kafkaSettings(
  { brokers, tls, sasl, registry }: KafkaConnection,
  secret: FindSecret,
): Promise<KafkaSettings> {
  return {
    brokers,
    ...(tls && { tls: await tlsOf(tls, secret) }),
    ...(sasl && {
      sasl:
        sasl.mechanism === 'oauthbearer'
          ? { mechanism: sasl.mechanism, token: await secret('token') }
          : { mechanism: sasl.mechanism, username: sasl.user, password: await secret('password') },
    }),
    ...(registry && {
      registry: {
        url: registry.url,
        ...(registry.user !== undefined && {
          username: registry.user,
          password: await secret('registry-password'),
        }),
      },
    }),
  };
}
