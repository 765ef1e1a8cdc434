import type { DialectOf } from '../../shared/document/dialect';
import { Unreadable } from '../../shared/messages/faults';
import type { CancelSignal } from '../../shared/ports/signal';
import {
  AVRO_FAULT_WORDS,
  type AvroCodec,
  type AvroFileRows,
  type AvroHeader,
  type AvroRecord,
  avroFileRows,
  blockRecords,
  isAvroCodec,
  lost,
} from '../../shared/reading/avro-file';
import { type AvroPart, avroStream } from './avro-blocks';
import { unpackBlock } from './avro-codecs';
import { copyItems, type Item } from './clean-copy';
import { checkNames } from './csv-header';
import { chunksOf, type InputFile } from './file';
import { fileFault } from './file-fault';
import { type Reader, readFrom, readyCopy } from './reader';

const ROWS_AT_ONCE = 5000;

/** A header, with how the blocks behind it are read. */
export type OpenedAvro<H extends AvroHeader = AvroHeader> = {
  readonly header: H;
  readonly codec: AvroCodec;
  readonly rows: AvroFileRows;
  readonly columns: readonly string[];
};

/** How a file's blocks are read. Faults: `source.corrupt`, `source.codec`, `source.type`, `source.header`. */
export function openedHeader<H extends AvroHeader>(header: H | null, named: string): OpenedAvro<H> {
  if (header === null)
    throw fileFault(
      'source.corrupt',
      named,
      'this is not an Avro file, or its header is damaged.',
      'Choose another format, or get the file again.',
    );
  const { codec } = header;
  if (!isAvroCodec(codec))
    throw fileFault(
      'source.codec',
      named,
      `its blocks are compressed by “${codec.slice(0, 50)}”, which is not read.`,
      'Have it written without compression, or with deflate, snappy or zstandard.',
    );
  try {
    const rows = avroFileRows(header.schema);
    const columns = checkNames(rows.rows.columns, named);
    if (columns.length === 0)
      throw fileFault('source.empty', named, 'its schema has no field.', 'Choose a file with data.');
    return { header, codec, rows, columns };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw fileFault(
      'source.type',
      named,
      'its schema cannot be understood, or has more than 10,000 fields.',
      'Have it written again, or choose another file.',
    );
  }
}

/** The records of a part. */
export async function recordsOf(part: AvroPart, { codec, rows }: OpenedAvro): Promise<Iterable<AvroRecord>> {
  if (part.fault !== null) return [{ cells: null, fault: part.fault, bytes: part.bytes }];
  const content = await unpackBlock(codec, part.data);
  return content === null ? lost('packed', part.count, part.data) : blockRecords(content, part.count, rows);
}

async function* itemsOf(file: InputFile, signal?: CancelSignal): AsyncGenerator<Item[]> {
  const { header, parts } = await avroStream(chunksOf(file, 0, signal));
  const opened = openedHeader(header, file.named);
  let batch: Item[] = [];
  for await (const part of parts) {
    for (const one of await recordsOf(part, opened)) {
      batch.push(
        one.cells
          ? { kind: 'row', cells: one.cells }
          : {
              kind: 'unreadable',
              bytes: one.bytes,
              line: null,
              offset: part.offset,
              reason: AVRO_FAULT_WORDS[one.fault],
            },
      );
      if (batch.length < ROWS_AT_ONCE) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/** An Avro container file: rows by the schema that it holds, block by block. */
export const openAvro: Reader<DialectOf<'avro'>> = async (file, _, { folder, signal: opening }) => {
  const { header, close } = await avroStream(chunksOf(file, 0, opening));
  await close();
  const { columns } = openedHeader(header, file.named);
  return readFrom({
    columns,
    ready: async (signal, told) => {
      const items = itemsOf(file, signal);
      return readyCopy(
        await copyItems(file, items, columns.length, folder, { told, binary: true }),
        columns.length,
      );
    },
    close: async () => {},
  });
};
