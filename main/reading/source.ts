import { Fault } from '../../shared/contract/errors';
import type { Dialect, DialectOf, Format } from '../../shared/document/dialect';
import { FORMATS } from '../../shared/document/formats';
import { openAvro } from './avro';
import { openCsv } from './csv';
import type { InputFile } from './file';
import { openJson } from './json';
import { openJsonl } from './jsonl';
import { openParquet } from './parquet';
import type { ReadContext, Reader, Source } from './reader';
import { openText } from './text';

/** How files of each format are opened. A format that only the cluster reads has no entry. */
const READERS: { readonly [F in Format]?: Reader<DialectOf<F>> } = {
  csv: openCsv,
  jsonl: openJsonl,
  json: openJson,
  parquet: openParquet,
  avro: openAvro,
  text: openText,
};

/**
 * Opens a source of any dialect and names its columns; close it. JSON is read through once for that. Where bytes
 * must be decompressed or decoded, that happens here too, into the folder. Faults: `source.*`, `cancelled`.
 */
export function openSource<F extends Format>(
  file: InputFile,
  dialect: DialectOf<F> & Dialect,
  context: ReadContext,
): Promise<Source> {
  const open = READERS[dialect.format as F] as Reader<DialectOf<F>> | undefined;
  if (open) return open(file, dialect, context);
  throw new Fault({
    code: 'source.cluster-only',
    message: `${file.named}: ${FORMATS[dialect.format].notHere ?? 'this format is not read here.'}`,
    place: { file: file.named },
    unaffected: 'Nothing was written.',
    advice: 'Publish the rules to clean it on the cluster.',
  });
}
