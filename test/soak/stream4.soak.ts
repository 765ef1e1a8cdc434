// `npm run soak stream4`: what `npm test` asks of Spark 3 alone.
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ensureSpark4 } from '../../build/setup/spark.mjs';
import { ensureSparkKafka } from '../../build/setup/spark-kafka.mjs';
import { startMessaging } from '../cluster/start.mjs';
import { proveStream } from '../integration/stream-proof';

test('a stream on Spark 4, killed and restarted, writes what the batch job writes', async () => {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'dataharmonize-stream4-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [spark, jars] = [
    await ensureSpark4({ log: console.log }),
    await ensureSparkKafka({ log: console.log, line: 4 }),
  ];
  const messaging = await startMessaging();
  onTestFinished(() => messaging.stop());
  await proveStream({ kafka: messaging.kafka, spark, jars, folder });
  expect(jars.some((jar) => jar.includes('_2.13'))).toBe(true);
});
