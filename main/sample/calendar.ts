/** Days are counted from 1 January 1970, UTC. */
export const dayOf = (year: number, month: number, day: number): number =>
  Date.UTC(year, month - 1, day) / 86_400_000;

const written = new Map<number, string>();

/** `2024-03-31` */
export function isoDay(day: number): string {
  let text = written.get(day);
  if (text === undefined) {
    text = new Date(day * 86_400_000).toISOString().slice(0, 10);
    written.set(day, text);
  }
  return text;
}

const two = (value: number) => (value < 10 ? `0${value}` : String(value));

/** `10:22:07` of a second of the day. */
const clock = (second: number): string =>
  `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;

/** `2024-03-31T10:22:07Z` */
export const isoTime = (day: number, second: number): string => `${isoDay(day)}T${clock(second)}Z`;

/** `31.03.2024` */
export function dottedDay(day: number): string {
  const [year, month, date] = isoDay(day).split('-');
  return `${date}.${month}.${year}`;
}

/** `03/31/2024` */
export function slashedDay(day: number): string {
  const [year, month, date] = isoDay(day).split('-');
  return `${month}/${date}/${year}`;
}

/** `31.03.2024 10:22` */
export const dottedTime = (day: number, second: number): string =>
  `${dottedDay(day)} ${clock(second).slice(0, 5)}`;
