import { join } from 'node:path';
import { render } from '../../shared/compile/render';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import { Fault } from '../../shared/contract/errors';
import { isText } from '../../shared/document/formats';
import type { FileSampling } from '../../shared/document/sampling';
import { conditionsOf } from '../../shared/operations/conditions';
import { conditionOf } from '../../shared/sampling/conditions';
import { groupPlaceOf, inShare, shareBefore } from '../../shared/sampling/groups';
import { plainDialect } from '../reading/plain';
import { drawRandom } from './draw-random';
import { type Drawing, type Method, plain } from './drawing';
import type { DrawnTable } from './drawn-table';
import { openFound } from './found-file';
import { fileIn, inRowGroups, type Piece, piecesOf, rowGroupPieces } from './pieces';
import { readFooter } from './row-groups';
import { columnsOfFiles, type OpenPiece, type Scan, scan, withColumns } from './scan';
import { spool } from './spool';

/** Bytes of the parts that are read one after another for first rows, about. */
const FIRST_PART = 1024 ** 2;

async function drawFirst(job: Scan, table: DrawnTable, { rows }: Method<'first'>): Promise<Drawing> {
  const { path, dialect, size, set, folder, signal } = job;
  const take = async (piece: OpenPiece) => {
    await table.add(piece, { limit: rows - (await table.count()) }, signal);
    return (await table.count()) < rows;
  };
  if (inRowGroups(job) && !set) {
    const footer = await readFooter(job);
    // One by one: the first may be enough.
    const groups = async function* () {
      for (const group of footer.groups) yield* rowGroupPieces(job, footer, [group]);
      if (footer.groups.length === 0) yield* rowGroupPieces(job, footer, []);
    };
    const scanned = await scan(job, groups(), take);
    return {
      ...plain,
      ...{ how: 'first-rows', scanned, bytes: scanned.bytes, total: { rows: footer.rows, exact: true } },
    };
  }
  if (dialect.format === 'avro') {
    // In small parts: the first may be enough.
    const scanned = await scan(
      job,
      piecesOf({ ...job, pieceBytes: Math.min(FIRST_PART, job.pieceBytes) }, { parts: true }),
      take,
    );
    const read = scanned.rows + scanned.unreadableCount;
    const exact = scanned.bytes >= size;
    const total = { rows: exact ? read : Math.round((read * size) / Math.max(1, scanned.bytes)), exact };
    return { ...plain, how: 'first-rows', scanned, bytes: scanned.bytes, total };
  }
  if (!isText(dialect)) {
    const scanned = await scan(job, piecesOf(job), take);
    return {
      ...plain,
      ...{ how: 'first-rows', scanned, bytes: scanned.bytes, total: { rows: scanned.rows, exact: true } },
    };
  }
  const header = dialect.format === 'csv' && dialect.header ? 1 : 0;
  const own = set?.files ?? [null];
  let [taken, measured, records, complete] = [0, 0, 0, true];
  /** The first records of one file after another, as long as more are wanted. */
  const parts = async function* (): AsyncGenerator<Piece> {
    for (const [i, of] of own.entries()) {
      const file = join(folder, 'part');
      const wanted = rows - (await table.count());
      const from = of?.path ?? path;
      const spooled = await spool(
        openFound(of ? fileIn(job, of) : job),
        dialect,
        file,
        wanted + header,
        (seen) => job.told(Math.max(0, rows - wanted + seen - header)),
        from,
      );
      const { original } = spooled;
      taken += spooled.taken;
      // What a chunk holds beyond the part does not count, where that can be told.
      measured += original ? spooled.taken : spooled.bytes;
      records += spooled.records - header;
      // The last record may be followed by its line end alone.
      const all = spooled.complete || (!original && spooled.bytes >= (of?.size ?? size) - 2);
      complete = all && i === own.length - 1;
      const piece = {
        file,
        offset: 0,
        lines: 0,
        bytes: spooled.taken,
        dialect: plainDialect(dialect),
        original,
      };
      yield { ...piece, ...(of && { of }) };
    }
  };
  const scanned = await scan(job, parts(), take);
  const read = scanned.rows + scanned.unreadableCount;
  return {
    ...plain,
    ...{ how: 'first-rows', scanned, bytes: taken },
    total: complete
      ? { rows: read, exact: true }
      : { rows: Math.max(read, Math.round(size / (measured / Math.max(1, records)))), exact: false },
  };
}

function keyPlaces(columns: readonly string[], keys: readonly string[], path: string): number[] {
  return keys.map((key) => {
    const at = columns.indexOf(key);
    if (at >= 0) return at;
    throw new Fault({
      code: 'sample.no-column',
      message: `${path} has no column “${key}”, by which the sample is drawn.`,
      place: { path, column: key },
      unaffected: 'The rules and the source are as they were.',
      advice: 'Choose how to draw the sample again.',
    });
  });
}

const noGroups = (path: string, tooLarge: boolean) =>
  new Fault({
    code: 'sample.no-groups',
    message: tooLarge
      ? `${path}: the groups are too large for a sample of this size.`
      : `${path}: no group falls into this share.`,
    place: { path },
    unaffected: 'The rules and the source are as they were.',
    advice: tooLarge
      ? 'Allow more rows, or choose keys that tell more rows apart.'
      : 'Choose a larger share.',
  });

async function drawGroups(job: Scan, table: DrawnTable, sampling: Method<'groups'>): Promise<Drawing> {
  const { keys, seed, rows } = sampling;
  let share = sampling.share;
  // Rows without a key are placed by all of their cells: the columns must be those of the whole.
  const whole = job.dialect.format === 'jsonl' || job.dialect.format === 'json';
  const columns = whole && job.set ? await columnsOfFiles(job, piecesOf(job, { whole })) : null;
  const scanned = await scan({ ...job, columns }, piecesOf(job, { whole }), async (piece) => {
    const places = keyPlaces(piece.columns, keys, job.path);
    const place = groupPlaceOf(seed, places, piece.columns.length);
    const where = render(inShare(place, share), 'duckdb');
    await table.add(piece, { where, place: render(place, 'duckdb') }, job.signal);
    // Whole groups or none: where they are too many, a smaller share of them.
    for (let held = await table.count(); held > rows; held = await table.count()) {
      const bound = await job.engine.query(
        `SELECT max(place) FROM (SELECT place FROM drawn ORDER BY place LIMIT ${quote.integer(rows + 1)})`,
      );
      const end = String(bound.columns[0]?.[0] ?? '00000001');
      share = Math.min(shareBefore(end), share);
      await table.remove(`place >= ${quote.text(end)}`);
      if (share === 0) break;
    }
    return true;
  });
  if (scanned.rows > 0 && (await table.count()) === 0) throw noGroups(job.path, share < sampling.share);
  const total = { rows: scanned.rows + scanned.unreadableCount, exact: true };
  return { ...plain, how: 'whole-groups', scanned, bytes: scanned.bytes, total, share };
}

async function drawFiltered(job: Scan, table: DrawnTable, sampling: Method<'filter'>): Promise<Drawing> {
  const { where, rows } = sampling;
  let matches = 0;
  const asked = new Set(conditionsOf(where).map(({ column }) => column));
  const seen = new Set<string>();
  const scanned = await scan(job, piecesOf(job), async (open) => {
    for (const name of open.columns) seen.add(name);
    // A part of JSON Lines may lack a column that others have.
    const lacking = ['json', 'jsonl'].includes(job.dialect.format)
      ? [...asked].filter((one) => !open.columns.includes(one))
      : [];
    const piece = withColumns(open, lacking);
    const condition = render(conditionOf(piece.columns, where), 'duckdb');
    const left = rows - (await table.count());
    const found = await job.engine.query(
      `SELECT count(*) FROM ${piece.relation} WHERE ${condition}`,
      job.signal,
    );
    const mine = Number(found.columns[0]?.[0] ?? 0);
    matches += mine;
    await table.add(piece, { where: condition, limit: Math.min(left, mine) }, job.signal);
    return true;
  });
  if (seen.size > 0) keyPlaces([...seen], [...asked], job.path);
  const total = { rows: scanned.rows + scanned.unreadableCount, exact: true };
  return { ...plain, how: 'filtered', scanned, bytes: scanned.bytes, total, matches };
}

/** Draws a sample into a table. */
export function draw(job: Scan, table: DrawnTable, sampling: FileSampling): Promise<Drawing> {
  switch (sampling.method) {
    case 'first':
      return drawFirst(job, table, sampling);
    case 'random':
      return drawRandom(job, table, sampling);
    case 'groups':
      return drawGroups(job, table, sampling);
    case 'filter':
      return drawFiltered(job, table, sampling);
  }
}
