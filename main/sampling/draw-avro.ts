import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AvroSource, avroSource, type PlacedPart, partsIn, sizesOf } from './avro-spans';
import { drawRows, partitionsRead } from './draw-rows';
import { type Drawing, type Method, plain } from './drawing';
import type { DrawnTable } from './drawn-table';
import type { Piece } from './pieces';
import type { Scan } from './scan';
import { drawSpans, MOST_SPANS } from './spans';
import { MOST_STRATA, type SourceFile, SPREAD_BYTES, shareByWeight, strataOf } from './strata';

const LEAST_SPAN = 64 * 1024;
/** Spans that are read at least: many, as long as they don't come to more bytes than told, else a few. */
const [MANY_SPANS, MANY_BYTES] = [64, 64 * 1024 ** 2];
const FEW_SPANS = 4;

const recordsIn = (part: PlacedPart) => (part.fault === null ? part.count : 1);
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** What stands for a damaged part: a block of less than no records. */
const DAMAGED = Buffer.from([1]);

/** A part as it is written to be read again. */
const bytesOf = (part: PlacedPart, marker: Uint8Array): Buffer =>
  part.fault === 'damaged' ? Buffer.concat([DAMAGED, marker]) : part.bytes;

/** Parts that go into one piece: of one file, about as many bytes as told; nothing stands behind the end of a file. */
function runsOf(parts: readonly PlacedPart[], most: number): PlacedPart[][] {
  const runs: PlacedPart[][] = [];
  let bytes = 0;
  for (const part of parts) {
    const run = runs.at(-1);
    if (run && run[0]?.at === part.at && bytes < most) run.push(part);
    else {
      runs.push([part]);
      bytes = 0;
    }
    bytes += part.bytes.length;
  }
  return runs;
}

/**
 * Of large Avro files, blocks that are spread over them are read, and rows drawn of these; null where that would save
 * nothing, or where the first blocks can't be read. Each block begins in one span, and so is as likely as any other,
 * whatever its length; spans are as long as a block seems to be at least, so that most of them hold one.
 */
export async function drawOfAvro(
  job: Scan,
  table: DrawnTable,
  { rows, seed }: Method<'random'>,
): Promise<Drawing | null> {
  const { size, set, folder, pieceBytes } = job;
  const [first] = strataOf(job, 1).flat();
  if (!first) return null;
  let read = 0;
  const told = (bytes: number) => {
    read += bytes;
  };
  const sources = new Map<number, Promise<AvroSource>>();
  const sourceOf = ({ place, at }: SourceFile) => {
    const found = sources.get(at) ?? avroSource(place, told);
    sources.set(at, found);
    return found;
  };
  const source = await sourceOf(first);
  const sizes = await sizesOf(source, told);
  if (sizes === null || rows * sizes.recordBytes * 3 > size) return null;
  const length = Math.max(LEAST_SPAN, Math.ceil(sizes.blockBytes), Math.ceil(size / MOST_SPANS));
  const beside = Math.ceil(sizes.blockBytes);
  const affordable = Math.floor(size / 3 / (length + beside));
  if (affordable < FEW_SPANS) return null;
  const least = Math.max(FEW_SPANS, Math.min(MANY_SPANS, affordable, Math.floor(MANY_BYTES / length)));
  const strata = strataOf(job, Math.min(MOST_STRATA, Math.max(1, Math.floor(SPREAD_BYTES / length))));
  let holding = 0;
  const drawn = await drawSpans(
    strata,
    {
      ...{ length, rows, seed, least, recordBytes: sizes.recordBytes },
      // The spans of one file begin where its blocks do; of many, only those that are read tell where that is.
      base: set ? 0 : source.opened.header.end,
    },
    {
      read: async (file, span) => {
        const found = await partsIn({ at: file.at, source: await sourceOf(file) }, span, beside);
        if (found.items.length > 0) holding++;
        return found;
      },
      weigh: (part) => ({ records: recordsIn(part), bytes: part.length }),
    },
    job.told,
  );
  const pools = drawn.pools.map((pool) => [...pool].sort((a, b) => a.at - b.at || a.offset - b.offset));
  const held = pools.map((pool) => sum(pool.map(recordsIn)));
  if (sum(held) === 0) return null;
  read += drawn.read;

  // Where each part stands among all that are written, and where it is in its file.
  const placed = new Map<number, PlacedPart>();
  const shareOfPiece: number[] = [];
  async function* pieces(): AsyncGenerator<Piece> {
    const file = join(folder, 'part');
    let written = 0;
    for (const [share, pool] of pools.entries())
      for (const run of runsOf(pool, pieceBytes)) {
        const at = run[0]?.at ?? 0;
        const { header } = (await (sources.get(at) as Promise<AvroSource>)).opened;
        const offset = written - header.end;
        const bytes = run.map((part) => {
          const own = bytesOf(part, header.marker);
          placed.set(written, part);
          written += own.length;
          return own;
        });
        await writeFile(file, Buffer.concat([header.bytes, ...bytes]), { mode: 0o600 });
        const of = set?.files[at];
        shareOfPiece.push(share);
        yield { file, offset, lines: 0, bytes: 0, ...(of && { of }) };
      }
  }
  const scanned = await drawRows(job, table, {
    ...{ seed, pieces: pieces() },
    shares: shareByWeight(rows, drawn.estimated, held),
    shareOf: (_, piece) => shareOfPiece[piece] ?? 0,
  });
  const unreadable = scanned.unreadable.map((one) => ({
    ...one,
    record: null,
    offset: placed.get(one.offset)?.offset ?? one.offset,
  }));
  return {
    ...plain,
    how: 'random-blocks',
    scanned: { ...scanned, unreadable },
    bytes: read,
    total: { rows: Math.round(sum(drawn.estimated)), exact: false },
    parts: { read: holding, of: drawn.spans.of },
    ...partitionsRead(
      job,
      pools.flatMap((pool) => pool.map(({ at }) => at)),
    ),
    offsets: 'unknown',
  };
}
