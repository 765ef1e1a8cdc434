import type { DialectOf } from '../../shared/document/dialect';
import type { CancelSignal } from '../../shared/ports/signal';
import { isBlankLine } from '../../shared/reading/jsonl';
import type { InputFile } from './file';
import { type JsonPiece, openJsonPieces } from './json-items';
import { linesOf } from './lines';
import type { Reader } from './reader';
import { startOf } from './utf8';

const [LF, CR, SPACE] = [0x0a, 0x0d, 0x20];

async function* piecesOf(file: InputFile, signal?: CancelSignal): AsyncGenerator<(JsonPiece | null)[]> {
  for await (const batch of linesOf(file, await startOf(file), signal))
    yield batch.map((line) =>
      isBlank(line.bytes)
        ? null
        : { ...line, bytes: line.bytes.at(-1) === CR ? line.bytes.subarray(0, -1) : line.bytes },
    );
}

const isBlank = (bytes: Buffer) => (bytes[0] ?? LF) <= SPACE && isBlankLine(bytes.toString('latin1'));

/** JSON Lines: an object a line. */
export const openJsonl: Reader<DialectOf<'jsonl'>> = (file, dialect, context) =>
  openJsonPieces(file, dialect, piecesOf, context);
