// The only file that knows what is inside kafkajs 2.2.4, whose public consumer always joins a group: it is used for
// what carries requests (TCP, TLS, SASL, versions, framing), and the requests are ours (`wire.ts`).
import * as tls from 'node:tls';
import { Kafka, logLevel, type Mechanism, type SASLOptions } from 'kafkajs';
import type Encoder from 'kafkajs/src/protocol/encoder';
import type { KafkaSettings } from './settings';

/** A request of the protocol and what reads its answer. */
export type WireRequest<T> = {
  readonly apiKey: number;
  readonly apiVersion: number;
  readonly apiName: string;
  readonly body: Encoder;
  /** Milliseconds to wait for the answer. */
  readonly timeout: number;
  read(answer: Buffer): T;
};

/** A connection to one broker, signed in. What fails throws kafkajs's errors; `faults.ts` knows them. */
export type BrokerConnection = {
  readonly address: string;
  isOpen(): boolean;
  send<T>(request: WireRequest<T>): Promise<T>;
  close(): Promise<void>;
};

type Pool = { send(protocol: object): Promise<unknown> };
type Cluster = {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  brokerPool: { seedBroker: { isConnected(): boolean; connectionPool: Pool } };
};

const CONNECT_MS = 3_000;
const ANSWER_MS = 4_000;

/**
 * Signing in with a token. kafkajs's own takes any answer for a yes, while a broker tells what is wrong with a token in
 * an answer that is none of its errors.
 */
function tokenSignIn(token: string): Mechanism {
  return {
    mechanism: 'oauthbearer',
    authenticationProvider: ({ saslAuthenticate }) => ({
      async authenticate() {
        const text = Buffer.from(`n,,\u0001auth=Bearer ${token}\u0001\u0001`);
        const length = Buffer.alloc(4);
        length.writeInt32BE(text.length);
        const answer = await saslAuthenticate<string>({
          request: { encode: () => Buffer.concat([length, text]) },
          response: { decode: (bytes) => bytes, parse: (bytes) => bytes.toString('utf8') },
        });
        if (typeof answer === 'string' && answer.includes('"status"')) throw new RefusedToken();
      },
    }),
  };
}

/** A token that the brokers do not take; named as kafkajs's failure is. */
class RefusedToken extends Error {
  override name = 'KafkaJSSASLAuthenticationError';
  readonly retriable = false;
}

function signIn(sasl: NonNullable<KafkaSettings['sasl']>): SASLOptions | Mechanism {
  switch (sasl.mechanism) {
    case 'plain':
      return { mechanism: 'plain', username: sasl.username, password: sasl.password };
    case 'scram-sha-256':
      return { mechanism: 'scram-sha-256', username: sasl.username, password: sasl.password };
    case 'scram-sha-512':
      return { mechanism: 'scram-sha-512', username: sasl.username, password: sasl.password };
    case 'oauthbearer':
      return tokenSignIn(sasl.token);
  }
}

/** The settings of kafkajs for a connection; it neither logs nor tries again by itself. */
export function kafkaConfig({ brokers, tls: trust, sasl }: KafkaSettings) {
  return {
    clientId: 'dataharmonize',
    brokers: [...brokers],
    ...(trust && {
      ssl: {
        ...(trust.ca !== undefined && { ca: [...tls.rootCertificates, trust.ca] }),
        ...(trust.cert !== undefined && { cert: trust.cert }),
        ...(trust.key !== undefined && { key: trust.key }),
      },
    }),
    ...(sasl && { sasl: signIn(sasl) }),
    connectionTimeout: CONNECT_MS,
    authenticationTimeout: ANSWER_MS,
    requestTimeout: ANSWER_MS,
    logLevel: logLevel.NOTHING,
    retry: { retries: 0 },
  };
}

function createCluster(settings: KafkaSettings): Cluster {
  const kafka = new Kafka(kafkaConfig(settings));
  const symbol = Object.getOwnPropertySymbols(kafka).find(
    (one) => one.description === 'private:Kafka:createCluster',
  );
  const create: unknown = symbol && Reflect.get(kafka, symbol);
  if (typeof create !== 'function') throw new Error('this is not the kafkajs that the program was made for');
  return create.call(kafka, { metadataMaxAge: 300_000, allowAutoTopicCreation: false });
}

/** Connects to the broker at an address (`host:port`) and signs in. */
export async function connectBroker(settings: KafkaSettings, address: string): Promise<BrokerConnection> {
  const cluster = createCluster({ ...settings, brokers: [address] });
  try {
    await cluster.connect();
  } catch (error) {
    await cluster.disconnect().catch(() => {});
    throw error;
  }
  const { seedBroker } = cluster.brokerPool;
  return {
    address,
    isOpen: () => seedBroker.isConnected(),
    close: () => cluster.disconnect(),
    async send({ apiKey, apiVersion, apiName, body, timeout, read }) {
      let found: { readonly answer: ReturnType<typeof read> } | null = null;
      await seedBroker.connectionPool.send({
        request: { apiKey, apiVersion, apiName, encode: async () => body },
        response: {
          decode: async (payload: Buffer) => {
            found = { answer: read(payload) };
            return {};
          },
          parse: async () => null,
        },
        requestTimeout: timeout,
      });
      return answerOf(found);
    },
  };
}

function answerOf<T>(found: { readonly answer: T } | null): T {
  if (found === null) throw new Error('kafkajs handed over no answer');
  return found.answer;
}
