import { isUtf8 } from 'node:buffer';
import type { DialectOf } from '../../shared/document/dialect';
import { recordFaultWords } from '../../shared/reading/csv';
import { TEXT_COLUMN } from '../../shared/reading/text';
import { copyItems, type Item } from './clean-copy';
import type { InputFile } from './file';
import { linesOf } from './lines';
import { plainCopy } from './plain';
import { type Reader, readFrom, readyCopy } from './reader';
import { startOf } from './utf8';

const CR = 0x0d;

async function* itemsOf(file: InputFile, signal?: Parameters<typeof linesOf>[2]): AsyncGenerator<Item[]> {
  const reason = recordFaultWords(file.original?.encoding ?? 'utf-8').encoding;
  for await (const batch of linesOf(file, await startOf(file), signal)) {
    yield batch.map(({ bytes, offset, line }): Item => {
      if (!isUtf8(bytes)) return { kind: 'unreadable', bytes, line, offset, reason };
      const ended = bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes;
      return { kind: 'row', cells: [ended.toString('utf8')] };
    });
  }
}

/** Lines of text: one column, a row for each line. */
export const openText: Reader<DialectOf<'text'>> = async (given, dialect, { folder, signal: opening }) => {
  const file = await plainCopy(given, dialect, folder, opening);
  return readFrom({
    columns: [TEXT_COLUMN],
    ready: async (signal, told) =>
      readyCopy(await copyItems(file, itemsOf(file, signal), 1, folder, { told }), 1),
    close: async () => {
      if (file !== given) await file.handle.close();
    },
  });
};
