import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rankOf } from '../../shared/sampling/seeded';
import { isSplittable } from '../../shared/sampling/splittable';
import { drawBlocks, type PlacedRecord, readBeginning } from './blocks';
import { drawOfAvro } from './draw-avro';
import { drawRows, partitionsRead } from './draw-rows';
import { type Drawing, type Method, plain } from './drawing';
import type { DrawnTable } from './drawn-table';
import { inParallel } from './found-file';
import { inRowGroups, type Piece, piecesOf, rowGroupPieces } from './pieces';
import { type ParquetFooter, type RowGroup, readFooter } from './row-groups';
import { type OpenPiece, type Scan, scan } from './scan';
import { MOST_STRATA, type SourceFile, SPREAD_BYTES, shareByWeight, strataOf } from './strata';

/** Bytes of row groups read for random rows, about; and how many groups at least. */
const GROUP_BYTES = 256 * 1024 ** 2;
const LEAST_GROUPS = 4;
/** Parquet files whose footers are read at most. */
const MOST_FOOTERS = 2000;

async function drawOfAll(job: Scan, table: DrawnTable, { rows, seed }: Method<'random'>): Promise<Drawing> {
  const scanned = await drawRows(job, table, {
    ...{ seed, shares: [rows], pieces: piecesOf(job) },
    shareOf: () => 0,
  });
  const total = { rows: scanned.rows + scanned.unreadableCount, exact: true };
  return { ...plain, how: 'random-rows', scanned, bytes: scanned.bytes, total };
}

type FileGroup = {
  readonly file: SourceFile<Scan>;
  readonly footer: ParquetFooter;
  readonly group: RowGroup;
  readonly rank: number;
};

/** Row groups in the order of their ranks, until they hold rows enough; in the order of the source again. */
function someGroups(groups: readonly FileGroup[], rows: number, least: number): FileGroup[] {
  const order = [...groups].sort((a, b) => a.rank - b.rank);
  const taken = new Set<FileGroup>();
  let [held, bytes] = [0, 0];
  for (const one of order) {
    if (held >= rows && (taken.size >= least || bytes >= GROUP_BYTES)) break;
    taken.add(one);
    held += one.group.rows;
    bytes += one.group.end - one.group.start;
  }
  return groups.filter((one) => taken.has(one));
}

/** Files of which footers are read: all, or one that the seed chooses in each stretch of them. */
function someFiles(files: readonly SourceFile<Scan>[], seed: number): readonly SourceFile<Scan>[] {
  if (files.length <= MOST_FOOTERS) return files;
  return Array.from({ length: MOST_FOOTERS }, (_, i) => {
    const from = Math.floor((i * files.length) / MOST_FOOTERS);
    const end = Math.floor(((i + 1) * files.length) / MOST_FOOTERS);
    return files[from + Math.floor(rankOf(seed, 2 ** 40 + i) * (end - from))] as SourceFile<Scan>;
  });
}

/** Of Parquet over the network row groups are drawn: of each partition its share, and one at least. */
async function drawOfRowGroups(
  job: Scan,
  table: DrawnTable,
  { rows, seed }: Method<'random'>,
): Promise<Drawing> {
  const { set } = job;
  const all = strataOf(job, Number.POSITIVE_INFINITY).flat();
  const looked = someFiles(all, seed);
  const footers = await inParallel(looked, async (file) => ({ file, footer: await readFooter(file.place) }));
  const known = footers.map(({ footer }) => footer.groups.length).reduce((sum, one) => sum + one, 0);
  const bytes = looked.reduce((sum, { place }) => sum + place.size, 0);
  const groupBytes = Math.max(1, bytes / Math.max(1, known));
  const strata = strataOf(job, Math.min(MOST_STRATA, Math.max(1, Math.floor(SPREAD_BYTES / groupBytes))));
  // Rows before each file, and a number for each group, in the order of the files.
  const before = new Map<number, number>();
  const groupsOf = new Map<number, FileGroup[]>();
  let [earlier, number] = [0, 0];
  for (const { file, footer } of [...footers].sort((a, b) => a.file.at - b.file.at)) {
    before.set(file.at, earlier);
    earlier += footer.rows;
    groupsOf.set(
      file.at,
      footer.groups.map((group) => ({ file, footer, group, rank: rankOf(seed, number++) })),
    );
  }
  const byStratum = strata.map((files) => files.flatMap(({ at }) => groupsOf.get(at) ?? []));
  const held = (groups: readonly FileGroup[]) => groups.reduce((sum, { group }) => sum + group.rows, 0);
  const wanted = shareByWeight(rows, byStratum.map(held), byStratum.map(held));
  const least = strata.length === 1 ? LEAST_GROUPS : 1;
  const taken = byStratum.map((groups, i) => someGroups(groups, wanted[i] ?? 0, least));
  const quotas = shareByWeight(rows, byStratum.map(held), taken.map(held));
  let end = 0;
  const ends = taken.map((groups) => {
    end += held(groups);
    return end;
  });
  async function* pieces(): AsyncGenerator<Piece> {
    for (const groups of taken) {
      const files = new Set(groups.map(({ file }) => file));
      for (const file of files) {
        const own = groups.filter((one) => one.file === file);
        const place = { ...file.place, before: before.get(file.at) ?? 0 };
        const footer = own[0]?.footer as ParquetFooter;
        const of = set?.files[file.at];
        for await (const piece of rowGroupPieces(
          place,
          footer,
          own.map(({ group }) => group),
        ))
          yield { ...piece, ...(of && { of }) };
      }
    }
    // Its columns are told even where there is no row.
    const [only] = footers;
    if (end === 0 && only) yield* rowGroupPieces(only.file.place, only.footer, []);
  }
  const scanned = await drawRows(job, table, {
    ...{ seed, shares: quotas, pieces: pieces() },
    shareOf: (passed) => ends.findIndex((one) => passed < one),
  });
  const read = taken.flat();
  const every = looked.length === all.length;
  const estimated = Math.round(earlier * (job.size / Math.max(1, bytes)));
  return {
    ...plain,
    how: every && read.length === known ? 'random-rows' : 'random-row-groups',
    ...{ scanned, bytes: scanned.bytes },
    total: every ? { rows: earlier, exact: true } : { rows: estimated, exact: false },
    parts: { read: read.length, of: every ? known : Math.round(known * (all.length / looked.length)) },
    ...partitionsRead(
      job,
      read.map(({ file }) => file.at),
    ),
    offsets: every ? null : 'unknown',
  };
}

const ended = ({ bytes }: PlacedRecord) =>
  bytes.at(-1) === 0x0a ? bytes : Buffer.concat([bytes, Buffer.from('\n')]);

/** Of large text whose records are lines, blocks are read; null where they would save nothing. */
async function drawOfBlocks(
  job: Scan,
  table: DrawnTable,
  sampling: Method<'random'>,
): Promise<Drawing | null> {
  const { size, set, folder, signal } = job;
  const strata = strataOf(job);
  const [first] = strata.flat();
  if (!first) return null;
  const beginning = await readBeginning(first.place);
  if (sampling.rows * beginning.recordBytes * 3 > size) return null;
  const { records, blocks, read, rows } = await drawBlocks(strata, beginning, sampling, job.told);
  // Rows of one partition are read together, as its keys are those of all of them.
  const byPart = new Map<string, PlacedRecord[]>();
  for (const record of records) {
    const key = JSON.stringify(set?.files[record.at]?.values ?? []);
    const own = byPart.get(key) ?? [];
    byPart.set(key, own);
    own.push(record);
  }
  const parts = [...byPart.values()];
  async function* pieces(): AsyncGenerator<Piece> {
    for (const [i, own] of parts.entries()) {
      const file = join(folder, 'part');
      await writeFile(file, Buffer.concat([beginning.header, ...own.map(ended)]), { mode: 0o600 });
      const of = set?.files[own[0]?.at ?? 0];
      yield { file, offset: 0, lines: 0, bytes: i === 0 ? read : 0, ...(of && { of: { ...of } }) };
    }
  }
  const readable: PlacedRecord[] = [];
  const bad: PlacedRecord[] = [];
  let part = 0;
  const scanned = await scan(job, pieces(), async (piece: OpenPiece) => {
    const numbers = new Set(await piece.unreadable());
    for (const [i, record] of (parts[part] ?? []).entries())
      (numbers.has(i + 1) ? bad : readable).push(record);
    part++;
    await table.add(piece, {}, signal);
    return true;
  });
  const unreadable = scanned.unreadable.map((one, i) => {
    const record = bad[i];
    const file = record && set?.files[record.at]?.inside;
    const offset = record?.offset ?? 0;
    return { ...one, ...(file !== undefined && { file }), record: null, line: null, offset };
  });
  return {
    ...plain,
    how: 'random-blocks',
    scanned: { ...scanned, unreadable },
    bytes: read,
    total: { rows, exact: false },
    parts: blocks,
    ...partitionsRead(
      job,
      records.map(({ at }) => at),
    ),
    offsets: set ? 'unknown' : readable.map(({ offset }) => offset),
  };
}

/** What is drawn of parts that are found from any place of the source; null where there are none, or too few. */
async function drawOfSpans(
  job: Scan,
  table: DrawnTable,
  sampling: Method<'random'>,
): Promise<Drawing | null> {
  if (job.dialect.format === 'avro') return drawOfAvro(job, table, sampling);
  return isSplittable(job.dialect) ? drawOfBlocks(job, table, sampling) : null;
}

/**
 * Draws random rows: of all of a source, or of parts that are spread over it. The source and the seed alone decide
 * which; of a data set each partition has its share.
 */
export async function drawRandom(job: Scan, table: DrawnTable, sampling: Method<'random'>): Promise<Drawing> {
  if (job.size <= job.wholeBytes) return drawOfAll(job, table, sampling);
  if (inRowGroups(job)) return drawOfRowGroups(job, table, sampling);
  return (await drawOfSpans(job, table, sampling)) ?? drawOfAll(job, table, sampling);
}
