import { Unreadable } from '../faults';

export const PRIMITIVES = ['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'] as const;
export type Primitive = (typeof PRIMITIVES)[number];

/** A logical type as its schema states it; what it means is decided where the bytes are read. */
export type Logical = { readonly name: string; readonly scale: number };

export type AvroType =
  | { readonly kind: Primitive; readonly logical: Logical | null }
  | { readonly kind: 'fixed'; readonly size: number; readonly logical: Logical | null }
  | { readonly kind: 'enum'; readonly symbols: readonly string[] }
  | { readonly kind: 'array'; readonly items: AvroType }
  | { readonly kind: 'map'; readonly values: AvroType }
  | { readonly kind: 'union'; readonly branches: readonly AvroType[] }
  | AvroRecord;
export type AvroRecord = {
  readonly kind: 'record';
  /** Filled after the record is known by its name, as it may hold itself. */
  readonly fields: { readonly name: string; readonly type: AvroType }[];
};

type Json = { readonly [key: string]: unknown };

const fail = (): never => {
  throw new Unreadable('schema');
};
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isPrimitive = (name: string): name is Primitive => PRIMITIVES.some((one) => one === name);
const textAt = (schema: Json, key: string): string => {
  const value = schema[key];
  return typeof value === 'string' ? value : fail();
};
const listAt = (schema: Json, key: string): readonly unknown[] => {
  const value = schema[key];
  return Array.isArray(value) ? value : fail();
};
const countAt = (schema: Json, key: string): number => {
  const value = schema[key] ?? 0;
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : fail();
};

function logicalOf(schema: Json): Logical | null {
  const name = schema.logicalType;
  // A logical type that is not stated as it should be is none: the underlying type is read.
  if (typeof name !== 'string') return null;
  const scale = schema.scale ?? 0;
  return { name, scale: typeof scale === 'number' && Number.isInteger(scale) && scale >= 0 ? scale : 0 };
}

class Parser {
  private readonly named = new Map<string, AvroType>();

  parse(schema: unknown, space: string): AvroType {
    if (typeof schema === 'string') return this.byName(schema, space);
    if (Array.isArray(schema))
      return { kind: 'union', branches: schema.map((branch) => this.parse(branch, space)) };
    if (!isObject(schema)) return fail();
    const { type } = schema;
    // `{"type": {"type": "string"}}` and `{"type": ["null", "string"]}` are what stands within.
    if (typeof type !== 'string') return type === undefined ? fail() : this.parse(type, space);
    if (isPrimitive(type)) return { kind: type, logical: logicalOf(schema) };
    switch (type) {
      case 'array':
        return { kind: 'array', items: this.parse(schema.items, space) };
      case 'map':
        return { kind: 'map', values: this.parse(schema.values, space) };
      case 'fixed': {
        const fixed: AvroType = { kind: 'fixed', size: countAt(schema, 'size'), logical: logicalOf(schema) };
        return this.define(schema, space, fixed).type;
      }
      case 'enum': {
        const symbols = listAt(schema, 'symbols').map((one) => (typeof one === 'string' ? one : fail()));
        return this.define(schema, space, { kind: 'enum', symbols }).type;
      }
      case 'record':
      case 'error':
        return this.record(schema, space);
      default:
        return this.byName(type, space);
    }
  }

  private record(schema: Json, space: string): AvroType {
    const record: AvroRecord = { kind: 'record', fields: [] };
    const own = this.define(schema, space, record).space;
    for (const field of listAt(schema, 'fields')) {
      if (!isObject(field)) return fail();
      const type = this.parse(field.type, own);
      record.fields.push({ name: textAt(field, 'name'), type });
    }
    return record;
  }

  private define<T extends AvroType>(schema: Json, space: string, type: T): { type: T; space: string } {
    const name = textAt(schema, 'name');
    const stated = typeof schema.namespace === 'string' ? schema.namespace : space;
    const full = name.includes('.') || stated === '' ? name : `${stated}.${name}`;
    this.named.set(full, type);
    return { type, space: full.includes('.') ? full.slice(0, full.lastIndexOf('.')) : '' };
  }

  private byName(name: string, space: string): AvroType {
    if (isPrimitive(name)) return { kind: name, logical: null };
    const full = name.includes('.') || space === '' ? name : `${space}.${name}`;
    return this.named.get(full) ?? this.named.get(name) ?? fail();
  }
}

/**
 * The type of an Avro schema.
 * @param schema its JSON text; @param references JSON texts of schemas it names, each after those that it names
 * @throws Unreadable `schema`
 */
export function parseAvroSchema(schema: string, references: readonly string[] = []): AvroType {
  const parser = new Parser();
  try {
    for (const reference of references) parser.parse(JSON.parse(reference), '');
    return parser.parse(JSON.parse(schema), '');
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable('schema');
  }
}
