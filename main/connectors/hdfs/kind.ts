import { hdfsConnectionSchema } from '../../../shared/connections/hdfs';
import { defineKind } from '../kind';
import { createHdfsConnector } from './connector';
import { webHdfsOptions } from './settings';
import { hdfsSteps } from './steps';

/** A silent service is given up before a steward would, in milliseconds; several NameNodes share the time. */
const PATIENCE = 9_000;

/** HDFS as a kind of connection. */
export const hdfsKind = defineKind('hdfs', hdfsConnectionSchema, {
  files: async (connection, secret) => {
    const limit = PATIENCE / Math.min(2, connection.nameNodes.length);
    const options = await webHdfsOptions(connection, secret);
    return createHdfsConnector({ ...options, timeoutMs: limit, connectMs: limit });
  },
  steps: hdfsSteps,
});
