import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import { openNative } from '../../main/engine/native';
import { customersRules } from '../../main/sample/customers.rules';
import { generateSample } from '../../main/sample/generate';
import { runOnSpark, type Spark } from '../../main/verify/spark-local';
import { compilePlan } from '../../shared/compile/compile';
import { compileSpark } from '../../shared/compile/spark';
import { compileStream, streamObstacles } from '../../shared/compile/stream';
import { csvDialectSchema } from '../../shared/document/dialect';
import type { RuleSet } from '../../shared/document/rule-set';
import { messagesDialectSchema } from '../../shared/messages/dialect';
import { capabilitiesOf } from '../../shared/operations/capabilities';
import { findOperation } from '../../shared/operations/registry';
import { parseRecord } from '../../shared/reading/csv';
import type { Kafka, Written } from '../cluster/start.mjs';
import { localStream } from './local-stream';
import { type Read, readTopic } from './read-topic';

const MESSAGES = 100_000;
const PARTITIONS = 3;
const CSV = csvDialectSchema.parse({ format: 'csv' });
const JSON_VALUES = messagesDialectSchema.parse({ format: 'messages', value: 'json', key: 'none' });

/** What no reader can make a row of, and the reason it gives. */
const POISON: readonly (readonly [value: string | Uint8Array, reason: string])[] = [
  ['{not json', 'not valid JSON'],
  ['[1, 2]', 'not a JSON object'],
  ['{"e-mail": "a@x.org", "e-mail": "b@x.org"}', 'a key that stands there twice'],
  ['{"e-mail": "\\ud800"}', 'half of a surrogate pair'],
  ['{"e-mail": NaN}', 'not valid JSON'],
  [Uint8Array.of(0x7b, 0xff, 0x7d), 'not valid UTF-8'],
  ['', 'not valid JSON'],
];

type Row = readonly (string | null)[];
const inOrder = (rows: readonly Row[]) => rows.map((row) => JSON.stringify(row)).sort();

/** Rows of Parquet files, all cells as text. */
async function readParquet(folder: string, pattern: string): Promise<Row[]> {
  const engine = await openNative({ folders: [folder], temporaryFolder: folder });
  try {
    const { columns } = await engine.query(
      `SELECT * FROM read_parquet('${pattern}', hive_partitioning = false)`,
    );
    return (columns[0] ?? []).map((_, i) => columns.map((column) => column[i] as string | null));
  } finally {
    await engine.close();
  }
}

/** Messages with one origin are one message, written again after a restart. */
const once = (messages: readonly Read[]): Read[] => [
  ...new Map(
    messages.map((one) => [`${one.headers['source.partition']}/${one.headers['source.offset']}`, one]),
  ).values(),
];
const cellsOf = ({ value }: Read): Row => Object.values(JSON.parse(value ?? '{}'));

async function makeMessages(
  folder: string,
): Promise<{ columns: string[]; messages: Written[]; readable: string[] }> {
  await generateSample({ folder, customers: MESSAGES, transactions: 0, events: 0, cells: false });
  const [header = '', ...lines] = (await readFile(path.join(folder, 'customers.csv'), 'utf8'))
    .trimEnd()
    .split('\n');
  const columns = parseRecord(header, CSV) as string[];
  const readable = [header];
  const messages = lines.map((line, i): Written => {
    const placed = { partition: i % PARTITIONS, key: i % 7 === 0 ? null : `customer ${i % 1000}` };
    if (i % 1000 === 77) return { ...placed, value: null };
    const poison = i % 500 === 99 ? POISON[Math.floor(i / 500) % POISON.length] : undefined;
    if (poison) return { ...placed, value: poison[0] };
    readable.push(line);
    const cells = parseRecord(line, CSV);
    return {
      ...placed,
      value: JSON.stringify(Object.fromEntries(columns.map((name, k) => [name, cells?.[k]]))),
    };
  });
  return { columns, messages, readable };
}

/** Those of the sample's rules that run in a stream; the case of letters takes long and is proved elsewhere. */
const streaming: RuleSet = {
  ...customersRules,
  expectations: [],
  steps: customersRules.steps.filter(({ operation }) => {
    const found = findOperation(operation);
    return found && capabilitiesOf(found).streams && operation !== 'change-case';
  }),
};

export type Proof = {
  readonly kafka: Kafka;
  readonly spark: Spark;
  /** Spark's connector for Kafka. */
  readonly jars: readonly string[];
  /** Real path of a folder of its own. */
  readonly folder: string;
};

/**
 * Sends 100,000 messages, poison among them, through a stream that is killed and restarted, and compares what it wrote
 * with what the batch job writes of the same rows. Topics of the names `customers`, `cleaned` and `left` are made.
 */
export async function proveStream({ kafka, spark, jars, folder }: Proof): Promise<void> {
  const at = (...parts: string[]) => path.join(folder, ...parts);
  const lap = laps();
  const { columns, messages, readable } = await makeMessages(at('shop'));
  for (const topic of ['customers', 'cleaned', 'left'])
    await kafka.createTopic(topic, { partitions: PARTITIONS });
  for (let i = 0; i < MESSAGES; i += 20_000)
    await kafka.produce('customers', messages.slice(i, i + 20_000), { codec: 'gzip' });
  lap('messages');

  const rules = compilePlan(streaming, columns);
  expect(streamObstacles(rules, streaming)).toEqual([]);
  expect(streamObstacles(compilePlan(customersRules, columns), customersRules)).toEqual([
    expect.stringMatching(/^Step 10 \(deduplicate\) does not run in a stream\. Refused as yet: /),
  ]);
  const stream = localStream({
    ...{ spark, jars, plan: compileStream(rules, streaming, JSON_VALUES), folder: at('stream') },
    ...{ brokers: kafka.brokers, topic: 'customers', outputTopic: 'cleaned', quarantineTopic: 'left' },
    most: 30_000,
  });
  onTestFinished(() => stream.kill());
  await stream.start();
  await stream.until(({ batch }) => batch === 0);
  lap('first batch');
  // Killed while it writes its second batch: the files stand, the topics hold a part.
  await stream.until(() => existsSync(path.join(stream.output, 'batch=1')));
  await wait(150);
  await stream.kill();
  expect((await stream.progress())?.batch).toBe(0);
  // Its second start signs in with a certificate.
  const { ca, certificate, key } = kafka.tls;
  await stream.start({ via: { brokers: kafka.listeners.MTLS, access: { tls: { ca, certificate, key } } } });
  const batchJob = (async () => {
    await writeFile(at('readable.csv'), `${readable.join('\n')}\n`);
    return runOnSpark({
      ...{ spark, plan: compileSpark(rules, CSV), input: at('readable.csv'), folder: at('batch') },
      outputFormat: 'parquet',
    });
  })();
  const end = await stream.until(({ totals }) => totals.counts.messages >= MESSAGES);
  lap('all messages');
  expect(await stream.stop()).toBe(0);
  lap('stopped');
  const batch = await batchJob;
  lap('batch job');

  // in = out + quarantined + tombstones, by the job's counts and by what stands in the topics.
  const { counts } = end.totals;
  const tombstones = messages.filter(({ value }) => value === null).length;
  const unreadable = MESSAGES - tombstones - (readable.length - 1);
  expect(counts).toEqual({
    ...batch.report.counts,
    messages: MESSAGES,
    read: MESSAGES - tombstones,
    rejected: (batch.report.counts?.rejected ?? 0) + unreadable,
    ...{ tombstones, unreadable, unknownFields: 0 },
  });
  expect(end.totals.measures).toEqual(batch.report.measures);
  expect(await stream.report()).toMatchObject({ status: 'succeeded', counts: { kept: counts.kept } });
  const [cleaned, left] = [await readTopic(kafka.brokers, 'cleaned'), await readTopic(kafka.brokers, 'left')];
  lap('topics read');
  const [out, quarantined] = [once(cleaned), once(left)];
  console.log(
    `written again: ${cleaned.length - out.length} cleaned, ${left.length - quarantined.length} left`,
  );
  expect(out.length + quarantined.length).toBe(MESSAGES);
  expect(out.filter(({ value }) => value === null)).toHaveLength(tombstones);

  // Cell for cell: the files, the topic and the quarantine against what the batch job wrote.
  const kept = inOrder(await readParquet(folder, `${batch.output}/*.parquet`));
  expect(kept).toHaveLength(counts.kept);
  expect(inOrder(await readParquet(folder, `${stream.output}/batch=*/*.parquet`))).toEqual(kept);
  expect(inOrder(out.filter(({ value }) => value !== null).map(cellsOf))).toEqual(kept);
  const told = columns.length + 4;
  const isPoison = (one: Read) => one.headers.reason?.startsWith('unreadable: ');
  expect(
    inOrder(quarantined.filter((one) => !isPoison(one)).map((one) => cellsOf(one).slice(0, told))),
  ).toEqual(
    inOrder((await readParquet(folder, `${batch.quarantine}/*.parquet`)).map((row) => row.slice(0, told))),
  );

  // Each poison message lies in the quarantine with its reason, its place and its bytes.
  for (const [value, reason] of POISON) {
    const of = quarantined.filter(({ headers }) => headers.reason === `unreadable: ${reason}`);
    const original = typeof value === 'string' ? value : `base64:${Buffer.from(value).toString('base64')}`;
    expect(of.map(cellsOf).filter((cells) => cells.at(-1) === original).length).toBeGreaterThan(10);
  }
  for (const one of quarantined) {
    const { _topic, _partition, _offset } = JSON.parse(one.value ?? '{}');
    expect({ _topic, _partition: String(_partition), _offset: String(_offset) }).toEqual({
      _topic: 'customers',
      _partition: one.headers['source.partition'],
      _offset: one.headers['source.offset'],
    });
  }
  // A key goes with its message.
  const keys = new Map<string, string | null>();
  const places = new Array(PARTITIONS).fill(0);
  for (const { partition = 0, key } of messages)
    keys.set(`${partition}/${places[partition]++}`, key as string);
  for (const { key, headers } of [...out, ...quarantined])
    expect(key).toBe(keys.get(`${headers['source.partition']}/${headers['source.offset']}`));
  expect(await readdir(at('stream', '_runs', 's'))).not.toContainEqual(
    expect.stringMatching(/^(staged|aside)/),
  );
  lap('compared');

  // The client's key is in no file that is left, nor in what Spark tells of its plans and options.
  const secret = key.split('\n')[1] ?? '';
  expect(stream.words()).not.toContain(secret);
  expect(await holding(at('stream'), 'kafka.ssl.keystore.key')).toEqual([expect.stringMatching(/scratch-2/)]);
  expect(await holding(at('stream'), secret)).toEqual([]);

  // A changed plan has no use for the checkpoint.
  const changed = compileStream(rules, streaming, { ...JSON_VALUES, keyColumn: 'other' });
  await stream.start({ plan: changed });
  expect(await stream.ended()).toBe(1);
  expect(await stream.report()).toMatchObject({ status: 'failed', code: 'stream.changed' });
  lap('refused');
}

/** Files below a folder, as text, in which a text stands. */
async function holding(folder: string, text: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((one) => one.isFile()).map((one) => path.join(one.parentPath, one.name));
  const found = await Promise.all(files.map(async (file) => (await readFile(file)).includes(text)));
  return files.filter((_, i) => found[i]);
}

function laps(): (words: string) => void {
  let since = Date.now();
  const told: string[] = [];
  return (words) => {
    told.push(`${words} ${((Date.now() - since) / 1000).toFixed(1)}`);
    since = Date.now();
    console.log(told.join(', '));
  };
}
