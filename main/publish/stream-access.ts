import { createPrivateKey } from 'node:crypto';
import type { KafkaConnection } from '../../shared/connections/kafka';
import { Fault } from '../../shared/contract/errors';
import type { MessagesDialect } from '../../shared/messages/dialect';
import type { StreamAccess } from '../../shared/ports/publisher';
import { type KafkaSettings, kafkaSettings } from '../connectors/kafka/settings';
import type { FindSecret } from '../connectors/kind';

export const usesRegistry = ({ key, value }: MessagesDialect): boolean =>
  key === 'registry' || value === 'registry';

/** What keeps a job from reaching the topics and schemas of a connection, a sentence each. */
export function accessObstacles(
  { name, sasl, registry }: KafkaConnection,
  dialect: MessagesDialect,
): readonly string[] {
  return [
    ...(sasl?.mechanism === 'oauthbearer'
      ? [
          `“${name}” signs in with a token: it expires while a job runs. Jobs sign in with a user and a password, or with a client certificate.`,
        ]
      : []),
    ...(usesRegistry(dialect) && !registry
      ? [`“${name}” has no schema registry, which the messages need.`]
      : []),
  ];
}

/** What of a connection is secret and has to reach the job, named as a steward would; empty where nothing is. */
export function secretsOfAccess(
  { tls, sasl, registry }: KafkaConnection,
  dialect: MessagesDialect,
): readonly string[] {
  return [
    ...(sasl ? ['the password'] : []),
    ...(tls?.client ? ['the key of the client certificate'] : []),
    ...(usesRegistry(dialect) && registry?.user !== undefined ? ['the password of the schema registry'] : []),
  ];
}

/** A key in the one form (PKCS #8) that the Java client reads. */
function keyForJava(pem: string): string {
  try {
    return createPrivateKey(pem).export({ type: 'pkcs8', format: 'pem' }).toString();
  } catch {
    // What was thrown may quote the key.
    throw new Fault({
      code: 'connection.pem',
      message:
        'The key of the client certificate cannot be read: it is damaged, or locked with a passphrase.',
      unaffected: 'Nothing was submitted.',
      advice: 'Give an unlocked key in PEM, then try again.',
    });
  }
}

function accessOf({ tls, sasl, registry }: KafkaSettings, withRegistry: boolean): StreamAccess {
  return {
    ...(tls && {
      tls: {
        ...(tls.ca !== undefined && { ca: tls.ca }),
        ...(tls.cert !== undefined && { certificate: tls.cert }),
        ...(tls.key !== undefined && { key: keyForJava(tls.key) }),
      },
    }),
    ...(sasl &&
      'username' in sasl && {
        sasl: { mechanism: sasl.mechanism, user: sasl.username, password: sasl.password },
      }),
    ...(withRegistry &&
      registry?.username !== undefined && {
        registry: { user: registry.username, password: registry.password ?? '' },
      }),
  };
}

/**
 * What the job of a stream signs in with by the connection as it is now, or null where it needs nothing. Throws the
 * fault of a secret that is missing, and `publish.stream-brokers` where the connection leads elsewhere than the stream
 * was begun with: its secrets are not for those brokers.
 */
export async function streamAccess(
  connection: KafkaConnection,
  secret: FindSecret,
  { brokers, registry }: { readonly brokers: readonly string[]; readonly registry: string | null },
): Promise<StreamAccess | null> {
  const access = accessOf(await kafkaSettings(connection, secret), registry !== null);
  if (Object.keys(access).length === 0) return null;
  const isSame =
    brokers.some((one) => connection.brokers.includes(one)) &&
    (registry === null || registry === connection.registry?.url);
  if (isSame) return access;
  throw new Fault({
    code: 'publish.stream-brokers',
    message: `“${connection.name}” names other brokers or another schema registry than when the stream was begun.`,
    unaffected: 'Nothing was submitted, and no password was handed on.',
    advice: 'Start a new stream, or set the connection as it was.',
  });
}
