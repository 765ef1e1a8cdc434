import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dialect } from '../../shared/document/dialect';
import { recordSplitter } from '../../shared/reading/csv';
import { cancelled } from '../engine/faults';
import type { DataFile, DataSet } from '../reading/data-set';
import type { Original } from '../reading/plain';
import { avroPieces } from './avro-pieces';
import { isPlainText, LINES } from './blocks';
import { type FoundFile, openFound } from './found-file';
import { fetchRowGroups, type ParquetFooter, type RowGroup, readFooter } from './row-groups';

/** Bytes of one piece of a source that comes over the network, about. */
export const PIECE_BYTES = 64 * 1024 ** 2;
export const WHOLE_BYTES = 64 * 1024 ** 2;
const LF = 0x0a;

/** Where a source's bytes are. Of a folder, size and time are those of all files and of the latest. */
export type Place = FoundFile & {
  /** The files of a folder; null for a file. */
  readonly set: DataSet | null;
  readonly dialect: Dialect;
  /** For pieces; they are gone once the next one is asked for. */
  readonly folder: string;
  /** How large pieces are, about; `PIECE_BYTES` but in tests. */
  readonly pieceBytes: number;
  /** Up to this size a source is read as a whole for random rows; `WHOLE_BYTES` but in tests. */
  readonly wholeBytes: number;
  /** Rows of the source before the file, where known. */
  readonly before?: number;
};

/** A file of a data set as a source of its own. */
export const fileIn = <P extends Place>(place: P, { path, size, modified }: DataFile): P => ({
  ...place,
  ...{ path, size, modified, set: null },
});

/**
 * A file of this computer that holds some of a source's records, in their order. Positions in it are told as those of
 * the source by adding what comes before: `offset` bytes, and `lines`.
 */
export type Piece = {
  readonly file: string;
  readonly offset: number;
  readonly lines: number;
  /** Rows of the source before it, where that is not the sum of the pieces'; row groups leave others out. */
  readonly before?: number;
  /** Bytes read for it. */
  readonly bytes: number;
  /** How it is read, where not as the source, and where its bytes stand in that. */
  readonly dialect?: Dialect;
  readonly original?: Original | undefined;
  /** Of a data set: the file that it is of. */
  readonly of?: DataFile;
};

/** Pieces of a text file as it streams in; each but the first begins with the file's own header. */
async function* textPieces(place: Place): AsyncGenerator<Piece> {
  const { dialect, folder } = place;
  const hasHeader = dialect.format === 'csv' && dialect.header;
  const file = join(folder, 'piece');
  let header: Buffer | null = hasHeader ? null : Buffer.alloc(0);
  let pending: Buffer[] = [];
  let [pendingBytes, at, boundary, lines] = [0, 0, 0, 0];
  let pieceStart = 0;
  let firstEnd = -1;
  const splitter = recordSplitter(dialect.format === 'csv' ? dialect : LINES, (span) => {
    boundary = span.start + span.length;
    if (firstEnd < 0) firstEnd = boundary;
  });
  const write = async (bytes: Buffer): Promise<Piece> => {
    const first = pieceStart === 0;
    const lead = first || header === null ? Buffer.alloc(0) : header;
    const out = await open(file, 'w', 0o600);
    try {
      await out.writeFile(Buffer.concat([lead, bytes]));
    } finally {
      await out.close();
    }
    const headerLines = first || !hasHeader ? 0 : 1;
    const piece = { file, offset: pieceStart - lead.length, lines: lines - headerLines, bytes: bytes.length };
    for (let i = bytes.indexOf(LF); i >= 0; i = bytes.indexOf(LF, i + 1)) lines++;
    pieceStart += bytes.length;
    return piece;
  };
  for await (const chunk of openFound(place)) {
    const bytes = Buffer.from(chunk);
    splitter.push(bytes);
    pending.push(bytes);
    pendingBytes += bytes.length;
    at += bytes.length;
    if (pendingBytes < place.pieceBytes) continue;
    const all = Buffer.concat(pending);
    // Past the line end of the last whole record.
    const end = all.indexOf(LF, boundary - (at - all.length));
    if (boundary <= at - all.length || end < 0) continue;
    if (header === null) header = all.subarray(0, all.indexOf(LF, firstEnd) + 1);
    yield await write(all.subarray(0, end + 1));
    pending = [all.subarray(end + 1)];
    pendingBytes = all.length - end - 1;
  }
  if (pendingBytes > 0 || pieceStart === 0) yield await write(Buffer.concat(pending));
}

/** Row groups as pieces, some together as long as they are small. */
export async function* rowGroupPieces(
  place: Place,
  footer: ParquetFooter,
  groups: readonly RowGroup[],
): AsyncGenerator<Piece> {
  const file = join(place.folder, 'piece.parquet');
  const earlier = place.before ?? 0;
  for (let i = 0; i < groups.length; ) {
    const together: RowGroup[] = [];
    for (let bytes = 0; i < groups.length; i++) {
      const [group, last] = [groups[i] as RowGroup, together.at(-1)];
      const follows = !last || group.before === last.before + last.rows;
      if (last && (!follows || bytes + group.end - group.start > place.pieceBytes)) break;
      together.push(group);
      bytes += group.end - group.start;
    }
    await rm(file, { force: true });
    const bytes = await fetchRowGroups(place, footer, together, file);
    yield { file, offset: 0, lines: 0, before: earlier + (together[0]?.before ?? 0), bytes };
  }
  if (groups.length === 0) {
    const bytes = await fetchRowGroups(place, footer, [], file);
    yield { file, offset: 0, lines: 0, before: earlier, bytes };
  }
}

async function* wholeCopy(place: Place): AsyncGenerator<Piece> {
  const file = join(place.folder, 'piece');
  const out = await open(file, 'w', 0o600);
  let bytes = 0;
  try {
    for await (const chunk of openFound(place)) {
      await out.writeFile(chunk);
      bytes += chunk.byteLength;
    }
  } finally {
    await out.close();
  }
  yield { file, offset: 0, lines: 0, bytes };
}

/** Whether a file comes by its row groups: Parquet that is not on this computer. */
export const inRowGroups = ({ connector, dialect }: Pick<Place, 'connector' | 'dialect'>): boolean =>
  dialect.format === 'parquet' && connector.kind !== 'local';

/**
 * All of a source in pieces that the reading code opens: a file of this computer as it is; text over the network
 * part by part, Parquet by row groups, Avro by blocks, so that no more than a piece is kept; other formats as a copy, as
 * is text when it is wanted `whole`. `parts`: a file of this computer comes in parts too, where its format has them.
 */
export async function* piecesOf(place: Place, { whole = false, parts = false } = {}): AsyncGenerator<Piece> {
  const { connector, path, size, dialect, signal } = place;
  if (signal?.aborted) throw cancelled();
  if (place.set) {
    let before = 0;
    for (const of of place.set.files) {
      const one = fileIn({ ...place, before }, of);
      const footer = inRowGroups(one) ? await readFooter(one) : null;
      const pieces = footer ? rowGroupPieces(one, footer, footer.groups) : piecesOf(one, { whole, parts });
      for await (const piece of pieces) yield { ...piece, of };
      before += footer?.rows ?? 0;
    }
  } else if (dialect.format === 'avro' && (parts || connector.kind !== 'local')) yield* avroPieces(place);
  else if (connector.kind === 'local') yield { file: path, offset: 0, lines: 0, bytes: size };
  else if (isPlainText(dialect) && !whole) yield* textPieces(place);
  else if (inRowGroups(place)) {
    const footer = await readFooter(place);
    yield* rowGroupPieces(place, footer, footer.groups);
  } else yield* wholeCopy(place);
}
