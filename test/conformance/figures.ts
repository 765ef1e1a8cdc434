import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const folder = path.resolve(import.meta.dirname, '../../.cache/figures');

/** What was compared on one engine: cases (a plan over a table, or a primitive with its constants) and cells. */
export type Figure = { cases: number; cells: number; differences: number };
export type Figures = {
  readonly engines: Readonly<Record<string, Figure>>;
  /** Ids of operations, or of primitives, that took part. */
  readonly took: readonly string[];
  count(engine: string, found: { cells: number; differences: number }): void;
  part(...ids: readonly string[]): void;
  /** Leaves them for the table that is printed once all of conformance is through. */
  write(name: string): void;
};

/** Figures of a part of conformance. */
export function figuresOf(): Figures {
  const engines: Record<string, Figure> = {};
  const ids = new Set<string>();
  const took = () => [...ids].sort();
  return {
    engines,
    get took() {
      return took();
    },
    count(engine, { cells, differences }) {
      const figure = engines[engine] ?? { cases: 0, cells: 0, differences: 0 };
      engines[engine] = {
        cases: figure.cases + 1,
        cells: figure.cells + cells,
        differences: figure.differences + differences,
      };
    },
    part(...named) {
      for (const one of named) ids.add(one);
    },
    write(name) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(path.join(folder, `${name}.json`), JSON.stringify({ name, engines, took: took() }));
    },
  };
}

type Written = { name: string; engines: Record<string, Figure>; took: string[] };

/** Removes the figures of an earlier run. */
export function setup(): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Prints what was compared. */
export function teardown(): void {
  let files: string[] = [];
  try {
    files = readdirSync(folder).sort();
  } catch {
    return;
  }
  const parts = files.map((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Written);
  const number = (value: number) => value.toLocaleString('en').padStart(12);
  const lines = parts.flatMap(({ name, engines, took }) =>
    Object.entries(engines).map(
      ([engine, { cases, cells, differences }]) =>
        `${name.padEnd(24)}${engine.padEnd(14)}${number(took.length)}${number(cases)}${number(cells)}${number(differences)}`,
    ),
  );
  if (lines.length === 0) return;
  const names = ['took part', 'cases', 'cells', 'differences'].map((name) => name.padStart(12)).join('');
  console.log(`\n${'Conformance'.padEnd(24)}${'engine'.padEnd(14)}${names}\n${lines.join('\n')}\n`);
}
