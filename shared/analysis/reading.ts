// Reading typed values out of text, strictly: what does not fit answers NULL and is counted by the analysis.

/** Decimal numbers with a point, up to 13 digits before it and 4 after, as DECIMAL(17, 4). */
export const readDecimal = (text: string): string =>
  `CASE WHEN regexp_full_match(${text}, '[+-]?[0-9]{1,13}(\\.[0-9]{1,4})?') THEN try_cast(${text} AS DECIMAL(17, 4)) END`;

const DAY = '[0-9]{4}-[0-9]{2}-[0-9]{2}';
const CLOCK = '([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,9})?)?';
const ZONE = '(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])';

/** The day, in UTC, of an ISO date or date and time; without a zone it is taken for UTC. */
export function readDay(text: string): string {
  // DuckDB ignores an offset when it casts text to TIMESTAMP, and refuses Z after minutes, so both are cut off here.
  const local = `try_cast(regexp_replace(${text}, '(Z|[+-][0-9]{2}:[0-9]{2})$', '') AS TIMESTAMP)`;
  const offset = `regexp_extract(${text}, '([+-][0-9]{2}):[0-9]{2}$', 1)`;
  const minutes = `regexp_extract(${text}, '[+-][0-9]{2}:([0-9]{2})$', 1)`;
  const shift =
    `CASE WHEN ${offset} = '' THEN 0 ELSE CAST(${offset} AS INTEGER) * 60 + ` +
    `CAST(${offset}[1] || ${minutes} AS INTEGER) END`;
  const day = `CAST(${local} - to_minutes(${shift}) AS DATE)`;
  const fits = `regexp_full_match(${text}, '${DAY}([T ]${CLOCK}${ZONE}?)?')`;
  return `CASE WHEN ${fits} AND ${text} >= '0001' THEN CASE WHEN length(${text}) = 10 THEN try_cast(${text} AS DATE) ELSE ${day} END END`;
}
