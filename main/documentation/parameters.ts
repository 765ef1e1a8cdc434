import { z } from 'zod';
import type { AnyOperation } from '../../shared/operations/registry';

/** JSON Schema, as far as zod writes it for parameters. */
type Schema = {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxLength?: number;
};

/** A parameter as the reference tells it. */
export type ParameterRow = {
  readonly name: string;
  readonly type: string;
  /** JSON of the default; null where there is none. */
  readonly fallback: string | null;
  readonly required: boolean;
  /** Values of the parameter that chooses a variant, where not every variant has this parameter. */
  readonly only: readonly string[];
};

const MANY_VALUES = 20;
/** Zod states these bounds for integers without any. */
const isBound = (bound: number | undefined): bound is number =>
  bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;

type Unit = { readonly one: string; readonly many: string };
const NO_UNIT: Unit = { one: '', many: '' };
const CHARACTERS: Unit = { one: ' character', many: ' characters' };
const ENTRIES: Unit = { one: ' entry', many: ' entries' };

function range(least: number | undefined, most: number | undefined, unit: Unit): string {
  const [low, high] = [isBound(least) ? least : undefined, isBound(most) ? most : undefined];
  if (low === undefined && high === undefined) return '';
  const counted = (count: number | undefined) => `${count}${count === 1 ? unit.one : unit.many}`;
  if (low === undefined) return `, at most ${counted(high)}`;
  return high === undefined ? `, at least ${counted(low)}` : `, ${low} to ${counted(high)}`;
}

const listed = (values: readonly unknown[]): string =>
  values.length > MANY_VALUES
    ? `one of ${values.length} values, such as ${values
        .slice(0, 3)
        .map((one) => JSON.stringify(one))
        .join(', ')}`
    : values.map((one) => JSON.stringify(one)).join(', ');

/** A type in words. */
function typeWords(schema: Schema): string {
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) return [...new Set(variants.map(typeWords))].join(' or ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return listed(schema.enum);
  switch (schema.type) {
    case 'string':
      return `text${range(undefined, schema.maxLength, CHARACTERS)}`;
    case 'integer':
      return `whole number${range(schema.minimum, schema.maximum, NO_UNIT)}`;
    case 'number':
      return `number${range(schema.minimum, schema.maximum, NO_UNIT)}`;
    case 'array':
      return `list of (${typeWords(schema.items ?? {})})${range(schema.minItems, schema.maxItems, ENTRIES)}`;
    case 'object': {
      const fields = Object.entries(schema.properties ?? {}).map(
        ([name, one]) => `${name}${schema.required?.includes(name) ? '' : '?'}: ${typeWords(one)}`,
      );
      return `{${fields.join('; ')}}`;
    }
    case 'null':
      return 'null';
    default:
      return schema.type ?? 'any value';
  }
}

/** An operation's parameters, in the order of its schema. */
export function parameterRows({ parameters }: AnyOperation): readonly ParameterRow[] {
  const schema = z.toJSONSchema(parameters, { unrepresentable: 'any', io: 'input' }) as Schema;
  const variants = schema.oneOf ?? schema.anyOf ?? [schema];
  const rows = new Map<string, ParameterRow & { readonly seen: number }>();
  for (const variant of variants) {
    const chosen = Object.values(variant.properties ?? {}).find((one) => one.const !== undefined)?.const;
    for (const [name, one] of Object.entries(variant.properties ?? {})) {
      const known = rows.get(name);
      const type = typeWords(one);
      rows.set(name, {
        name,
        type:
          known && !known.type.split(', ').includes(type) && known.type !== type
            ? `${known.type}, ${type}`
            : type,
        fallback: one.default === undefined ? (known?.fallback ?? null) : JSON.stringify(one.default),
        required: variant.required?.includes(name) ?? false,
        only: [...(known?.only ?? []), ...(chosen === undefined ? [] : [String(chosen)])],
        seen: (known?.seen ?? 0) + 1,
      });
    }
  }
  return [...rows.values()].map(({ seen, ...row }) =>
    seen === variants.length ? { ...row, only: [] } : row,
  );
}
