/**
 * The one place where text becomes SQL. Every identifier and literal of generated SQL passes through here.
 */
export type Quoting = {
  /** A quoted identifier. Throws for NUL, which no engine can name. */
  identifier(name: string): string;
  /** A text literal, or a typed NULL. */
  text(value: string | null): string;
  integer(value: number): string;
  boolean(value: boolean): string;
};

function integer(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError('An SQL integer literal must be a safe integer.');
  return String(value);
}

function withoutNul(name: string): string {
  if (name.includes('\0')) throw new RangeError('A name in SQL cannot hold the NUL character.');
  return name;
}

export const duckdb: Quoting = {
  identifier: (name) => `"${withoutNul(name).replaceAll('"', '""')}"`,
  // DuckDB's parser ends a statement at NUL, so it is spelled with chr().
  text: (value) =>
    value === null
      ? 'CAST(NULL AS VARCHAR)'
      : value.includes('\0')
        ? `concat(${value
            .split('\0')
            .map((part) => `'${part.replaceAll("'", "''")}'`)
            .join(', chr(0), ')})`
        : `'${value.replaceAll("'", "''")}'`,
  integer,
  boolean: (value) => (value ? 'TRUE' : 'FALSE'),
};

export const spark: Quoting = {
  identifier: (name) => `\`${withoutNul(name).replaceAll('`', '``')}\``,
  // Needs spark.sql.parser.escapedStringLiterals=false and spark.sql.variable.substitute=false.
  text: (value) =>
    value === null
      ? 'CAST(NULL AS STRING)'
      : `'${value.replace(/[\\'\u0000-\u001f\u007f]/g, (character) =>
          character === '\\' || character === "'"
            ? `\\${character}`
            : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
        )}'`,
  integer,
  boolean: (value) => (value ? 'TRUE' : 'FALSE'),
};
