// Samples of a large CSV file on a real HDFS: bytes read, time and memory of the first rows, of random rows and of whole
// groups. The file is the sample shop's customers over and over, with numbers of their own.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { startCluster } from '../cluster/start.mjs';
import { load } from './load.mjs';
import { record } from './record.mjs';
import { customersFile } from './sample.mjs';
import { measureInWindow } from './source-window.mjs';

const GIGABYTES = Number(process.env.BENCH_GB ?? 2);
const PATH = '/data/large/customers.csv';
const MB = 1024 ** 2;

const host = await load('test/bench/host/sampling.ts');
const base = customersFile(200_000);

/** The same sample in the window. */
async function inWindow(name, sampling) {
  const nameNodes = [cluster.webhdfsUrl];
  const connection = { id: 'hdfs', name: 'HDFS', kind: 'hdfs', nameNodes, user: cluster.user };
  const figures = await measureInWindow({ connection, source: { path: PATH, sampling }, cell: 'C0' });
  return { sample: name, ...figures };
}

/** The file's bytes: one header, then its body again and again. */
async function* repeated() {
  const chunks = [];
  for await (const chunk of createReadStream(base)) chunks.push(chunk);
  const whole = Buffer.concat(chunks);
  const body = whole.subarray(whole.indexOf(10) + 1);
  yield whole.subarray(0, whole.length - body.length);
  for (let written = 0; written < GIGABYTES * 1024 ** 3; written += body.length) yield body;
}

const cluster = await startCluster({ yarn: false, livy: false });
try {
  const hdfs = host.createWebHdfs({ url: cluster.webhdfsUrl, user: cluster.user });
  console.log(`writing ${GIGABYTES} GB to HDFS …`);
  await hdfs.create(PATH, repeated(), { overwrite: true });
  const size = (await hdfs.status(PATH)).size;

  const connector = host.createHdfsConnector({ url: cluster.webhdfsUrl, user: cluster.user });
  let bytes = 0;
  let opens = 0;
  const counted = {
    ...connector,
    async *open(path, range) {
      opens++;
      for await (const part of connector.open(path, range)) {
        bytes += part.length;
        yield part;
      }
    },
  };
  const dialect = host.usualDialect('csv');
  async function measure(name, sampling) {
    [bytes, opens] = [0, 0];
    globalThis.gc?.();
    let most = process.memoryUsage.rss();
    const watching = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss());
    }, 25);
    const began = performance.now();
    const drawn = await host.sample({ connector: counted, path: PATH, dialect, sampling });
    const seconds = (performance.now() - began) / 1000;
    clearInterval(watching);
    console.log(name, seconds.toFixed(2), drawn.drawn.how);
    return {
      row: {
        sample: name,
        rows: drawn.rows,
        how: drawn.drawn.how,
        'MB read': bytes / MB,
        'share of the file, %': (100 * bytes) / size,
        reads: opens,
        s: seconds,
        'memory, MB': Math.round(most / MB),
      },
      hash: createHash('sha256').update(drawn.arrow).digest('hex'),
      total: drawn.total,
    };
  }
  const first = await measure('first 20,000', { method: 'first', rows: 20_000 });
  const random = { method: 'random', rows: 100_000, seed: 42, on: 'here' };
  const [one, again, other] = [
    await measure('random 100,000, seed 42', random),
    await measure('the same again', random),
    await measure('random 100,000, seed 43', { ...random, seed: 43 }),
  ];
  const groups = { method: 'groups', keys: ['e-mail'], share: 0.002, rows: 100_000, seed: 42, on: 'here' };
  const whole = await measure('whole groups of e-mail, 0.2 %', groups);
  const windows = [
    await inWindow('first 20,000', { method: 'first', rows: 20_000 }),
    await inWindow('random 100,000, seed 42', random),
  ];
  const rows = whole.total.rows;
  record('bench', 'sampling', {
    title: `Samples of a file of ${GIGABYTES} GB on HDFS`,
    conditions: {
      file: `${(size / MB).toFixed(0)} MB, ${rows.toLocaleString('en')} rows`,
      'NameNode and DataNode': 'on this machine',
    },
    rows: [first, one, again, other, whole].map(({ row }) => ({
      ...row,
      ...windows.find(({ sample }) => sample === row.sample),
    })),
    findings: {
      'the same seed draws the same rows': one.hash === again.hash,
      'another seed draws others': one.hash !== other.hash,
      'rows as estimated from blocks, % off': (100 * (one.total.rows - rows)) / rows,
    },
    notes: [
      'Memory is that of the whole process, DuckDB and this bench with it, one measure after another.',
      'In the window: from the click on the source to its first rows painted in Chromium; the most that its host and its renderer took.',
    ],
  });
  hdfs.close();
  await connector.close();
} finally {
  await cluster.stop();
}
