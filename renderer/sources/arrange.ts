import type { Entry } from '../../shared/ports/connector';

export type SortKey = 'name' | 'size' | 'owner' | 'modified';
/** By which column entries stand, and whether the largest comes first. */
export type Order = { readonly by: SortKey; readonly descending: boolean };
export const BY_NAME: Order = { by: 'name', descending: false };

/** The program's own files, which hold no data. */
const OWN = /\.dhz(\.(journal|lock)(\..*)?)?$/;

const compare = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
const byName = (a: Entry, b: Entry): number => compare(a.name, b.name);
const comparers: Readonly<Record<SortKey, (a: Entry, b: Entry) => number>> = {
  name: byName,
  size: (a, b) => compare(a.size, b.size) || byName(a, b),
  owner: (a, b) => compare(a.owner ?? '', b.owner ?? '') || byName(a, b),
  modified: (a, b) => compare(a.modified, b.modified) || byName(a, b),
};

/** Puts entries in order, folders first. */
export function sorted(entries: readonly Entry[], { by, descending }: Order): readonly Entry[] {
  const sign = descending ? -1 : 1;
  return entries.toSorted((a, b) => {
    if (a.kind !== b.kind) return a.kind === 'folder' ? -1 : 1;
    return sign * comparers[by](a, b);
  });
}

/** What of a listing is shown: entries that hold the typed letters, in any case, and have the ending. */
export function matching(entries: readonly Entry[], typed: string, ending: string): readonly Entry[] {
  const wanted = typed.trim().toLowerCase();
  const fits = (name: string) => (ending === '' ? !OWN.test(name) : name.toLowerCase().endsWith(ending));
  return entries.filter(
    ({ name, kind }) =>
      (wanted === '' || name.toLowerCase().includes(wanted)) && (kind === 'folder' || fits(name)),
  );
}
