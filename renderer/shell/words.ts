import { count } from '../../shared/words';

export { count, plural } from '../../shared/words';

const short = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 });
const exactTime = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const relative = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' });

/** `8100000` as `8.1 M`; below a million in full. */
export function roughCount(n: number): string {
  if (Math.abs(n) < 1_000_000) return count(n);
  return short
    .format(n)
    .replace(/([a-z]+)$/i, ' $1')
    .replace('m', 'M')
    .replace('bn', 'G');
}

const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Bytes in the unit a person would say, powers of 1,000. */
export function size(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  if (unit === 0) return bytes === 1 ? '1 byte' : `${count(bytes)} bytes`;
  return `${value < 9.95 ? value.toFixed(1) : count(Math.round(value))} ${units[unit]}`;
}

const spans = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** An ISO time as `3 hours ago`; `exact` is for the hover. */
export function since(iso: string, now = Date.now()): { words: string; exact: string } {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return { words: 'at an unknown time', exact: iso };
  const seconds = (time - now) / 1000;
  const span = spans.find(([, length]) => Math.abs(seconds) >= length);
  const words = span ? relative.format(Math.round(seconds / span[1]), span[0]) : 'just now';
  return { words, exact: exactTime.format(time) };
}

/** Seconds as `40 ms`, `0.4 s`, `12 s`, `3 min 20 s`. */
export function duration(seconds: number): string {
  if (seconds < 0.095) return `${Math.max(1, Math.round(seconds * 1000))} ms`;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** `12.4 %`; a share that is not zero never reads as zero. */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return '<0.1 %';
  if (share < 1 && share > 0.999) return '>99.9 %';
  return `${(share * 100).toFixed(share === 0 || share === 1 ? 0 : 1)} %`;
}
