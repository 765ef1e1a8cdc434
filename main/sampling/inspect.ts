import { isFault } from '../../shared/contract/errors';
import type { Compression, Dialect } from '../../shared/document/dialect';
import { usualDialect } from '../../shared/document/dialect';
import { COMPRESSION_LABELS, endingsOf, formatByName, isText } from '../../shared/document/formats';
import { decompressed } from '../reading/decompress';
import { transcoder } from '../reading/transcode';
import { guessCsv } from './guess-csv';
import { guessEncoding } from './guess-encoding';
import { guessJson } from './guess-json';

/** Bytes of a source that a guess is made from. */
export const INSPECTED_BYTES = 512 * 1024;

export type Guess = { readonly dialect: Dialect; readonly notes: readonly string[] };

const BINARY: readonly (readonly [magic: string, format: 'parquet' | 'avro' | 'orc'])[] = [
  ['PAR1', 'parquet'],
  ['Obj\x01', 'avro'],
  ['ORC', 'orc'],
];

/** First bytes that tell a compression. */
const PACKED: readonly (readonly [magic: Buffer, compression: Compression])[] = [
  [Buffer.from([0x1f, 0x8b]), 'gzip'],
  [Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), 'zstd'],
  [Buffer.from('\xff\x06\0\0sNaPpY', 'latin1'), 'snappy-framed'],
];

function compressionOf(path: string, start: Uint8Array): Compression {
  const told = PACKED.find(([magic]) => magic.equals(start.subarray(0, magic.length)));
  if (told) return told[1];
  // What Hadoop writes begins with no mark of its own.
  return endingsOf(path).compression === 'snappy' ? 'snappy' : 'none';
}

/** What the first bytes hold once they are decompressed, as far as they go. */
async function opened(start: Uint8Array, compression: Compression, path: string): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  async function* once() {
    yield start;
  }
  try {
    for await (const part of decompressed(once(), compression, path)) {
      parts.push(part);
      length += part.byteLength;
      if (length >= INSPECTED_BYTES) break;
    }
  } catch (error) {
    // Only the start is at hand, so that it is cut off is no fault; a damaged one is told when rows are read.
    if (!isFault(error, 'source.truncated', 'source.corrupt')) throw error;
  }
  return Buffer.concat(parts);
}

function guessText(path: string, start: Uint8Array, whole: boolean): Guess {
  const named = formatByName(path);
  if (named === 'text') return { dialect: usualDialect('text'), notes: [] };
  const json = guessJson(start, whole);
  if (json && named !== 'jsonl') return json;
  if (named === 'json' || named === 'jsonl') return { dialect: usualDialect(named), notes: [] };
  return guessCsv(start, whole);
}

/**
 * Guesses a dialect from a file's name and first bytes. The notes say what speaks for it.
 * @param whole whether `start` is the whole file
 */
export async function guessDialect(path: string, start: Uint8Array, whole: boolean): Promise<Guess> {
  const magic = Buffer.from(start.subarray(0, 4)).toString('latin1');
  const binary = BINARY.find(([mark]) => magic.startsWith(mark));
  if (binary) return { dialect: usualDialect(binary[1]), notes: [] };
  const compression = compressionOf(path, start);
  const plain = await opened(start, compression, path);
  const all = whole && plain.length < INSPECTED_BYTES;
  const { encoding, notes } = guessEncoding(plain);
  const text = encoding === 'utf-8' ? plain : transcoder(encoding).push(plain);
  const guess = guessText(path, text, all);
  const dialect = isText(guess.dialect) ? { ...guess.dialect, encoding, compression } : guess.dialect;
  const packed =
    compression === 'none' ? [] : [`The file is compressed with ${COMPRESSION_LABELS[compression]}.`];
  return { dialect, notes: [...packed, ...notes, ...guess.notes] };
}
