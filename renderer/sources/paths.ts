import type { Entry } from '../../shared/ports/connector';

/** The folder above, or null for a root. */
export function parentOf(path: string): string | null {
  const trimmed = path.replace(/[\\/]+$/, '');
  if (trimmed === '' || /^[a-z]:$/i.test(trimmed)) return null;
  return trimmed.replace(/[\\/][^\\/]*$/, '') || '/';
}

export const nameOf = (path: string): string => path.split(/[\\/]/).findLast((name) => name !== '') ?? path;

/** A file of which no more is known than its path. */
export const fileAt = (path: string): Entry => ({
  path,
  name: nameOf(path),
  kind: 'file',
  size: 0,
  modified: '',
});
