import { readFile } from 'node:fs/promises';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import type { Unreadable as ToldUnreadable } from '../../shared/contract/calls/source';
import type { Dialect } from '../../shared/document/dialect';
import type { NativeEngine } from '../engine/native';
import type { DataFile } from '../reading/data-set';
import { openInput } from '../reading/file';
import { otherColumns } from '../reading/many-files';
import { openSource } from '../reading/source';
import type { Piece, Place } from './pieces';

export const MOST_TOLD = 1000;

/** A piece that is open. `passed`: rows scanned before it; `before`: rows of the source before it. */
export type OpenPiece = {
  readonly columns: readonly string[];
  /** SQL of its readable rows as `c0 … cn`. */
  readonly relation: string;
  readonly rows: number;
  readonly passed: number;
  readonly before: number;
  /** Numbers of its records that can't be read, from 1; read when asked for. */
  unreadable(): Promise<readonly number[]>;
};

/** A piece with further columns, all of them null. */
export function withColumns(piece: OpenPiece, names: readonly string[]): OpenPiece {
  if (names.length === 0) return piece;
  const more = names.map((_, i) => `, CAST(NULL AS VARCHAR) AS c${piece.columns.length + i}`).join('');
  const relation = `(SELECT *${more} FROM ${piece.relation})`;
  return { ...piece, columns: [...piece.columns, ...names], relation };
}

export type Scanned = {
  /** Rows that could be read. */
  readonly rows: number;
  readonly bytes: number;
  readonly unreadable: readonly ToldUnreadable[];
  readonly unreadableCount: number;
};

export type Scan = Place & {
  readonly engine: NativeEngine;
  /** Columns of all files, where records state them and the files are to agree. */
  readonly columns?: readonly string[] | null;
  /** Hears how many records have passed. */
  readonly told: (records: number) => void;
};

/**
 * Opens pieces of a source one after another by the very code that runs use, and lets `visit` look at each; it ends
 * early where `visit` answers false.
 */
export async function scan(
  { path, dialect, set, folder, signal, engine, told, columns: given }: Scan,
  pieces: AsyncIterable<Piece>,
  visit: (piece: OpenPiece) => Promise<boolean>,
): Promise<Scanned> {
  let [rows, records, bytes, unreadableCount] = [0, 0, 0, 0];
  const unreadable: ToldUnreadable[] = [];
  // Places of a data set's records are told within their file.
  let [inFile, current]: [number, DataFile | undefined] = [0, undefined];
  let columns: readonly string[] | null = null;
  for await (const piece of pieces) {
    bytes += piece.bytes;
    if (piece.of !== current) [inFile, current] = [0, piece.of];
    const file = await openInput(piece.file);
    try {
      const heard = (n: number) => told(records + n);
      const context = { engine, folder, signal, told: heard, ...(given && { columns: given }) };
      const named = {
        ...file,
        named: piece.of?.path ?? path,
        ...(piece.original && { original: piece.original }),
      };
      const source = await openSource(named, piece.dialect ?? dialect, context);
      try {
        const ready = await source.ready(signal, heard);
        if (set && !isJson(dialect)) {
          columns ??= source.columns;
          if (columns.join('\n') !== source.columns.join('\n'))
            throw otherColumns(named.named, set.files[0]?.path ?? path, source.columns, columns);
        }
        for (const one of ready.unreadable?.first ?? []) {
          if (unreadable.length >= MOST_TOLD) break;
          unreadable.push({
            ...(piece.of && { file: piece.of.inside }),
            record: one.record + inFile,
            line: one.line === null ? null : one.line + piece.lines,
            offset: one.offset + piece.offset,
            reason: one.reason,
          });
        }
        const count = ready.unreadable?.count ?? 0;
        const rawFile = ready.unreadable?.rawFile;
        const goesOn = await visit({
          columns: [...source.columns, ...(set?.keys ?? [])],
          relation: withKeys(ready.relation, source.columns.length, piece.of?.values ?? []),
          rows: ready.records,
          passed: rows,
          before: piece.before ?? rows,
          unreadable: async () => (rawFile === undefined ? [] : recordsIn(rawFile)),
        });
        rows += ready.records;
        records += ready.records + count;
        inFile += ready.records + count;
        unreadableCount += count;
        if (!goesOn) break;
      } finally {
        await source.close();
      }
    } finally {
      await file.handle.close();
    }
  }
  return { rows, bytes, unreadable, unreadableCount };
}

/** The columns of the files of a data set whose records state them, each where it first appears. */
export async function columnsOfFiles(
  { dialect, folder, signal, engine, told }: Scan,
  pieces: AsyncIterable<Piece>,
): Promise<readonly string[]> {
  const names = new Set<string>();
  for await (const piece of pieces) {
    const file = await openInput(piece.file);
    try {
      const source = await openSource({ ...file, named: piece.of?.path ?? piece.file }, dialect, {
        ...{ engine, folder, signal, told },
      });
      for (const name of source.columns) names.add(name);
      await source.close();
    } finally {
      await file.handle.close();
    }
  }
  return [...names];
}

/** Rows of a file with the values of its folders' keys. */
const withKeys = (relation: string, columns: number, values: readonly (string | null)[]) =>
  values.length === 0
    ? relation
    : `(SELECT *${values.map((value, i) => `, CAST(${quote.text(value)} AS VARCHAR) AS c${columns + i}`).join('')} FROM ${relation})`;

const isJson = ({ format }: Dialect) => format === 'json' || format === 'jsonl';

/** Numbers of the records in a file of unreadable ones. */
async function recordsIn(rawFile: string): Promise<number[]> {
  const text = await readFile(rawFile, 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Number((JSON.parse(line) as { record: number }).record));
}
