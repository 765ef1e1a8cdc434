/**
 * Many files as one data set: those of a folder, and of folders in it that are named by keys, as `year=2024`. Names
 * that begin with `_` or `.` are no part of it. The keys are columns after those of the files, which all have the same
 * columns. The job has the same in data_set.py.
 */
export type FolderKey = { readonly key: string; readonly value: string | null };

/** What Hive writes where a key has no value. */
const NO_VALUE = '__HIVE_DEFAULT_PARTITION__';

const unescaped = (text: string) =>
  text.replaceAll(/%([0-9a-fA-F]{2})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );

/** The key and value of a folder's name, or null where it has none. */
export function folderKey(name: string): FolderKey | null {
  const equals = name.indexOf('=');
  if (equals <= 0) return null;
  const value = name.slice(equals + 1);
  return { key: unescaped(name.slice(0, equals)), value: value === NO_VALUE ? null : unescaped(value) };
}

/** Whether a file or folder of this name is no part of a data set. */
export const isHidden = (name: string): boolean => name.startsWith('_') || name.startsWith('.');
