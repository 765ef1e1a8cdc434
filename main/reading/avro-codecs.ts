import { crc32, inflateRawSync } from 'node:zlib';
import { type AvroCodec, LARGEST_BLOCK } from '../../shared/reading/avro-file';
import { unsnappy } from './snappy';
import { unzstd } from './zstd-block';

const CHECKSUM_BYTES = 4;

async function fromSnappy(packed: Buffer): Promise<Uint8Array | null> {
  const end = packed.length - CHECKSUM_BYTES;
  const content = end < 0 ? null : await unsnappy(packed.subarray(0, end), LARGEST_BLOCK);
  return content !== null && crc32(content) === packed.readUInt32BE(end) ? content : null;
}

function fromDeflate(packed: Buffer): Uint8Array | null {
  try {
    return inflateRawSync(packed, { maxOutputLength: LARGEST_BLOCK });
  } catch {
    return null;
  }
}

/** The content of a block; null where it cannot be unpacked, or is larger than blocks may be. */
export async function unpackBlock(codec: AvroCodec, packed: Buffer): Promise<Uint8Array | null> {
  switch (codec) {
    case 'null':
      return packed;
    case 'deflate':
      return fromDeflate(packed);
    case 'snappy':
      return fromSnappy(packed);
    case 'zstandard':
      return unzstd(packed, LARGEST_BLOCK);
  }
}
