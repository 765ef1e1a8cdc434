import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { spark4Venv, sparkIn } from '../../build/setup/find-spark.mjs';
import { findSpark, sparkEnvironment } from '../../main/verify/spark-local';
import { EXAMPLE_KEY } from '../../shared/lookup/hmac';
import { environmentName } from '../../shared/lookup/key';
import { eachLine } from './lines';

/** Takes lines and gives lines: `ID JSON`, the answer under the ID of its request. The first has the ID 0. */
export type Channel = {
  send(line: string): void;
  /** Called with each line; at the end with what was complained of. To be called once. */
  listen(onLine: (line: string) => void, onEnd: (complaints: string) => void): void;
  /** Lets this process end though the channel is open. */
  unref(): void;
  close(): Promise<void>;
};

/** The Spark of production, and the newer one that tests compare with. */
const SPARKS = {
  3: { find: findSpark, advice: 'npm run setup:spark' },
  4: { find: () => sparkIn(spark4Venv), advice: 'npm test' },
} as const;

export type Line = keyof typeof SPARKS;

/** Starts Spark in local mode, on loopback, with a folder of its own. */
export async function startSpark(line: Line): Promise<Channel> {
  const spark = SPARKS[line].find();
  if (!spark) throw new Error(`There is no Spark ${line}: type  ${SPARKS[line].advice}`);
  const folder = await mkdtemp(path.join(tmpdir(), 'dataharmonize-spark-'));
  const child = spawn(spark.python, [path.join(import.meta.dirname, 'spark_server.py')], {
    cwd: folder,
    // It removes the folder itself: the process that asks may be gone before it.
    env: {
      ...process.env,
      ...sparkEnvironment(spark, folder),
      CONFORMANCE_FOLDER: folder,
      [environmentName(EXAMPLE_KEY.name)]: EXAMPLE_KEY.key,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-20_000);
  });
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  // A process of tests whose parent was killed lives on; its Spark should not.
  process.once('disconnect', () => child.stdin.end());
  const removed = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  return {
    send: (request) => child.stdin.write(`${request}\n`),
    listen(onLine, onEnd) {
      eachLine(child.stdout, onLine);
      exited.then(removed).then(() => onEnd(`Spark ended.\n${complaints}`));
    },
    unref() {
      child.unref();
      for (const stream of [child.stdin, child.stdout, child.stderr]) (stream as Socket).unref();
    },
    async close() {
      child.stdin.end();
      await ended(child, exited);
      await removed();
    },
  };
}

async function ended(child: ChildProcess, exited: Promise<void>): Promise<void> {
  const limit = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await exited;
  clearTimeout(limit);
}
