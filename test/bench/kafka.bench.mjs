// Messages read from a real Kafka with 3 partitions: 100,000 in each codec, and 1,000,000 scanned, as they are and
// made into rows, against the Java client that kafka-console-consumer is made of, in one run.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { javaHome } from '../../build/setup/cluster.mjs';
import { ensureKafka, KAFKA_VERSIONS } from '../../build/setup/kafka.mjs';
import { startMessaging, topicsConnection } from '../cluster/start.mjs';
import { record } from './record.mjs';
import { root, scratch } from './sample.mjs';
import { measureInWindow } from './source-window.mjs';

const EACH = Number(process.env.BENCH_EACH ?? 100_000);
const ALL = Number(process.env.BENCH_ROWS ?? 1_000_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];

const script = path.join(scratch, 'topic-scan.mjs');
mkdirSync(scratch, { recursive: true });
await build({
  entryPoints: [path.join(root, 'test/bench/host/topic-scan.ts')],
  ...{ outfile: script, bundle: true, platform: 'node', format: 'esm', logLevel: 'silent' },
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
});
const classPath = (await ensureKafka({ log: console.log }))[KAFKA_VERSIONS.at(-1)];
const messaging = await startMessaging({ log: console.log });
const { kafka } = messaging;
try {
  const rows = [];
  for (const codec of CODECS) {
    await load(`codec-${codec}`, EACH, codec);
    const figures = figure(`${words(EACH)} messages, ${codec}`, `codec-${codec}`, EACH);
    rows.push({ ...figures, ...(await inWindow(`codec-${codec}`, EACH)) });
  }
  await load('all', ALL, 'lz4');
  const all = figure(`${words(ALL)} messages, lz4`, 'all', ALL);
  rows.push({ ...all, ...(await inWindow('all', ALL)) });
  const last = rows.at(-1);
  record('bench', 'kafka', {
    title: 'Reading topics, without a group',
    conditions: { kafka: kafka.version, partitions: 3, 'bytes of a message': 250, rounds: ROUNDS },
    rows,
    findings: {
      'rows of all messages against the Java client, times': ratio(last['rows, s'], last['Java, s']),
      'messages of all against the Java client, times': ratio(last['raw, s'], last['Java, s']),
    },
    notes: [
      'The least of the rounds, each a process of its own. Seconds do not count the start of Node or of the JVM; memory is the most that the process took.',
      'Java: KafkaConsumer with assigned partitions, reading bytes and doing nothing with them.',
      'In the window: a sample of all of them, from the click on the source to its first rows painted in Chromium; the most that its host and its renderer took.',
    ],
  });
} finally {
  await messaging.stop();
}

async function load(topic, count, codec) {
  await kafka.createTopic(topic);
  await kafka.produceMany(topic, count, { codec });
}

function figure(what, topic, expected) {
  const [address] = kafka.brokers;
  const raw = least(() => ours(address, topic, 'raw', expected));
  const made = least(() => ours(address, topic, 'rows', expected));
  const java = least(() => theirs(address, topic, expected));
  console.log(what, raw, made, java);
  return {
    what,
    'raw, s': rounded(raw.seconds),
    'rows, s': rounded(made.seconds),
    'Java, s': rounded(java.seconds),
    'raw, MB': Math.round(raw.megabytes),
    'rows, MB': Math.round(made.megabytes),
    'Java, MB': Math.round(java.megabytes),
  };
}

/** A sample of all messages in the window. */
function inWindow(topic, rows) {
  return measureInWindow({
    connection: topicsConnection({ kafka, registryUrl: null }),
    source: {
      path: topic,
      dialect: { format: 'messages', value: 'json', key: 'text', keyColumn: 'key' },
      sampling: { method: 'last', isolation: 'committed', rows },
    },
    cell: '@',
  });
}

function least(run) {
  const found = Array.from({ length: ROUNDS }, run);
  return found.reduce((a, b) => (b.seconds < a.seconds ? b : a));
}

function checked(told, expected) {
  if (told.messages !== expected) throw new Error(`${told.messages} messages came, not ${expected}`);
  return told;
}

function ours(address, topic, mode, expected) {
  const out = execFileSync(process.execPath, [script, address, topic, mode], { encoding: 'utf8' });
  return checked(JSON.parse(out), expected);
}

function theirs(address, topic, expected) {
  const java = path.join(javaHome(), 'bin', 'java');
  const args = ['-Xmx512m', '-XX:+UseSerialGC', '-cp', classPath, 'KafkaScan', address, topic];
  const { stdout } = spawnSync(java, args, { encoding: 'utf8' });
  return checked(JSON.parse(stdout.trim().split('\n').at(-1)), expected);
}

function words(n) {
  return n.toLocaleString('en');
}
function rounded(seconds) {
  return Number(seconds.toFixed(2));
}
function ratio(a, b) {
  return Number((a / b).toFixed(2));
}
