import type { Beside, Drawn, Unreadable as ToldUnreadable } from '../../shared/contract/calls/source';
import type { Dialect } from '../../shared/document/dialect';
import { FORMATS } from '../../shared/document/formats';
import type { FileSampling } from '../../shared/document/sampling';
import type { Connector } from '../../shared/ports/connector';
import { encodeSample } from '../../shared/sampling/arrow';
import { plural } from '../../shared/words';
import type { DataSet } from '../reading/data-set';
import { draw } from './draw';
import type { Drawing } from './drawing';
import type { DrawnTable } from './drawn-table';
import { existing } from './existing';
import { type Guess, guessDialect, INSPECTED_BYTES } from './inspect';
import { readOrcFooter } from './orc-footer';
import { overSource, type SourceRequest } from './over-source';
import type { Scan } from './scan';

export type SampleRequest = SourceRequest & { readonly sampling: FileSampling };

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
  readonly messages?: Beside[];
};

/** For columns: one row tells them, but where each record states its own. */
const enoughForColumns = ({ format }: Dialect): FileSampling => ({
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
  const { dialect } = guess;
  const found = { dialect, size: entry.size, modified: entry.modified };
  if (dialect.format === 'orc') {
    const own = entry.set?.files[0] ?? { path, ...entry };
    const { columns, rows } = await readOrcFooter({ ...own, connector, signal });
    const whole = entry.set ? [] : [`${plural(rows, 'row')}, as the end of the file tells.`];
    const keys = entry.set?.keys ?? [];
    const drawn =
      connector.kind === 'local'
        ? ''
        : ' Once it is added, a Spark job draws its sample there when you say so.';
    const there = `${FORMATS.orc.notHere}${drawn}`;
    return { ...found, columns: [...columns, ...keys], notes: [...many, ...whole, there] };
  }
  const { columns } = await sample({
    ...{ connector, path, dialect, signal },
    sampling: enoughForColumns(dialect),
  });
  return { ...found, columns, notes: [...many, ...guess.notes] };
}

const asBytes = (numbers: readonly number[]) => new Uint8Array(Float64Array.from(numbers).buffer);

function placesOf(numbers: readonly number[], offsets: Drawing['offsets']): Sample['places'] {
  if (offsets === 'unknown') return { kind: 'unknown', at: new Uint8Array() };
  if (offsets) return { kind: 'byte', at: asBytes(offsets) };
  return numbers.every((number, i) => number === i + 1) ? null : { kind: 'row', at: asBytes(numbers) };
}

/** What is drawn, its columns in their order: those of a data set's keys last. */
async function readDrawn({ set, signal }: Scan, table: DrawnTable) {
  const { cells, numbers } = await table.read(signal);
  const places = keysLast(table.columns, set?.keys ?? []);
  return {
    cells: places.map((i) => cells[i] ?? []),
    columns: places.map((i) => table.columns[i] ?? ''),
    numbers,
  };
}

/** The first rows of a source, cells by column. */
export const firstRows = (request: SourceRequest, rows: number) =>
  overSource(request, rows, async (job, table) => {
    await draw(job, table, { method: 'first', rows });
    return readDrawn(job, table);
  });

/** Draws rows of a source: read by the very code that runs use, so that a sample cannot tell another story. */
export async function sample({ sampling, ...request }: SampleRequest): Promise<Sample> {
  const [began, at] = [performance.now(), new Date().toISOString()];
  const of = sampling.method === 'first' ? sampling.rows : null;
  return overSource(request, of, async (job, table) => {
    const drawing = await draw(job, table, sampling);
    const { cells, columns, numbers } = await readDrawn(job, table);
    const { scanned, total, offsets, how, parts, partitions, share, matches, bytes } = drawing;
    const milliseconds = Math.round(performance.now() - began);
    return {
      arrow: encodeSample(cells),
      columns,
      rows: numbers.length,
      complete: total.exact && numbers.length + scanned.unreadableCount === total.rows,
      total,
      unreadable: [...scanned.unreadable],
      unreadableCount: scanned.unreadableCount,
      drawn: {
        ...{ how, sampling, at, milliseconds, bytes, parts, share, matches, on: 'here' },
        ...(partitions && { partitions }),
      },
      places: placesOf(numbers, offsets),
    };
  });
}
