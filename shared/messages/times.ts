import { Unreadable } from './faults';

const DAY_MS = 86_400_000;
/** Milliseconds from 1970 to the start of the year 1 and of the year 10000. */
const FIRST = -62_135_596_800_000;
const END = 253_402_300_800_000;

const iso = (ms: number): string => {
  if (ms < FIRST || ms >= END) throw new Unreadable('time');
  return new Date(ms).toISOString();
};

/** `yyyy-MM-dd` of days since 1970, in the Gregorian calendar throughout. */
export const dateText = (days: number): string => iso(days * DAY_MS).slice(0, 10);

/** Digits after the seconds, and how many units a second has. */
const UNITS = { millis: 3, micros: 6, nanos: 9 } as const;
export type TimeUnit = keyof typeof UNITS;

function split(value: number | bigint, unit: TimeUnit): { ms: number; fraction: string } {
  const digits = UNITS[unit];
  const perSecond = 10n ** BigInt(digits);
  const whole = BigInt(value);
  const rest = ((whole % perSecond) + perSecond) % perSecond;
  return { ms: Number((whole - rest) / perSecond) * 1000, fraction: String(rest).padStart(digits, '0') };
}

/** `yyyy-MM-ddTHH:mm:ss.SSS` (as many decimals as the unit has) of a count of units since 1970. */
export function instantText(value: number | bigint, unit: TimeUnit): string {
  if (unit === 'millis' && typeof value === 'number') return iso(value).slice(0, -1);
  const { ms, fraction } = split(value, unit);
  return `${iso(ms).slice(0, 19)}.${fraction}`;
}

/** `HH:mm:ss.SSS` (as many decimals as the unit has) of a count of units since midnight. */
export function timeText(value: number | bigint, unit: TimeUnit): string {
  const { ms, fraction } = split(value, unit);
  if (ms < 0 || ms >= DAY_MS) throw new Unreadable('value');
  return `${iso(ms).slice(11, 19)}.${fraction}`;
}

/** An Avro duration: three numbers of 32 bits, the lowest byte first. */
export function durationText(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [months, days, ms] = [0, 4, 8].map((at) => view.getUint32(at, true));
  const seconds = Math.floor((ms ?? 0) / 1000);
  return `P${months}M${days}DT${seconds}.${String((ms ?? 0) % 1000).padStart(3, '0')}S`;
}
