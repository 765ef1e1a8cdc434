/**
 * SQL of DuckDB: whether a text is all ASCII, as it then has as many bytes as code points; null for null. Takes a
 * quarter of the time of a pattern.
 */
export const isAscii = (value: string): string => `(strlen(${value}) = length(${value}))`;
