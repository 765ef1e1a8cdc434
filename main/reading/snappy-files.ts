import { crc32c } from './crc32c';
import { Feed } from './feed';
import { unsnappy } from './snappy';

/** Why bytes are no file of snappy: they end too early, or are damaged. */
export class SnappyFault extends Error {
  constructor(readonly kind: 'cut' | 'damaged') {
    super(kind);
  }
}

/** Bytes that a chunk may have, packed or not: more than any writer makes. */
const LARGEST_CHUNK = 16 * 1024 * 1024;

async function taken(feed: Feed, length: number): Promise<Buffer> {
  if (length > LARGEST_CHUNK) throw new SnappyFault('damaged');
  if (!(await feed.fill(length))) throw new SnappyFault('cut');
  return feed.drop(length);
}

async function unpacked(packed: Buffer, most: number): Promise<Uint8Array> {
  const content = await unsnappy(packed, most);
  if (content === null) throw new SnappyFault('damaged');
  return content;
}

/** A file as Hadoop writes it: blocks, each with the bytes it unpacks to, of chunks, each with the bytes it takes. */
async function* ofHadoop(feed: Feed): AsyncGenerator<Uint8Array> {
  while (await feed.fill(1)) {
    let left = (await taken(feed, 4)).readUInt32BE(0);
    // Hadoop takes an empty block for the end.
    if (left === 0 && (await feed.fill(1))) throw new SnappyFault('damaged');
    while (left > 0) {
      const length = (await taken(feed, 4)).readUInt32BE(0);
      const content = await unpacked(await taken(feed, length), Math.min(left, LARGEST_CHUNK));
      if (content.length === 0) throw new SnappyFault('damaged');
      left -= content.length;
      yield content;
    }
  }
}

/** The checksum that frames carry: CRC-32C, turned and shifted so that it can be summed again. */
export function frameChecksum(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

const STREAM = Buffer.from('sNaPpY');
const [PACKED, PLAIN, FIRST_SKIPPED, IDENTIFIER] = [0x00, 0x01, 0x80, 0xff];
const CHECKSUM_BYTES = 4;

/** A file in snappy's own framing format. */
async function* framed(feed: Feed): AsyncGenerator<Uint8Array> {
  for (let first = true; await feed.fill(1); first = false) {
    const head = await taken(feed, 4);
    const [kind = 0, length] = [head[0], head.readUIntLE(1, 3)];
    if (first && kind !== IDENTIFIER) throw new SnappyFault('damaged');
    const body = await taken(feed, length);
    if (kind === PACKED || kind === PLAIN) {
      if (length < CHECKSUM_BYTES) throw new SnappyFault('damaged');
      const data = body.subarray(CHECKSUM_BYTES);
      const content = kind === PLAIN ? data : await unpacked(data, LARGEST_CHUNK);
      if (frameChecksum(content) !== body.readUInt32LE(0)) throw new SnappyFault('damaged');
      yield content;
    } else if (kind === IDENTIFIER ? !body.equals(STREAM) : kind < FIRST_SKIPPED)
      throw new SnappyFault('damaged');
  }
}

/** The content of a file that is packed by snappy, in Hadoop's blocks or in frames. Throws SnappyFault. */
export async function* unsnappedFile(
  bytes: AsyncIterable<Uint8Array>,
  compression: 'snappy' | 'snappy-framed',
): AsyncGenerator<Uint8Array> {
  const feed = new Feed(bytes);
  try {
    yield* compression === 'snappy' ? ofHadoop(feed) : framed(feed);
  } finally {
    await feed.close();
  }
}
