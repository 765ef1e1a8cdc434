import { open } from 'node:fs/promises';
import path from 'node:path';
import type { Dialect, Encoding, TextDialect } from '../../shared/document/dialect';
import { isText } from '../../shared/document/formats';
import type { CancelSignal } from '../../shared/ports/signal';
import { decompressed } from './decompress';
import { chunksOf, type InputFile } from './file';
import { originalBytes, originalLength, transcoder } from './transcode';

/** Where bytes of a plain copy stand in its original, once that is decompressed. */
export type Original = {
  readonly encoding: Encoding;
  /** Offsets in the copy and in the original that belong together, rising. */
  readonly marks: [copy: number, original: number][];
};

/** Whether readers can take the bytes as they stand: UTF-8, not compressed. */
const isPlain = ({ encoding, compression }: TextDialect) => encoding === 'utf-8' && compression === 'none';

/** The dialect of a plain copy. */
export const plainDialect = <D extends Dialect>(dialect: D): D =>
  isText(dialect) ? { ...dialect, encoding: 'utf-8', compression: 'none' } : dialect;

/** The bytes of a text source decompressed and as UTF-8, and how to find them in the original. */
export function plainBytes(
  bytes: AsyncIterable<Uint8Array>,
  dialect: TextDialect,
  named: string,
): { readonly bytes: AsyncIterable<Uint8Array>; readonly original: Original | undefined } {
  const { encoding, compression } = dialect;
  if (isPlain(dialect)) return { bytes, original: undefined };
  const raw = decompressed(bytes, compression, named);
  const original: Original = { encoding, marks: [] };
  if (encoding === 'utf-8') return { bytes: raw, original };
  async function* made() {
    const convert = transcoder(encoding as Exclude<Encoding, 'utf-8'>);
    let [copy, from] = [0, 0];
    const counted = (part: Buffer) => {
      original.marks.push([copy, from]);
      copy += part.length;
      from += originalLength(part, encoding);
      return part;
    };
    for await (const chunk of raw) yield counted(convert.push(chunk));
    yield counted(convert.end());
  }
  return { bytes: made(), original };
}

let copies = 0;

/** The file itself where readers can take its bytes as they stand, else a copy in the folder; close its handle. */
export async function plainCopy(
  file: InputFile,
  dialect: TextDialect,
  folder: string,
  signal?: CancelSignal,
): Promise<InputFile> {
  if (isPlain(dialect)) return file;
  const { bytes, original } = plainBytes(chunksOf(file, 0, signal), dialect, file.named);
  const target = path.join(folder, `plain-${++copies}`);
  const handle = await open(target, 'wx+', 0o600);
  try {
    for await (const chunk of bytes) await handle.writeFile(chunk);
    return { ...file, path: target, handle, ...(original && { original }) };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Where a byte of a file stands in its original: the file itself unless it is a copy. */
export async function originalOffset({ handle, original }: InputFile, offset: number): Promise<number> {
  if (!original || original.encoding === 'utf-8') return offset;
  const { marks, encoding } = original;
  let [low, high] = [0, marks.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((marks[middle]?.[0] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const [copy, from] = marks[low] ?? [0, 0];
  const between = Buffer.alloc(offset - copy);
  const { bytesRead } = await handle.read(between, 0, between.length, copy);
  return from + originalLength(between.subarray(0, bytesRead), encoding);
}

/** Bytes of a record as they stand in the original. */
export const asOriginal = ({ original }: InputFile, bytes: Uint8Array): Uint8Array =>
  original ? originalBytes(bytes, original.encoding) : bytes;
