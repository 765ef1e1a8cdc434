import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';

type Done<T = void> = (error: Error | null, value?: T) => void;

/** What we use of the npm package `webhdfs`, which has no types of its own. */
type Client = {
  writeFile(path: string, data: Buffer, done: Done): void;
  readFile(path: string, done: Done<Buffer>): void;
  readdir(path: string, done: Done<{ pathSuffix: string }[]>): void;
  stat(path: string, done: Done<{ length: number }>): void;
  mkdir(path: string, done: Done): void;
  rename(path: string, destination: string, done: Done): void;
  unlink(path: string, recursive: boolean, done: Done): void;
};

const { createClient }: { createClient(options: object): Client } = createRequire(import.meta.url)('webhdfs');

/** The outcome of a call to the package: it throws, calls back, calls back twice, or never does. */
export type Outcome<T> = { ok: true; value: T | undefined } | { ok: false; message: string };

/** The npm package `webhdfs` as an independent client of the same HDFS. */
export function createPeer(url: string, user: string) {
  const { hostname, port } = new URL(url);
  const client = createClient({ user, host: hostname, port, path: '/webhdfs/v1' });

  async function outcome<T>(call: (client: Client, done: Done<T>) => void): Promise<Outcome<T>> {
    const called = new Promise<Outcome<T>>((resolve) => {
      try {
        call(client, (error, value) =>
          resolve(error ? { ok: false, message: error.message } : { ok: true, value }),
        );
      } catch (error) {
        resolve({ ok: false, message: String(error) });
      }
    });
    const silent = wait(30_000, undefined, { ref: false }).then((): Outcome<T> => {
      return { ok: false, message: 'it never called back' };
    });
    return Promise.race([called, silent]);
  }

  return {
    write: (path: string, text: string) =>
      outcome<void>((client, done) => client.writeFile(path, Buffer.from(text), done)),
    async read(path: string): Promise<Outcome<string>> {
      const read = await outcome<Buffer>((client, done) => client.readFile(path, done));
      return read.ok ? { ok: true, value: read.value?.toString() } : read;
    },
    async names(path: string): Promise<Outcome<string[]>> {
      const read = await outcome<{ pathSuffix: string }[]>((client, done) => client.readdir(path, done));
      return read.ok ? { ok: true, value: read.value?.map(({ pathSuffix }) => pathSuffix) } : read;
    },
    stat: (path: string) => outcome<{ length: number }>((client, done) => client.stat(path, done)),
    mkdir: (path: string) => outcome<void>((client, done) => client.mkdir(path, done)),
    rename: (from: string, to: string) => outcome<void>((client, done) => client.rename(from, to, done)),
    unlink: (path: string) => outcome<void>((client, done) => client.unlink(path, true, done)),
  };
}

/** A path in the form in which the package takes it without harm: the caller has to encode it. */
export function encodedForPeer(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
