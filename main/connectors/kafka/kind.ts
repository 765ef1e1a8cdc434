import { kafkaConnectionSchema } from '../../../shared/connections/kafka';
import { defineKind } from '../kind';
import { kafkaSettings } from './settings';
import { kafkaSteps } from './steps';
import { createTopics } from './topics';

/** Kafka as a kind of connection. */
export const kafkaKind = defineKind('kafka', kafkaConnectionSchema, {
  topics: async (connection, secret) => createTopics(await kafkaSettings(connection, secret)),
  steps: kafkaSteps,
});
