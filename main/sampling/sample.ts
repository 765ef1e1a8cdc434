import { realpath } from 'node:fs/promises';
import type { Drawn, Unreadable as ToldUnreadable } from '../../shared/contract/calls/source';
import { Fault } from '../../shared/contract/errors';
import type { Dialect, Format } from '../../shared/document/dialect';
import { FORMATS } from '../../shared/document/formats';
import type { FileSampling } from '../../shared/document/sampling';
import type { Connector } from '../../shared/ports/connector';
import { encodeSample } from '../../shared/sampling/arrow';
import { plural } from '../../shared/words';
import { openNative } from '../engine/native';
import type { DataSet } from '../reading/data-set';
import { withTemporaryFolder } from '../run/temporary-folder';
import { draw } from './draw';
import { createDrawnTable } from './drawn-table';
import { assertSame, existing } from './existing';
import { type Guess, guessDialect, INSPECTED_BYTES } from './inspect';
import { PIECE_BYTES } from './pieces';

export type SampleRequest = {
  readonly connector: Connector;
  readonly path: string;
  readonly dialect: Dialect;
  readonly sampling: FileSampling;
  readonly pieceBytes?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: { rows: number; of: number | null }) => void;
};

export type Sample = {
  readonly arrow: Uint8Array<ArrayBuffer>;
  readonly columns: string[];
  readonly rows: number;
  readonly complete: boolean;
  readonly total: { readonly rows: number; readonly exact: boolean };
  readonly unreadable: ToldUnreadable[];
  readonly unreadableCount: number;
  readonly drawn: Drawn;
  readonly places:
    | { kind: 'row' | 'byte' | 'unknown'; at: Uint8Array<ArrayBuffer> }
    | { kind: 'offset'; at: Uint8Array<ArrayBuffer>; partitions: Uint8Array<ArrayBuffer> }
    | null;
};

/** For columns: one row tells them, but where each record states its own. */
const firstRows = ({ format }: Dialect): FileSampling => ({
  method: 'first',
  rows: format === 'json' || format === 'jsonl' ? 20_000 : 1,
});

/** Places of the columns, those of a data set's keys last: records of later files may have brought more. */
const keysLast = (columns: readonly string[], keys: readonly string[]): number[] => {
  const places = [...columns.keys()];
  const isKey = (i: number) => keys.includes(columns[i] ?? '');
  return [...places.filter((i) => !isKey(i)), ...places.filter(isKey)];
};

const setNotes = ({ files, keys }: DataSet): string[] => [
  `${plural(files.length, 'file')} as one data set${keys.length > 0 ? `; the folders’ keys ${keys.join(', ')} are its last columns` : ''}.`,
];

/** The fault of a format whose rows only the cluster reads. */
export const clusterOnly = (path: string, format: Format): Fault =>
  new Fault({
    code: 'source.cluster-only',
    message: `${path}: ${FORMATS[format].notHere ?? 'this format is not read here.'}`,
    place: { path },
    unaffected: 'The project is as it was.',
    advice:
      format === 'orc'
        ? 'Draw a sample on the cluster, or publish rules that were made for its columns.'
        : 'Choose a file of another format.',
  });

/** Guesses a file's dialect, unless it is told, and tells the columns. */
export async function inspect(connector: Connector, path: string, signal?: AbortSignal, told?: Dialect) {
  const entry = await existing(connector, path, signal);
  const first = entry.set?.files[0]?.path ?? path;
  const parts: Uint8Array[] = [];
  let read = 0;
  for await (const part of connector.open(first, { length: INSPECTED_BYTES, signal })) {
    parts.push(part.slice());
    read += part.byteLength;
  }
  const guess: Guess = told
    ? { dialect: told, notes: [] }
    : await guessDialect(first, Buffer.concat(parts), read >= entry.size);
  const many = entry.set ? setNotes(entry.set) : [];
  if (FORMATS[guess.dialect.format].notHere !== null)
    return {
      dialect: guess.dialect,
      columns: [],
      size: entry.size,
      modified: entry.modified,
      notes: [...many],
    };
  const { columns } = await sample({
    connector,
    path,
    dialect: guess.dialect,
    sampling: firstRows(guess.dialect),
    signal,
  });
  return {
    dialect: guess.dialect,
    columns,
    size: entry.size,
    modified: entry.modified,
    notes: [...many, ...guess.notes],
  };
}

const asBytes = (numbers: readonly number[]) => new Uint8Array(Float64Array.from(numbers).buffer);

function placesOf(numbers: readonly number[], offsets: readonly number[] | null): Sample['places'] {
  if (offsets) return { kind: 'byte', at: asBytes(offsets) };
  return numbers.every((number, i) => number === i + 1) ? null : { kind: 'row', at: asBytes(numbers) };
}

/** Draws rows of a source: read by the very code that runs use, so that a sample cannot tell another story. */
export async function sample(request: SampleRequest): Promise<Sample> {
  const { connector, path, dialect, sampling, pieceBytes = PIECE_BYTES, signal, onProgress } = request;
  const [began, at] = [performance.now(), new Date().toISOString()];
  if (FORMATS[dialect.format].notHere !== null) throw clusterOnly(path, dialect.format);
  const before = await existing(connector, path, signal);
  const { set } = before;
  return withTemporaryFolder(async (folder) => {
    const own = set?.files.map((one) => one.path) ?? [path];
    const files = connector.kind === 'local' ? await Promise.all(own.map((one) => realpath(one))) : [];
    const engine = await openNative({ folders: [folder], files, temporaryFolder: folder });
    try {
      const of = sampling.method === 'first' ? sampling.rows : null;
      const told = (rows: number) => onProgress?.({ rows, of });
      const job = {
        connector,
        path,
        dialect,
        size: before.size,
        set,
        folder,
        pieceBytes,
        signal,
        engine,
        told,
      };
      const table = await createDrawnTable(engine);
      const drawing = await draw(job, table, sampling);
      await assertSame(connector, path, before);
      const { cells, numbers } = await table.read(signal);
      const places = keysLast(table.columns, set?.keys ?? []);
      const { scanned, total, offsets, how, parts, share, matches, bytes } = drawing;
      const milliseconds = Math.round(performance.now() - began);
      return {
        arrow: encodeSample(places.map((i) => cells[i] ?? [])),
        columns: places.map((i) => table.columns[i] ?? ''),
        rows: numbers.length,
        complete: total.exact && numbers.length + scanned.unreadableCount === total.rows,
        total,
        unreadable: [...scanned.unreadable],
        unreadableCount: scanned.unreadableCount,
        drawn: { how, sampling, at, milliseconds, bytes, parts, share, matches, on: 'here' },
        places: placesOf(numbers, offsets),
      };
    } finally {
      await engine.close();
    }
  });
}
