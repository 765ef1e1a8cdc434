import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { ORC_FOLDER } from '../doubles/orc';

const FILES: Readonly<Record<string, Buffer>> = {
  '/user/ann/towns.csv': Buffer.from('town,lake\nAmber,Vättern\n'),
  '/user/ann/zones.orc': readFileSync(path.join(ORC_FOLDER, 'people-snappy.orc')),
};

/** As many entries as a real NameNode tells at once. */
const BATCH = 1_000;

type Found = { name: string; size: number | null };

function status({ name, size }: Found) {
  return {
    pathSuffix: name,
    type: size === null ? 'DIRECTORY' : 'FILE',
    length: size ?? 0,
    owner: 'ann',
    group: 'staff',
    permission: size === null ? '755' : '640',
    modificationTime: 1_790_000_000_000,
    replication: 1,
    blockSize: 1024,
  };
}

const many = Array.from({ length: 100_000 }, (_, index) => ({
  name: `batch-${String(index).padStart(6, '0')}.csv`,
  size: 1000 + index,
}));

const folders: Readonly<Record<string, readonly Found[]>> = {
  '/user/ann': [
    { name: 'many', size: null },
    { name: 'orders', size: null },
    { name: 'closed', size: null },
    ...Object.entries(FILES).map(([file, { length }]) => ({ name: path.basename(file), size: length })),
  ],
  '/user/ann/many': many,
  '/user/ann/orders': [
    { name: 'year=2023', size: null },
    { name: 'year=2024', size: null },
    { name: '_SUCCESS', size: 0 },
  ],
  '/user/ann/orders/year=2023': [{ name: 'month=1', size: null }],
  '/user/ann/orders/year=2023/month=1': [{ name: 'part-0.csv', size: 9 }],
};

function partOf(bytes: Buffer, query: URLSearchParams): Buffer {
  const from = Number(query.get('offset') ?? 0);
  return bytes.subarray(from, from + Number(query.get('length') ?? bytes.byteLength));
}

const json = (response: ServerResponse, code: number, body: unknown) =>
  response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));

function refuse(response: ServerResponse, code: number, exception: string): void {
  json(response, code, { RemoteException: { exception, javaClassName: exception, message: 'no' } });
}

export type HdfsFolders = {
  url: string;
  /** From now on it takes requests and answers none, as one that is about to die. */
  hang(): void;
  /** How many requests wait for an answer. */
  waiting(): number;
  /** Ends it as a crash would: connections break, and new ones are refused. */
  die(): Promise<void>;
  /** Begins again at the same address. */
  revive(): Promise<void>;
  stop(): Promise<void>;
};

/** HDFS with a few folders, one of them of 100,000 files, as no real one could be filled in a test's time. */
export async function startHdfsFolders(): Promise<HdfsFolders> {
  let hangs = false;
  let waiting = 0;
  const server = createServer((request, response) => {
    if (hangs) {
      waiting++;
      return;
    }
    const url = new URL(request.url ?? '/', 'http://hdfs');
    const asked = decodeURIComponent(url.pathname.replace(/^\/webhdfs\/v1/, '')).replace(/\/$/, '') || '/';
    const [folder, file] = [folders[asked], FILES[asked]];
    switch (url.searchParams.get('op')) {
      case 'GETHOMEDIRECTORY':
        return json(response, 200, { Path: '/user/ann' });
      case 'GETFILESTATUS':
        if (file) return json(response, 200, { FileStatus: status({ name: '', size: file.byteLength }) });
        if (folder) return json(response, 200, { FileStatus: status({ name: '', size: null }) });
        return refuse(response, 404, 'FileNotFoundException');
      case 'LISTSTATUS_BATCH': {
        if (asked === '/user/ann/closed') return refuse(response, 403, 'AccessControlException');
        if (!folder) return refuse(response, 404, 'FileNotFoundException');
        const after = url.searchParams.get('startAfter') ?? '';
        const from = after === '' ? 0 : folder.findIndex(({ name }) => name === after) + 1;
        const FileStatus = folder.slice(from, from + BATCH).map(status);
        return json(response, 200, {
          DirectoryListing: {
            partialListing: { FileStatuses: { FileStatus } },
            remainingEntries: Math.max(0, folder.length - from - BATCH),
          },
        });
      }
      case 'OPEN':
        return response
          .writeHead(200, { 'content-type': 'application/octet-stream' })
          .end(partOf(file ?? Buffer.alloc(0), url.searchParams));
      default:
        return refuse(response, 400, 'UnsupportedOperationException');
    }
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const die = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    url: `http://127.0.0.1:${port}`,
    hang() {
      hangs = true;
    },
    waiting: () => waiting,
    die,
    async revive() {
      hangs = false;
      await listen(port);
    },
    stop: die,
  };
}
