import { duckdb as quote } from '../../shared/compile/sql/quote';
import type { DuckdbType } from './duckdb-type';

const cast = (column: string) => `CAST(${column} AS VARCHAR)`;

/** The fewest digits, of six to nine, that mean a 32-bit float, spelled as a double is. DuckDB's own has more for some. */
function floatText(column: string): string {
  const wide = `CAST(${column} AS DOUBLE)`;
  const near = (digits: number) => `CAST(printf('%.${digits}g', ${wide}) AS DOUBLE)`;
  const means = (digits: number) =>
    `WHEN TRY_CAST(${near(digits)} AS FLOAT) = ${column} THEN ${near(digits)}`;
  const finite = `CASE ${[6, 7, 8].map(means).join(' ')} ELSE ${near(9)} END`;
  return cast(`CASE WHEN isfinite(${column}) THEN ${finite} ELSE ${wide} END`);
}

type Scalar = {
  readonly type: RegExp;
  readonly text: (column: string) => string;
  readonly json: 'text' | 'plain' | 'floating';
};

/**
 * How a value of a columnar file becomes text, the same wherever it is read: numbers exactly, floats and doubles by
 * their shortest digits, `true` and `false`, dates as `2024-02-29`, timestamps in UTC as `2024-02-29 12:00:00.5`. Within
 * lists and maps, `json` says how it stands in JSON: as a text, or as it is; floats that are no number as a text.
 */
const SCALARS: readonly Scalar[] = [
  { type: /^(?:VARCHAR|ENUM.*|DATE)$/, text: cast, json: 'text' },
  { type: /^(?:BOOLEAN|U?(?:TINY|SMALL|BIG)INT|U?INTEGER|DECIMAL.*)$/, text: cast, json: 'plain' },
  { type: /^DOUBLE$/, text: cast, json: 'floating' },
  { type: /^FLOAT$/, text: floatText, json: 'floating' },
  { type: /^TIMESTAMP(?:_S|_MS)?$/, text: (column) => cast(`CAST(${column} AS TIMESTAMP)`), json: 'text' },
  {
    type: /^TIMESTAMP WITH TIME ZONE$/,
    text: (column) => cast(`${column} AT TIME ZONE 'UTC'`),
    json: 'text',
  },
];

/** A type that engines write as text in different ways. */
export class UnknownType extends Error {
  constructor(readonly type: string) {
    super(`${type} has no text`);
  }
}

function scalarOf(type: DuckdbType): Scalar {
  const name = type.kind === 'scalar' ? type.name : type.kind.toUpperCase();
  const found = SCALARS.find((one) => one.type.test(name));
  if (!found) throw new UnknownType(name);
  return found;
}

const jsonString = (text: string) => `CAST(to_json(${text}) AS VARCHAR)`;
const joined = (list: string, item: string, one: string) =>
  `array_to_string(list_transform(${list}, lambda ${item}: ${one}), ',')`;

/** SQL of a value as JSON text, `null` where there is none. `depth` names what nested lists go through. */
function jsonOf(value: string, type: DuckdbType, depth = 0): string {
  const item = `x${depth}`;
  switch (type.kind) {
    case 'scalar': {
      const { text, json } = scalarOf(type);
      const written = text(value);
      const shown =
        json === 'text'
          ? jsonString(written)
          : json === 'plain'
            ? written
            : `CASE WHEN isfinite(${value}) THEN ${written} ELSE '"' || ${written} || '"' END`;
      return `coalesce(${shown}, 'null')`;
    }
    case 'list':
      return `coalesce('[' || ${joined(value, item, jsonOf(item, type.element, depth + 1))} || ']', 'null')`;
    case 'map': {
      const key = jsonString(scalarOf(type.key).text(`struct_extract(${item}, 'key')`));
      const one = `${key} || ':' || ${jsonOf(`struct_extract(${item}, 'value')`, type.value, depth + 1)}`;
      return `coalesce('{' || ${joined(`map_entries(${value})`, item, one)} || '}', 'null')`;
    }
    case 'struct': {
      const fields = type.fields.map(({ name, type: of }, i) => {
        const key = quote.text(`${i === 0 ? '{' : ','}${JSON.stringify(name)}:`);
        return `${key} || ${jsonOf(`struct_extract(${value}, ${quote.text(name)})`, of, depth)}`;
      });
      return `CASE WHEN ${value} IS NULL THEN 'null' ELSE ${fields.join(' || ')} || '}' END`;
    }
  }
}

/** A column of text that a column of a file becomes: named by its path, and SQL that reads it; `nested`: JSON of it. */
export type Leaf = { readonly path: string; readonly sql: string; readonly nested?: true };

/** The columns that a column becomes: fields of structs by path, lists and maps as JSON text. Throws UnknownType. */
export function leavesOf(path: string, value: string, type: DuckdbType): Leaf[] {
  switch (type.kind) {
    case 'scalar':
      return [{ path, sql: scalarOf(type).text(value) }];
    case 'struct':
      return type.fields.flatMap(({ name, type: of }) =>
        leavesOf(`${path}.${name}`, `struct_extract(${value}, ${quote.text(name)})`, of),
      );
    case 'list':
    case 'map':
      return [{ path, sql: `CASE WHEN ${value} IS NOT NULL THEN ${jsonOf(value, type)} END`, nested: true }];
  }
}
