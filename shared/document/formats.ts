import { type Compression, type Dialect, dialectSchema, type Format } from './dialect';

/** What the program knows of a format before it reads a file: names for people, and endings of file names. */
export type FormatFacts = {
  readonly label: string;
  readonly endings: readonly string[];
  /** Why the host cannot read it, or null. */
  readonly notHere: string | null;
};

export const FORMATS: Readonly<Record<Format, FormatFacts>> = {
  csv: { label: 'CSV text', endings: ['.csv', '.tsv', '.psv', '.txt'], notHere: null },
  jsonl: { label: 'JSON Lines', endings: ['.jsonl', '.ndjson'], notHere: null },
  json: { label: 'JSON', endings: ['.json'], notHere: null },
  parquet: { label: 'Parquet', endings: ['.parquet', '.parq'], notHere: null },
  avro: { label: 'Avro', endings: ['.avro'], notHere: null },
  orc: {
    label: 'ORC',
    endings: ['.orc'],
    notHere: 'ORC is read on the cluster only.',
  },
  text: { label: 'Lines of text', endings: ['.log'], notHere: null },
};
export const FORMAT_NAMES = Object.keys(FORMATS) as readonly Format[];

export const COMPRESSION_LABELS: Readonly<Record<Compression, string>> = {
  none: 'Not compressed',
  gzip: 'gzip',
  zstd: 'zstd',
  snappy: 'snappy (Hadoop)',
  'snappy-framed': 'snappy (frames)',
};

/** Endings that tell a compression, before which the format's own ending stands. */
export const COMPRESSED_ENDINGS: Readonly<Record<string, Exclude<Compression, 'none'>>> = {
  '.gz': 'gzip',
  '.gzip': 'gzip',
  '.zst': 'zstd',
  '.zstd': 'zstd',
  '.snappy': 'snappy',
  '.sz': 'snappy-framed',
};

/** The endings of a file's name: that of its format, lower-cased, and the compression that one after it tells. */
export function endingsOf(path: string): { ending: string; compression: Compression | null } {
  const name = (path.split(/[\\/]/).at(-1) ?? '').toLowerCase();
  const last = /\.[^.]*$/.exec(name)?.[0] ?? '';
  const compression = COMPRESSED_ENDINGS[last] ?? null;
  const rest = compression === null ? name : name.slice(0, -last.length);
  return { ending: /\.[^.]*$/.exec(rest)?.[0] ?? '', compression };
}

/** The format that a file's name tells, or null. */
export function formatByName(path: string): Format | null {
  const { ending } = endingsOf(path);
  return FORMAT_NAMES.find((format) => FORMATS[format].endings.includes(ending)) ?? null;
}

/** Whether its files are text, with an encoding and perhaps compressed as a whole. */
export const isText = (dialect: Dialect): dialect is Extract<Dialect, { encoding: unknown }> =>
  'encoding' in dialect;

/** Whether its rows are read on the cluster only: samples of it are drawn there. */
export const isClusterOnly = ({ format }: Dialect): boolean => FORMATS[format].notHere !== null;

/** What to know of how the cluster reads it, before it is published. */
export function notesOnCluster(dialect: Dialect): readonly string[] {
  const notes: string[] = [];
  if (isText(dialect) && dialect.compression !== 'none')
    notes.push(
      `A file compressed with ${COMPRESSION_LABELS[dialect.compression]} is read by one task: many smaller files are read faster.`,
    );
  if (isText(dialect) && dialect.compression === 'zstd')
    notes.push(
      'A file whose compression looks back further than 8 MB (zstd --long or --ultra) is refused there.',
    );
  if (isText(dialect) && dialect.compression === 'snappy-framed')
    notes.push('Snappy’s frames are unpacked in plain Python there, about 8 MB a second for each file.');
  if (dialect.format === 'csv' && dialect.lineBreaks)
    notes.push('Values hold line breaks, so each file is read by one task.');
  else if (isText(dialect) && dialect.encoding.startsWith('utf-16'))
    notes.push('A UTF-16 file cannot be split, so each file is read by one task.');
  if (dialect.format === 'json' || dialect.format === 'avro')
    notes.push(
      `Each ${FORMATS[dialect.format].label} file is read by one task, and may have 2 GB at most: many smaller files are read faster.`,
    );
  return notes;
}

/** The dialect of a format with what is known of another one: encoding and compression stay. */
export function withFormat(format: Format, before: Dialect): Dialect {
  if (before.format === format) return before;
  const usual = dialectSchema.parse({ format });
  return isText(usual) && isText(before)
    ? { ...usual, encoding: before.encoding, compression: before.compression }
    : usual;
}
