import type { Source } from '../../shared/document/project';

/** The tables made of a source: cleaned, as it was read, and which rows went into which. */
export type SourceTables = {
  readonly clean: string;
  readonly raw: string;
  readonly merged: string;
  /** All cleaned rows, those that left too: place `r`, how it left `l`, and cells `o0 …`. */
  readonly rows: string;
};

const wordOf = (name: string): string =>
  name
    .replace(/\.\w{1,8}$/, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .replace(/^(\p{N})/u, 't$1') || 'table';

const namesAfter = (clean: string): SourceTables => ({
  clean,
  raw: `${clean}_raw`,
  merged: `${clean}_merged`,
  rows: `${clean}_rows`,
});

/** A name for a table of two sources, `transactions_with_customers`, that no other has. */
export function joinedName(from: SourceTables, to: SourceTables, taken: ReadonlySet<string>): string {
  const wanted = `${from.clean}_with_${to.clean}`;
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${wanted}_${n}`;
  return name;
}

/** Tables by source id, after the sources’ names: `customers`, `customers_raw`, `customers_merged`. */
export function tableNames(
  sources: readonly Pick<Source, 'id' | 'name'>[],
): ReadonlyMap<string, SourceTables> {
  const taken = new Set<string>();
  const tables = new Map<string, SourceTables>();
  for (const { id, name } of sources) {
    const word = wordOf(name);
    let clean = word;
    for (let n = 2; Object.values(namesAfter(clean)).some((one) => taken.has(one)); n++) {
      clean = `${word}_${n}`;
    }
    const made = namesAfter(clean);
    for (const one of Object.values(made)) taken.add(one);
    tables.set(id, made);
  }
  return tables;
}

/** Column names as DuckDB can tell them apart: it ignores the case of ASCII letters. */
export function distinctNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let distinct = name === '' ? 'column' : name;
    for (let n = 2; taken.has(distinct.toLowerCase()); n++) distinct = `${name}_${n}`;
    taken.add(distinct.toLowerCase());
    return distinct;
  });
}
