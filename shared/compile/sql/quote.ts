import type { ValueType } from '../../expression/expression';

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
  /** A decimal from plain digits. Throws for anything else. */
  decimal(value: string): string;
  /** A date from its ISO form. Throws for anything else. */
  date(value: string): string;
  /** A timestamp from its microseconds since 1970, in digits. Throws for anything else. */
  timestamp(value: string): string;
  /** The NULL of a type. */
  nothing(type: ValueType): string;
};

/** How each type of value is kept. Timestamps are numbers, so that no engine's time zone touches them. */
export const DECIMAL = 'DECIMAL(29,9)';
const TYPES: Record<ValueType, string> = {
  text: 'STRING',
  boolean: 'BOOLEAN',
  integer: 'BIGINT',
  decimal: DECIMAL,
  date: 'DATE',
  timestamp: 'BIGINT',
};

function integer(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError('An SQL integer literal must be a safe integer.');
  return String(value);
}

function decimal(value: string): string {
  if (!/^-?[0-9]{1,20}(\.[0-9]{1,9})?$/.test(value))
    throw new RangeError('This is no decimal in plain digits.');
  return `CAST('${value}' AS ${DECIMAL})`;
}

function date(value: string): string {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value)) throw new RangeError('This is no date in ISO form.');
  return `CAST('${value}' AS DATE)`;
}

function timestamp(value: string): string {
  if (!/^-?[0-9]{1,18}$/.test(value)) throw new RangeError('These are no microseconds.');
  return `CAST(${value} AS BIGINT)`;
}

const nothing = (type: ValueType): string => `CAST(NULL AS ${TYPES[type]})`;

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
  decimal,
  date,
  timestamp,
  nothing,
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
  decimal,
  date,
  timestamp,
  nothing,
};
