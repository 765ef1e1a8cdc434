import type { Format } from '../../shared/document/dialect';
import { fileName, folder } from '../shell/paths';

export const endings: Readonly<Record<Format, string>> = {
  csv: '.csv',
  jsonl: '.jsonl',
  parquet: '.parquet',
};

const stemOf = (path: string): string => fileName(path).replace(/\.\w{1,8}$/, '');

export type RunPaths = { readonly output: string; readonly rejects: string; readonly report: string };

/** Where a run writes unless told: beside the project, named after the source. */
export function suggestPaths(project: string, source: string, format: Format): RunPaths {
  const base = `${folder(project)}/${stemOf(source)}`;
  return {
    output: `${base}.clean${endings[format]}`,
    rejects: `${base}.rejects${endings[format]}`,
    report: `${base}.report.json`,
  };
}

/** The same path with the ending of a format. */
export const withEnding = (path: string, format: Format): string =>
  path.replace(/\.(csv|jsonl|parquet)$/i, '') + endings[format];
