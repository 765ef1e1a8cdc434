import type { Entry } from '../ports/connector';

/** A folder such as `year=2024`, which holds the rows whose `year` is 2024. */
export type Partition = { readonly key: string; readonly value: string };

/** What Hive and Spark write for a null. */
const NULL_VALUE = '__HIVE_DEFAULT_PARTITION__';

/** Reads a folder's name as a partition, percent-escapes resolved; null when it is none. */
export function partitionOf(name: string): (Partition & { readonly isNull: boolean }) | null {
  const at = name.indexOf('=');
  if (at < 1 || at === name.length - 1) return null;
  const plain = (text: string) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };
  const value = plain(name.slice(at + 1));
  return { key: plain(name.slice(0, at)), value, isNull: value === NULL_VALUE };
}

/** Files that hold no data by their name: readers of folders skip them, as Spark does. */
export const isHidden = (name: string): boolean => name.startsWith('_') || name.startsWith('.');

/** What kind of data set a folder may be. */
export type FolderForm =
  /** Folders by the values of one key, which may hold others in turn. */
  | { readonly kind: 'partitioned'; readonly key: string; readonly partitions: number }
  /** Files of one ending, such as the parts that a job writes. */
  | { readonly kind: 'parts'; readonly ending: string; readonly files: number; readonly bytes: number };

const endingOf = (name: string): string => /(\.[a-z0-9]{1,10}){1,2}$/i.exec(name)?.[0].toLowerCase() ?? '';

/**
 * Tells whether what a folder holds looks like one data set: nothing but partitions of one key, or nothing but files
 * of one ending, at least two. Hidden entries do not count. Null for anything else.
 */
export function folderForm(entries: readonly Pick<Entry, 'name' | 'kind' | 'size'>[]): FolderForm | null {
  const shown = entries.filter(({ name }) => !isHidden(name));
  const [first] = shown;
  if (first === undefined) return null;
  if (first.kind === 'folder') {
    const key = partitionOf(first.name)?.key;
    const alike = ({ kind, name }: (typeof shown)[number]) =>
      kind === 'folder' && partitionOf(name)?.key === key;
    if (key === undefined || !shown.every(alike)) return null;
    return { kind: 'partitioned', key, partitions: shown.length };
  }
  const ending = endingOf(first.name);
  if (shown.length < 2 || !shown.every(({ kind, name }) => kind === 'file' && endingOf(name) === ending)) {
    return null;
  }
  return {
    kind: 'parts',
    ending,
    files: shown.length,
    bytes: shown.reduce((sum, { size }) => sum + size, 0),
  };
}
