import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { avroStream } from '../reading/avro-blocks';
import { openFound } from './found-file';
import type { Piece, Place } from './pieces';

/**
 * An Avro file as it streams in, cut behind whole blocks; each piece begins with the file's own header. A damaged part
 * ends its piece, as no more than its beginning is kept.
 */
export async function* avroPieces(place: Place): AsyncGenerator<Piece> {
  const { folder, pieceBytes } = place;
  const { header, parts, close } = await avroStream(openFound(place));
  const file = join(folder, 'piece');
  if (header === null) {
    await close();
    // The reading code says what is wrong with it.
    await writeFile(file, '', { mode: 0o600 });
    yield { file, offset: 0, lines: 0, bytes: 0 };
    return;
  }
  let pending: Buffer[] = [];
  let [start, length] = [header.end, 0];
  const write = async (): Promise<Piece> => {
    await writeFile(file, Buffer.concat([header.bytes, ...pending]), { mode: 0o600 });
    const lead = start === header.end ? header.end : 0;
    const piece = { file, offset: start - header.end, lines: 0, bytes: lead + length };
    pending = [];
    start += length;
    length = 0;
    return piece;
  };
  let none = true;
  for await (const part of parts) {
    pending.push(part.bytes);
    if (part.fault === 'damaged' && part.bytes.length < part.length) pending.push(Buffer.from(header.marker));
    length += part.length;
    if (length < pieceBytes && part.fault === null) continue;
    none = false;
    yield await write();
  }
  if (length > 0 || none) yield await write();
}
