import { realpath } from 'node:fs/promises';
import type { Drawn, Unreadable as ToldUnreadable } from '../../shared/contract/calls/source';
import type { Dialect } from '../../shared/document/dialect';
import type { FileSampling } from '../../shared/document/sampling';
import type { Connector } from '../../shared/ports/connector';
import { encodeSample } from '../../shared/sampling/arrow';
import { openNative } from '../engine/native';
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

const FIRST_ROW: FileSampling = { method: 'first', rows: 1 };

/** Guesses a file's dialect, unless it is told, and tells the columns. */
export async function inspect(connector: Connector, path: string, signal?: AbortSignal, told?: Dialect) {
  const entry = await existing(connector, path);
  const parts: Uint8Array[] = [];
  let read = 0;
  for await (const part of connector.open(path, { length: INSPECTED_BYTES, signal })) {
    parts.push(part.slice());
    read += part.byteLength;
  }
  const guess: Guess = told
    ? { dialect: told, notes: [] }
    : await guessDialect(path, Buffer.concat(parts), read >= entry.size);
  const { columns } = await sample({ connector, path, dialect: guess.dialect, sampling: FIRST_ROW, signal });
  return {
    dialect: guess.dialect,
    columns,
    size: entry.size,
    modified: entry.modified,
    notes: [...guess.notes],
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
  const before = await existing(connector, path);
  return withTemporaryFolder(async (folder) => {
    const files = connector.kind === 'local' ? [await realpath(path)] : [];
    const engine = await openNative({ folders: [folder], files, temporaryFolder: folder });
    try {
      const of = sampling.method === 'first' ? sampling.rows : null;
      const told = (rows: number) => onProgress?.({ rows, of });
      const job = { connector, path, dialect, size: before.size, folder, pieceBytes, signal, engine, told };
      const table = await createDrawnTable(engine);
      const drawing = await draw(job, table, sampling);
      await assertSame(connector, path, before);
      const { cells, numbers } = await table.read(signal);
      const { scanned, total, offsets, how, parts, share, matches, bytes } = drawing;
      const milliseconds = Math.round(performance.now() - began);
      return {
        arrow: encodeSample(cells),
        columns: [...table.columns],
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
