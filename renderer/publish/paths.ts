import { type Format, OUTPUT_FORMATS, type OutputFormat } from '../../shared/document/dialect';
import { endingsOf } from '../../shared/document/formats';
import { fileName, folder } from '../shell/paths';

export const endings: Readonly<Record<OutputFormat, string>> = {
  csv: '.csv',
  jsonl: '.jsonl',
  parquet: '.parquet',
};

function stemOf(path: string): string {
  const name = fileName(path);
  const packed = endingsOf(name).compression === null ? name : name.replace(/\.[^.]*$/, '');
  return packed.replace(/\.\w{1,8}$/, '');
}

/** The format that a run writes unless told: that of its source, where runs write it. */
export const outputFormatFor = (source: Format): OutputFormat =>
  OUTPUT_FORMATS.find((format) => format === source) ?? (source === 'json' ? 'jsonl' : 'csv');

export type RunPaths = { readonly output: string; readonly rejects: string; readonly report: string };

/** Where a run writes unless told: beside the project, named after the source. */
export function suggestPaths(project: string, source: string, format: OutputFormat): RunPaths {
  const base = `${folder(project)}/${stemOf(source)}`;
  return {
    output: `${base}.clean${endings[format]}`,
    rejects: `${base}.rejects${endings[format]}`,
    report: `${base}.report.json`,
  };
}

/** The same path with the ending of a format. */
export const withEnding = (path: string, format: OutputFormat): string =>
  path.replace(/\.(csv|jsonl|parquet)$/i, '') + endings[format];
