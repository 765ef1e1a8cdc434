import { gunzipSync } from 'node:zlib';
import { decompress as unzstd } from 'fzstd';
import snappy from 'kafkajs-snappy';
import { decompressBound, decompress as unlz4 } from 'lz4js';
import { snappySize, zstdBound } from './unpacked-size';

export const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;
export type Codec = (typeof CODECS)[number];

/** Bytes that a batch may have when unpacked; a broker takes batches of a megabyte unless told otherwise. */
export const MOST_UNPACKED = 256 * 1024 * 1024;

const { decompress: unsnappy } = snappy();

function assertFits(size: number): void {
  if (size > MOST_UNPACKED) throw new RangeError('larger than any batch may be when it is unpacked');
}

/** Unpacks the records of a batch. Throws whatever the codec throws; what is too large is an error too. */
export async function unpack(codec: Exclude<Codec, 'none'>, packed: Buffer): Promise<Uint8Array> {
  switch (codec) {
    case 'gzip':
      return gunzipSync(packed, { maxOutputLength: MOST_UNPACKED });
    case 'snappy':
      assertFits(snappySize(packed));
      return unsnappy(packed);
    case 'lz4': {
      // It makes room for as much as it is told, at once.
      const most = decompressBound(packed);
      assertFits(most);
      return unlz4(packed, most);
    }
    case 'zstd':
      assertFits(zstdBound(packed));
      return unzstd(packed);
  }
}
