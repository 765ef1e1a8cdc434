import { Unreadable } from '../faults';
import { base64, decimalText, floatText, numberText, textOf, uuidText } from '../text';
import { dateText, durationText, instantText, type TimeUnit, timeText } from '../times';
import type { Cursor } from './cursor';
import type { AvroType, Logical } from './schema';

/** How a value without parts is read as text. `bare`: its text is a JSON number or literal as it is. */
export type Scalar = { readonly bare: boolean; readonly read: (cursor: Cursor) => string | null };
type ScalarType = Exclude<AvroType, { kind: 'array' | 'map' | 'union' | 'record' }>;

const UNITS: readonly TimeUnit[] = ['millis', 'micros', 'nanos'];

/** Logical types of `long`: instants with and without a zone, and times of day. */
function ofLong(name: string): Scalar | null {
  for (const unit of UNITS) {
    if (name === `timestamp-${unit}`)
      return { bare: false, read: (cursor) => `${instantText(cursor.long(), unit)}Z` };
    if (name === `local-timestamp-${unit}`)
      return { bare: false, read: (cursor) => instantText(cursor.long(), unit) };
  }
  return name === 'time-micros' ? { bare: false, read: (cursor) => timeText(cursor.long(), 'micros') } : null;
}

function ofInt(name: string): Scalar | null {
  if (name === 'date') return { bare: false, read: (cursor) => dateText(cursor.int()) };
  if (name === 'time-millis') return { bare: false, read: (cursor) => timeText(cursor.int(), 'millis') };
  return null;
}

function ofFixed({ name, scale }: Logical, size: number): Scalar | null {
  if (name === 'decimal') return { bare: true, read: (cursor) => decimalText(cursor.take(size), scale) };
  if (name === 'uuid' && size === 16) return { bare: false, read: (cursor) => uuidText(cursor.take(16)) };
  if (name === 'duration' && size === 12)
    return { bare: false, read: (cursor) => durationText(cursor.take(12)) };
  return null;
}

function ofBytes({ name, scale }: Logical): Scalar | null {
  return name === 'decimal'
    ? { bare: true, read: (cursor) => decimalText(cursor.take(cursor.size()), scale) }
    : null;
}

function booleanText(cursor: Cursor): string {
  const byte = cursor.byte();
  if (byte > 1) throw new Unreadable('value');
  return byte === 1 ? 'true' : 'false';
}

/** The reader of a type without parts. */
export function scalarOf(type: ScalarType): Scalar {
  switch (type.kind) {
    case 'null':
      return { bare: true, read: () => null };
    case 'boolean':
      return { bare: true, read: booleanText };
    case 'int':
      return (
        (type.logical && ofInt(type.logical.name)) ?? {
          bare: true,
          read: (cursor) => String(cursor.int()),
        }
      );
    case 'long':
      return (
        (type.logical && ofLong(type.logical.name)) ?? {
          bare: true,
          read: (cursor) => String(cursor.long()),
        }
      );
    case 'float':
      return { bare: true, read: (cursor) => floatText(cursor.float()) };
    case 'double':
      return { bare: true, read: (cursor) => numberText(cursor.double()) };
    case 'string':
      return { bare: false, read: (cursor) => textOf(cursor.take(cursor.size())) };
    case 'bytes':
      return (
        (type.logical && ofBytes(type.logical)) ?? {
          bare: false,
          read: (cursor) => base64(cursor.take(cursor.size())),
        }
      );
    case 'fixed': {
      const { size, logical } = type;
      return (
        (logical && ofFixed(logical, size)) ?? { bare: false, read: (cursor) => base64(cursor.take(size)) }
      );
    }
    case 'enum': {
      const { symbols } = type;
      return {
        bare: false,
        read(cursor) {
          const symbol = symbols[cursor.int()];
          if (symbol === undefined) throw new Unreadable('value');
          return symbol;
        },
      };
    }
  }
}
