// The processes of tests share a Spark, as it takes long to start and to warm up. It belongs to the process that
// starts them, begins with the first connection and ends with the tests.
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { eachLine } from './lines';
import { type Channel, startSpark } from './spark-process';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the shared Spark listens. */
    sparkSocket?: string;
  }
}

/** The ID under which it is told that there is no Spark any more. */
const ENDED = '!';

/** Passes lines between sockets and Spark, under IDs that tell whose they are. */
async function share(onEnd: () => void): Promise<{ join(socket: Socket): void; close(): Promise<void> }> {
  const spark = await startSpark(3);
  const sockets = new Map<string, Socket>();
  let first: string | undefined;
  spark.listen(
    (line) => {
      first ??= line;
      const [head = '', number] = /^(\d+)\./.exec(line) ?? [];
      const asked = number === undefined ? [...sockets.values()] : [sockets.get(number)];
      for (const socket of asked) socket?.write(`${line.slice(head.length)}\n`);
    },
    (complaints) => {
      onEnd();
      for (const socket of sockets.values()) socket.end(`${ENDED} ${JSON.stringify(complaints)}\n`);
    },
  );
  let count = 0;
  return {
    join(socket) {
      const number = String(++count);
      sockets.set(number, socket);
      socket.once('close', () => sockets.delete(number));
      socket.on('error', () => socket.destroy());
      if (first !== undefined) socket.write(`${first}\n`);
      eachLine(socket, (line) => spark.send(`${number}.${line}`));
    },
    close: spark.close,
  };
}

/** Opens the place at which tests find the Spark they share. */
export function setup(project: TestProject): () => Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'dataharmonize-sparks-'));
  const place = path.join(folder, 'socket');
  let shared: ReturnType<typeof share> | undefined;
  const server = createServer((socket) => {
    // After one that ended by itself comes another.
    shared ??= share(() => {
      shared = undefined;
    });
    shared.then(
      ({ join }) => join(socket),
      (error: Error) => socket.end(`${ENDED} ${JSON.stringify(error.message)}\n`),
    );
  });
  server.listen(place);
  project.provide('sparkSocket', place);
  return async () => {
    server.close();
    await shared?.then(
      (one) => one.close(),
      () => {},
    );
    rmSync(folder, { recursive: true, force: true });
  };
}

/** A channel to the shared Spark. */
export function joinSpark(place: string): Channel {
  const socket = connect(place);
  return {
    send: (line) => socket.write(`${line}\n`),
    listen(onLine, onEnd) {
      let complaints = 'The shared Spark is gone.';
      eachLine(socket, (line) => {
        if (line.startsWith(`${ENDED} `)) complaints = JSON.parse(line.slice(2)) as string;
        else onLine(line);
      });
      socket.on('error', () => socket.destroy());
      socket.once('close', () => onEnd(complaints));
    },
    unref: () => socket.unref(),
    close: () => new Promise((resolve) => socket.end(resolve)),
  };
}
