/**
 * SQL of DuckDB: whether a text is all ASCII, as it then has as many bytes as code points; null for null. Takes a
 * quarter of the time of a pattern.
 */
export const isAscii = (value: string): string => `(strlen(${value}) = length(${value}))`;

/** SQL of Spark: whether a text is not all ASCII; null for null. A pattern would need the text as a string of Java. */
export const sparkBeyondAscii = (value: string): string => `octet_length(${value}) <> length(${value})`;
