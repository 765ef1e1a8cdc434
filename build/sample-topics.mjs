// The sample shop as topics, for `npm run cluster`: rows as JSON, and customers in Avro with their schema registered.
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import avro from 'avsc';

const PORTION = 5_000;
/** Rows of each table that become messages, and the column that is their key. */
const TABLES = [
  { name: 'customers', key: 'customer_id', rows: 20_000 },
  { name: 'transactions', key: 'customer_id', rows: 50_000 },
  { name: 'events', key: 'customer_id', rows: 50_000 },
];
const AVRO_ROWS = 2_000;

/**
 * Loads the tables of a sample into topics named for them.
 * @param {import('../test/cluster/start.mjs').Cluster} cluster
 * @param {string} folder of the sample
 * @param {(line: string) => void} log
 */
export async function loadTopics({ kafka, registryUrl }, folder, log) {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    for (const { name, key, rows } of TABLES) {
      const read = await readTable(connection, path.join(folder, `${name}.csv`), rows);
      await write(kafka, name, read, key, (row) => JSON.stringify(row));
      log(`wrote ${read.length.toLocaleString('en')} messages of the topic ${name}`);
      if (name === 'customers') await writeAvro(kafka, registryUrl, read.slice(0, AVRO_ROWS), key, log);
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function readTable(connection, file, rows) {
  const quoted = `'${file.replaceAll("'", "''")}'`;
  const reader = await connection.runAndReadAll(
    `SELECT * FROM read_csv(${quoted}, all_varchar = true, header = true, delim = ',', quote = '"', escape = '"') LIMIT ${rows}`,
  );
  return reader.getRowObjectsJson();
}

async function write(kafka, topic, rows, key, encode) {
  await kafka.createTopic(topic);
  for (let at = 0; at < rows.length; at += PORTION) {
    const messages = rows.slice(at, at + PORTION).map((row) => ({ key: row[key], value: encode(row) }));
    await kafka.produce(topic, messages, { codec: 'lz4' });
  }
}

async function writeAvro(kafka, registryUrl, rows, key, log) {
  const topic = 'customers-avro';
  const schema = {
    type: 'record',
    name: 'Customer',
    namespace: 'shop',
    fields: Object.keys(rows[0]).map((name) => ({
      name: name.replaceAll(/[^A-Za-z0-9_]/g, '_'),
      type: ['null', 'string'],
    })),
  };
  const answer = await fetch(`${registryUrl}/subjects/${topic}-value/versions`, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
    body: JSON.stringify({ schema: JSON.stringify(schema) }),
  });
  if (!answer.ok) throw new Error(`the schema registry answered ${answer.status} when given a schema`);
  const { id } = await answer.json();
  const type = avro.Type.forSchema(schema);
  const head = Buffer.alloc(5);
  head.writeInt32BE(id, 1);
  await write(kafka, topic, rows, key, (row) => {
    const record = Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name.replaceAll(/[^A-Za-z0-9_]/g, '_'), value]),
    );
    return Buffer.concat([head, type.toBuffer(record)]);
  });
  log(`wrote ${rows.length.toLocaleString('en')} messages of the topic ${topic}`);
}
