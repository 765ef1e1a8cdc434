import type { DialectOf } from '../../shared/document/dialect';
import type { CancelSignal } from '../../shared/ports/signal';
import {
  DOCUMENT_FAULT_WORDS,
  type DocumentSpan,
  documentSplitter,
} from '../../shared/reading/json-document';
import { chunksOf, type InputFile } from './file';
import { type JsonPiece, openJsonPieces } from './json-items';
import { LONGEST_LINE } from './lines';
import type { Reader } from './reader';
import { spanBytes } from './span-bytes';
import { MOST_KEPT } from './unreadable';
import { startOf } from './utf8';

async function* piecesOf(
  file: InputFile,
  records: string,
  signal?: CancelSignal,
): AsyncGenerator<JsonPiece[]> {
  let spans: DocumentSpan[] = [];
  const origin = await startOf(file);
  const splitter = documentSplitter(records, (span) => spans.push(span), origin);
  let start = origin;
  const settle = async (chunk: Buffer) => {
    const pieces: JsonPiece[] = [];
    for (const span of spans) {
      const most = span.fault ? MOST_KEPT + 1 : LONGEST_LINE;
      const bytes = await spanBytes(file, span, { chunk, start, most });
      const reason = span.fault && DOCUMENT_FAULT_WORDS[span.fault];
      pieces.push({ bytes, line: span.line, offset: span.start, ...(reason && { reason }) });
    }
    spans = [];
    return pieces;
  };
  for await (const chunk of chunksOf(file, origin, signal)) {
    splitter.push(chunk);
    const pieces = await settle(chunk);
    start += chunk.length;
    if (pieces.length > 0) yield pieces;
  }
  splitter.end();
  const rest = await settle(Buffer.alloc(0));
  if (rest.length > 0) yield rest;
}

/** A JSON document: an array of objects, or one that stands at a path of keys in it. */
export const openJson: Reader<DialectOf<'json'>> = (file, dialect, context) =>
  openJsonPieces(file, dialect, (one, signal) => piecesOf(one, dialect.records, signal), context);
