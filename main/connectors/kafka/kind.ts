import { type KafkaConnection, kafkaConnectionSchema } from '../../../shared/connections/kafka';
import { defineKind, type FindSecret, type TestStep } from '../kind';
import { networkSteps, type Target } from '../probe';
import { kafkaSettings } from './settings';

function targetOf(broker: string): Target {
  const colon = broker.lastIndexOf(':');
  return { host: broker.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(broker.slice(colon + 1)) };
}

function* steps(connection: KafkaConnection, secret: FindSecret): Iterable<TestStep> {
  const trust = async () => (await kafkaSettings(connection, secret)).tls ?? {};
  const targets = connection.brokers.map(targetOf);
  yield* networkSteps(targets, connection.tls ? targets : [], trust);
}

/** Kafka as a kind of connection. */
export const kafkaKind = defineKind('kafka', kafkaConnectionSchema, { steps });
