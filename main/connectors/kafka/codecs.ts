import { gunzipSync } from 'node:zlib';
import { decompress as unzstd } from 'fzstd';
import snappy from 'kafkajs-snappy';
import { decompress as unlz4 } from 'lz4js';

export const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;
export type Codec = (typeof CODECS)[number];

/** Bytes that a batch may have when unpacked; a broker takes batches of a megabyte unless told otherwise. */
export const MOST_UNPACKED = 256 * 1024 * 1024;

const { decompress: unsnappy } = snappy();

/** Unpacks the records of a batch. Throws whatever the codec throws; what is too large is an error too. */
export async function unpack(codec: Exclude<Codec, 'none'>, packed: Buffer): Promise<Uint8Array> {
  switch (codec) {
    case 'gzip':
      return gunzipSync(packed, { maxOutputLength: MOST_UNPACKED });
    case 'snappy':
      return unsnappy(packed);
    case 'lz4':
      return unlz4(packed, MOST_UNPACKED);
    case 'zstd':
      return unzstd(packed);
  }
}
