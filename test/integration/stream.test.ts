import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureSparkKafka } from '../../build/setup/spark-kafka.mjs';
import { findSpark } from '../../main/verify/spark-local';
import { type Messaging, startMessaging } from '../cluster/start.mjs';
import { proveStream } from './stream-proof';

let messaging: Messaging;
let folder: string;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), 'dataharmonize-stream-')));
  messaging = await startMessaging();
});
afterAll(async () => {
  await messaging?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('100,000 messages, poison among them: killed and restarted, the stream writes what the batch job writes', async () => {
  const spark = findSpark();
  if (!spark) throw expect.fail('There is no Spark: type  npm run setup:spark');
  const jars = await ensureSparkKafka({ log: console.log });
  await proveStream({ kafka: messaging.kafka, spark, jars, folder });
});
