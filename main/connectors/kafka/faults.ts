import { Fault } from '../../../shared/contract/errors';
import { transportFailure } from '../../http/failure';
import type { KafkaSettings } from './settings';

export const UNAFFECTED = 'Nothing on Kafka was changed.';

/** Error codes of the protocol that have a meaning here. */
export const ERRORS = {
  offsetOutOfRange: 1,
  corruptMessage: 2,
  unknownTopic: 3,
  leaderNotAvailable: 5,
  notLeader: 6,
  timedOut: 7,
  replicaNotAvailable: 9,
  topicAuthorization: 29,
  clusterAuthorization: 31,
  storage: 56,
  fencedEpoch: 74,
  unknownEpoch: 75,
  offsetNotAvailable: 78,
} as const;

const PASSING: ReadonlySet<number> = new Set([
  ERRORS.leaderNotAvailable,
  ERRORS.notLeader,
  ERRORS.timedOut,
  ERRORS.replicaNotAvailable,
  ERRORS.storage,
  ERRORS.fencedEpoch,
  ERRORS.unknownEpoch,
  ERRORS.offsetNotAvailable,
]);

/** Thrown for an error code of the protocol; `isPassing` says that asking again may help. */
export class ProtocolError extends Error {
  constructor(
    readonly code: number,
    readonly topic: string,
    readonly partition: number | null = null,
  ) {
    super(`error ${code} of the protocol`);
  }
}

function* causes(error: unknown): Generator<Error> {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++) yield at;
}

const named = (error: unknown, ...names: string[]) => {
  for (const one of causes(error)) if (names.includes(one.name)) return one;
  return null;
};

/** Whether asking again, perhaps another broker, may help. */
export function isPassing(error: unknown): boolean {
  if (error instanceof ProtocolError) return PASSING.has(error.code);
  if (named(error, 'KafkaJSSASLAuthenticationError')) return false;
  return (
    named(
      error,
      'KafkaJSConnectionError',
      'KafkaJSConnectionClosedError',
      'KafkaJSRequestTimeoutError',
      'KafkaJSBrokerNotFound',
      'NoBroker',
    ) !== null
  );
}

const fault = (code: string, message: string, advice: string, cause: unknown, topic?: string) =>
  new Fault({
    code: `kafka.${code}`,
    message,
    unaffected: UNAFFECTED,
    advice,
    cause,
    ...(topic !== undefined && { place: { path: topic } }),
  });

function protocolFault(error: ProtocolError): Fault {
  const { code, topic, partition } = error;
  const where = partition === null ? `the topic ${topic}` : `partition ${partition} of the topic ${topic}`;
  const say = (name: string, message: string, advice: string) => fault(name, message, advice, error, topic);
  switch (code) {
    case ERRORS.unknownTopic:
      return say(
        'no-topic',
        `There is no topic ${topic}, or this user may not see it.`,
        'Check its name, and ask for the right to describe and read it.',
      );
    case ERRORS.topicAuthorization:
      return say(
        'permission',
        `This user may not read the topic ${topic}.`,
        'Ask for the rights to describe and read it. No right on consumer groups is needed.',
      );
    case ERRORS.clusterAuthorization:
      return say(
        'permission',
        'This user may not look into this cluster.',
        'Ask for the right to describe it.',
      );
    case ERRORS.offsetOutOfRange:
      return say(
        'offset-expired',
        `Messages of ${where} are no longer there: they were deleted by the topic's retention before they were read.`,
        'Draw the sample again; the topic keeps messages for a limited time only.',
      );
    case ERRORS.corruptMessage:
      return say(
        'corrupt',
        `The broker has found damaged messages in ${where}.`,
        "Show this to the cluster's administrator, or leave the partition out of the sample.",
      );
    default:
      return PASSING.has(code)
        ? say(
            'no-leader',
            `No broker answers for ${where} at the moment.`,
            "A broker may be down: try again in a minute, or show this to the cluster's administrator.",
          )
        : say(
            'failed',
            `Kafka could not do this for ${where} (error ${code}).`,
            "Try again; if it happens again, show this to the cluster's administrator.",
          );
  }
}

function signInFault(said: string, { sasl }: KafkaSettings, error: unknown): Fault {
  const mechanism = (sasl?.mechanism ?? '').toUpperCase();
  if (/not supported|not enabled/i.test(said)) {
    return fault(
      'mechanism',
      `The brokers do not take sign-ins by ${mechanism}.`,
      'Choose the SASL mechanism that the listener is set up with.',
      error,
    );
  }
  const who = sasl && 'username' in sasl ? `the user ${sasl.username}` : 'the token';
  return fault(
    'sign-in',
    `Signing in by ${mechanism} failed: the brokers did not accept ${who}.`,
    sasl && 'username' in sasl
      ? 'Check the user, the password and the SASL mechanism.'
      : 'Get a new token; it may have expired.',
    error,
  );
}

/** What a broker says to a sign-in at a listener without SASL. */
function hasSaslState(error: unknown): boolean {
  for (const one of causes(error)) if ('type' in one && one.type === 'ILLEGAL_SASL_STATE') return true;
  return false;
}

const codeOf = (error: Error) => ('code' in error && typeof error.code === 'string' ? error.code : '');

function isTls(reason: string): boolean {
  return /certificate|TLS/i.test(reason);
}

/** What a failed connection says about the settings, which brokers themselves do not tell. */
function mismatch({ tls, sasl }: KafkaSettings): string {
  if (!tls && !sasl)
    return 'This port may speak TLS, or ask for a sign-in: set TLS, or a user and a SASL mechanism.';
  if (!tls) return 'This port may speak TLS: set TLS. Or it may take no sign-ins: leave SASL out.';
  if (!sasl)
    return 'This port may not speak TLS, may ask for a sign-in (SASL), or for a certificate of this client.';
  return 'This port may not speak TLS, or take no sign-ins.';
}

/** The fault for whatever went wrong while a cluster was spoken to; faults pass as they are. */
export function kafkaFault(error: unknown, settings: KafkaSettings): Fault {
  if (error instanceof Fault) return error;
  if (error instanceof ProtocolError) return protocolFault(error);
  const signIn = named(error, 'KafkaJSSASLAuthenticationError');
  if (signIn) return signInFault(signIn.message, settings, error);
  if (hasSaslState(error)) {
    return fault(
      'no-sign-in',
      'This port takes no sign-ins.',
      'Leave SASL out, or use the port of a listener with SASL.',
      error,
    );
  }
  const connection = named(
    error,
    'KafkaJSConnectionError',
    'KafkaJSConnectionClosedError',
    'KafkaJSRequestTimeoutError',
  );
  const at = connection && 'broker' in connection ? String(connection.broker) : settings.brokers.join(', ');
  if (named(error, 'KafkaJSConnectionClosedError')) {
    return fault('closed', `${at} closed the connection without an answer.`, mismatch(settings), error);
  }
  if (named(error, 'KafkaJSRequestTimeoutError'))
    return fault('timeout', `${at} did not answer in time.`, `Try again. ${mismatch(settings)}`, error);
  if (!connection) {
    return fault(
      'failed',
      'The answer of a broker could not be read.',
      'Try again; if it happens again, report it with the version of the brokers.',
      error,
    );
  }
  if (
    /ALERT_(CERTIFICATE_REQUIRED|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN|UNKNOWN_CA)/.test(codeOf(connection))
  ) {
    return fault(
      'client-certificate',
      `${at} asks for a certificate of this client, and did not take ${settings.tls?.cert === undefined ? 'a connection without one' : 'the one given'}.`,
      "Give this client's certificate and its key (PEM), signed by an authority that the brokers trust.",
      error,
    );
  }
  const { reason } = transportFailure(connection);
  if (isTls(reason)) {
    return fault(
      'tls',
      `No trusted TLS connection to ${at}: ${reason}.`,
      "Give the certificate of the authority that signed the brokers' (PEM) as the connection's own CA, or check that this port speaks TLS.",
      error,
    );
  }
  if (/ECONNRESET|EPIPE|reset/i.test(`${codeOf(connection)} ${connection.message}`))
    return fault('closed', `${at} closed the connection without an answer.`, mismatch(settings), error);
  return fault(
    'unreachable',
    `${at} can't be reached: ${/timeout/i.test(connection.message) ? 'it did not answer in time' : reason}.`,
    'Check the address and that the broker runs; a VPN or a firewall may stand between.',
    error,
  );
}
