import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Decompress } from 'fzstd';
import type { Compression } from '../../shared/document/dialect';
import { COMPRESSION_LABELS } from '../../shared/document/formats';
import { fileFault } from './file-fault';
import { SnappyFault, unsnappedFile } from './snappy-files';

/** A file that grows beyond this many bytes must not be this many times as large as it was. */
const HARMLESS = 512 * 1024 ** 2;
const MOST_GROWTH = 200;
/** The most memory a zstd file may ask for: what its own program allows. */
const MOST_WINDOW = 128 * 1024 ** 2;

const cutOff = (named: string, cause?: unknown) =>
  fileFault(
    'source.truncated',
    named,
    'the compressed file ends before its content does.',
    'Get the file again: it was not copied as a whole.',
    cause,
  );

const damaged = (named: string, compression: string, cause?: unknown) =>
  fileFault(
    'source.corrupt',
    named,
    `this is not a ${compression} file, or it is damaged.`,
    'Choose another compression, or get the file again.',
    cause,
  );

async function* gunzip(bytes: AsyncIterable<Uint8Array>, named: string): AsyncGenerator<Uint8Array> {
  const source = Readable.from(bytes);
  const out = createGunzip({ chunkSize: 256 * 1024 });
  source.on('error', (error) => out.destroy(error));
  try {
    yield* source.pipe(out) as AsyncIterable<Uint8Array>;
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    if (code === 'Z_BUF_ERROR') throw cutOff(named, error);
    throw code.startsWith('Z_') ? damaged(named, 'gzip', error) : error;
  } finally {
    source.destroy();
    out.destroy();
  }
}

/** Bytes of memory that a frame of zstd asks for, as its header says; 0 where its header is not complete. */
function windowOf(start: Uint8Array): number {
  const descriptor = start[4] ?? 0;
  const single = (descriptor & 32) !== 0;
  if (!single) {
    const byte = start[5] ?? 0;
    const base = 2 ** (10 + (byte >> 3));
    return base + (base / 8) * (byte & 7);
  }
  const size = [1, 2, 4, 8][descriptor >> 6] ?? 1;
  const dictionary = [0, 1, 2, 4][descriptor & 3] ?? 0;
  let content = 0;
  for (let i = size - 1; i >= 0; i--) content = content * 256 + (start[5 + dictionary + i] ?? 0);
  return content;
}

async function* unzstd(bytes: AsyncIterable<Uint8Array>, named: string): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  let complete = true;
  const stream = new Decompress((data) => {
    if (data.length > 0) ready.push(data);
  });
  let start: Buffer | null = Buffer.alloc(0);
  const push = (chunk: Uint8Array, last: boolean) => {
    try {
      stream.push(chunk, last);
    } catch (error) {
      // The library's number for data that ends too early.
      throw (error as { code?: number }).code === 5 ? cutOff(named, error) : damaged(named, 'zstd', error);
    }
  };
  for await (const chunk of bytes) {
    let next: Uint8Array = chunk;
    if (start) {
      start = Buffer.concat([start, chunk]);
      if (start.length < 18) continue;
      if (windowOf(start) > MOST_WINDOW)
        throw fileFault(
          'source.bomb',
          named,
          `the file asks for more than ${MOST_WINDOW / 1024 ** 2} MB of memory to be decompressed.`,
          'Have it compressed again with usual settings.',
        );
      next = start;
      start = null;
    }
    complete = false;
    // Small pieces: what comes of one is held in memory.
    for (let at = 0; at < next.length; at += 4096) {
      push(next.subarray(at, at + 4096), false);
      yield* ready;
      ready = [];
    }
  }
  if (start) push(start, false);
  if (start || !complete) push(new Uint8Array(0), true);
  yield* ready;
}

async function* unsnap(
  bytes: AsyncIterable<Uint8Array>,
  compression: 'snappy' | 'snappy-framed',
  named: string,
): AsyncGenerator<Uint8Array> {
  try {
    yield* unsnappedFile(bytes, compression);
  } catch (error) {
    if (!(error instanceof SnappyFault)) throw error;
    throw error.kind === 'cut'
      ? cutOff(named, error)
      : damaged(named, COMPRESSION_LABELS[compression], error);
  }
}

type Unpack = (bytes: AsyncIterable<Uint8Array>, named: string) => AsyncIterable<Uint8Array>;
const UNPACK: Readonly<Record<Exclude<Compression, 'none'>, Unpack>> = {
  gzip: gunzip,
  zstd: unzstd,
  snappy: (bytes, named) => unsnap(bytes, 'snappy', named),
  'snappy-framed': (bytes, named) => unsnap(bytes, 'snappy-framed', named),
};

/** The bytes of a file once it is decompressed. Faults: `source.truncated`, `source.corrupt`, `source.bomb`. */
export async function* decompressed(
  bytes: AsyncIterable<Uint8Array>,
  compression: Compression,
  named: string,
): AsyncGenerator<Uint8Array> {
  if (compression === 'none') {
    yield* bytes;
    return;
  }
  let [taken, made] = [0, 0];
  async function* counted() {
    for await (const chunk of bytes) {
      taken += chunk.byteLength;
      yield chunk;
    }
  }
  for await (const chunk of UNPACK[compression](counted(), named)) {
    made += chunk.byteLength;
    if (made > HARMLESS && made > taken * MOST_GROWTH)
      throw fileFault(
        'source.bomb',
        named,
        `the compressed file grows to more than ${MOST_GROWTH} times its size.`,
        'Check that it is what it should be; if so, decompress it before it is cleaned.',
      );
    yield chunk;
  }
}
