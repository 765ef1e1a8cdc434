import { readable } from '../../shared/compile/duckdb';
import { render } from '../../shared/compile/render';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import type { ColumnShapes, ShapeCover } from '../../shared/contract/calls/source';
import { column } from '../../shared/expression/expression';
import { call } from '../../shared/expression/primitives';
import { MOST_SHAPES } from '../../shared/sampling/cover';
import type { WasmEngine } from '../engine/wasm';
import type { Sample, SamplePlaces } from './model';

const EXAMPLES = 'shape_examples';

/** Whether a column has so few shapes that each of them can be covered. */
export const isCovered = ({ different }: ColumnShapes): boolean => different <= MOST_SHAPES;

/** The shapes that a column of a table holds. */
async function shapesIn(engine: Pick<WasmEngine, 'query'>, table: string, at: number) {
  const shape = render(call('valueShape', [column(`c${at}`)]), 'duckdb');
  const { columns } = await engine.query(
    `SELECT DISTINCT ${readable(shape)} FROM ${quote.identifier(table)} WHERE c${at} IS NOT NULL`,
  );
  return new Set((columns[0] ?? []).map(String));
}

const numbersIn = (bytes: Uint8Array): Float64Array => new Float64Array(bytes.slice().buffer);

/** Places of the sample's rows with those of the examples that are added. */
function withPlaces(
  { places, rows }: Sample,
  { messages }: ShapeCover,
  added: readonly (readonly [example: number, number: number | null])[],
): SamplePlaces {
  if (places?.kind === 'offset') {
    const [offsets, partitions] = [messages?.offsets, messages?.partitions].map((one) =>
      numbersIn(one ?? new Uint8Array()),
    );
    const of = (all: Float64Array | undefined) => added.map(([example]) => all?.[example] ?? Number.NaN);
    return {
      kind: 'offset',
      at: Float64Array.from([...places.at, ...of(offsets)]),
      partitions: Float64Array.from([...places.partitions, ...of(partitions)]),
    };
  }
  const own = places?.at ?? Float64Array.from({ length: rows }, (_, i) => i + 1);
  // Where rows are known by their bytes, the numbers of the others are no places of that kind.
  const byRow = places === null || places.kind === 'row';
  const numbers = added.map(([, number]) => (byRow && number !== null ? number : Number.NaN));
  return { kind: places?.kind ?? 'row', at: Float64Array.from([...own, ...numbers]) };
}

/** Adds a row to the sample's table for each shape that a scan has found and the sample lacks. */
export async function coverSample(
  engine: Pick<WasmEngine, 'query' | 'execute' | 'loadArrow'>,
  sample: Sample,
  cover: ShapeCover,
): Promise<Sample> {
  const shapes = new Map<string, ReadonlySet<string>>();
  const wanted = new Map<number, number | null>();
  for (const [at, name] of sample.columns.entries()) {
    const found = cover.columns.find((one) => one.name === name);
    if (!found || !isCovered(found)) continue;
    const own = await shapesIn(engine, sample.table, at);
    shapes.set(name, own);
    for (const { shape, example, first } of found.shapes)
      if (shape !== null && example !== null && !own.has(shape)) wanted.set(example, first);
  }
  if (wanted.size === 0) return { ...sample, shapes };
  await engine.loadArrow(EXAMPLES, cover.examples);
  const cells = sample.columns.map((name) => {
    const at = cover.columns.findIndex((one) => one.name === name);
    return at < 0 ? 'CAST(NULL AS VARCHAR)' : `c${at}`;
  });
  const examples = [...wanted.keys()].sort((a, b) => a - b);
  await engine.execute(
    `INSERT INTO ${quote.identifier(sample.table)} SELECT ${quote.integer(sample.rows)} + row_number() OVER (ORDER BY r), ${cells.join(', ')} ` +
      `FROM ${EXAMPLES} WHERE CAST(r AS INTEGER) - 1 IN (${examples.join(', ')}) ORDER BY r`,
  );
  await engine.execute(`DROP TABLE ${EXAMPLES}`);
  return {
    ...sample,
    rows: sample.rows + examples.length,
    added: sample.added + examples.length,
    shapes: sample.shapes ?? shapes,
    places: withPlaces(
      sample,
      cover,
      examples.map((example) => [example, wanted.get(example) ?? null]),
    ),
  };
}
