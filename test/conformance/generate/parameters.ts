import fc from 'fast-check';
import type { FormField, OperationExample } from '../../../shared/operations/operation';
import type { AnyOperation } from '../../../shared/operations/registry';
import { HOSTILE } from '../hostile';

/** What is read of a zod schema's own description. */
type Schema = { readonly _zod: { readonly def: Definition } };
type Check = {
  readonly check: string;
  readonly value?: number;
  readonly inclusive?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly format?: string;
};
type Definition = {
  readonly type: string;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly element?: Schema;
  readonly innerType?: Schema;
  readonly in?: Schema;
  readonly keyType?: Schema;
  readonly valueType?: Schema;
  readonly options?: readonly Schema[];
  readonly items?: readonly Schema[];
  readonly values?: readonly unknown[];
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly getter?: () => Schema;
  readonly checks?: readonly { readonly _zod: { readonly def: Check } }[];
  readonly check?: string;
  readonly format?: string;
};
/** Values that examples give, by parameter name at any depth, and the names of parameters that name columns. */
type Known = {
  readonly given: ReadonlyMap<string, readonly unknown[]>;
  readonly columns: ReadonlySet<string>;
};
type Drawn = Readonly<Record<string, unknown>>;

const DEEPEST = 4;
const PATTERNS = [
  '\\s+',
  '[a-z]+',
  '[^\\w]+',
  '\\d{2,}',
  '^\\S+$',
  'a|b|é',
  '(a+)(b*)c?',
  '[ß-ÿ]',
  '^.{0,5}$',
];
const WORDS = ['a', 'B', 'ann', '-', '0', '1', 'x y', 'É', '😀', '2024-01-02', 'US', ...HOSTILE.slice(0, 6)];

function checksOf(definition: Definition): readonly Check[] {
  const own = definition.check === undefined ? [] : [definition as unknown as Check];
  return [...own, ...(definition.checks ?? []).map((one) => one._zod.def)];
}

function limits(checks: readonly Check[], least: number, most: number): { min: number; max: number } {
  const found = { min: least, max: most };
  for (const one of checks) {
    const by = one.inclusive === false ? 1 : 0;
    if (one.check === 'greater_than') found.min = Math.max(found.min, (one.value ?? 0) + by);
    if (one.check === 'less_than') found.max = Math.min(found.max, (one.value ?? 0) - by);
    if (one.check === 'min_length') found.min = Math.max(found.min, one.minimum ?? 0);
    if (one.check === 'max_length') found.max = Math.min(found.max, one.maximum ?? 0);
    if (one.check === 'length_equals') return { min: one.minimum ?? 0, max: one.minimum ?? 0 };
  }
  return { min: found.min, max: Math.max(found.min, found.max) };
}

const isColumnName = (key: string, known: Known) => known.columns.has(key) || /column$/i.test(key);

function anyText(key: string, known: Known): fc.Arbitrary<unknown> {
  const given = (known.given.get(key) ?? []).filter((one) => typeof one === 'string');
  // Engines know the examples' keys only.
  if (key === 'keyRef') return fc.constantFrom(...given);
  const free = isColumnName(key, known)
    ? [...new Set([...given, 'name', 'value'])]
    : [...given, ...WORDS, ...PATTERNS];
  return fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...(given.length > 0 ? given : free)) },
    fc.constantFrom(...free),
  );
}

function anyNumber(definition: Definition): fc.Arbitrary<unknown> {
  const checks = checksOf(definition);
  const whole = checks.some((one) => one.check === 'number_format' && one.format !== 'float64');
  const { min, max } = limits(checks, -5, 40);
  const integers = fc.integer({ min: Math.ceil(min), max: Math.floor(max) });
  return whole
    ? integers
    : fc.oneof(
        integers,
        fc.integer({ min: min * 100, max: max * 100 }).map((one) => one / 100),
      );
}

function anyObject(
  shape: Readonly<Record<string, Schema>>,
  known: Known,
  depth: number,
): fc.Arbitrary<Drawn> {
  const fields = Object.fromEntries(
    Object.entries(shape).map(([key, inner]) => [key, anyOf(inner, key, known, depth + 1)]),
  );
  const requiredKeys = Object.entries(shape)
    .filter(([, { _zod }]) => !['optional', 'default', 'prefault'].includes(_zod.def.type))
    .map(([key]) => key);
  return fc.record(fields, { requiredKeys }) as fc.Arbitrary<Drawn>;
}

/** Values of a schema under a parameter's name; not all are valid, as refinements are not read. */
function anyOf(schema: Schema, key: string, known: Known, depth: number): fc.Arbitrary<unknown> {
  const { def } = schema._zod;
  const inner = (one: Schema | undefined) => {
    if (!one) throw new TypeError(`The schema of ${key} lacks its inner one.`);
    return anyOf(one, key, known, depth);
  };
  const given = known.given.get(key) ?? [];
  if (depth > DEEPEST) return given.length > 0 ? fc.constantFrom(...given) : fc.constant(null);
  switch (def.type) {
    case 'object':
      return anyObject(def.shape ?? {}, known, depth);
    case 'union':
      return fc.oneof(...(def.options ?? []).map(inner));
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries ?? {}));
    case 'literal':
      return fc.constantFrom(...(def.values ?? []));
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'number':
    case 'int':
      return anyNumber(def);
    case 'string':
      return anyText(key, known);
    case 'array': {
      const { min, max } = limits(checksOf(def), 0, 3);
      return fc.array(inner(def.element), { minLength: min, maxLength: Math.max(min, Math.min(max, 3)) });
    }
    case 'tuple':
      return fc.tuple(...(def.items ?? []).map(inner));
    case 'record':
      return fc.dictionary(inner(def.keyType) as fc.Arbitrary<string>, inner(def.valueType), { maxKeys: 3 });
    case 'nullable':
      return fc.option(inner(def.innerType));
    case 'optional':
    case 'default':
    case 'prefault':
    case 'readonly':
    case 'nonoptional':
      return inner(def.innerType);
    case 'pipe':
      return inner(def.in);
    case 'lazy':
      return inner(def.getter?.());
    default:
      throw new TypeError(`Generated rule sets know no schema of the type ${def.type} (${key}).`);
  }
}

function collect(value: unknown, key: string, found: Map<string, unknown[]>): void {
  found.set(key, [...(found.get(key) ?? []), value]);
  if (Array.isArray(value)) for (const one of value) collect(one, key, found);
  else if (typeof value === 'object' && value !== null)
    for (const [name, one] of Object.entries(value)) collect(one, name, found);
}

/** Names of the parameters, at any depth, that name columns. */
export function columnParameters(form: readonly FormField[]): Set<string> {
  const found = new Set(['column']);
  for (const field of form) {
    if (['column', 'columns', 'arrangement'].includes(field.control)) found.add(field.name);
    if (field.control === 'survivorship') found.add('by');
    if (field.control === 'blocks') found.add('columns');
    if (field.control !== 'entries') continue;
    for (const one of field.fields) if (one.control === 'column') found.add(one.name);
  }
  return found;
}

export type DrawnStep = {
  readonly example: OperationExample;
  /** Parameters to try instead of the example's, the first valid ones count. */
  readonly tries: readonly Drawn[];
};

/**
 * A step of an operation from its examples and its schema: an example as it is, with some parameters drawn anew, or
 * with all of them.
 */
export function drawnStep(operation: AnyOperation): fc.Arbitrary<DrawnStep> {
  const given = new Map<string, unknown[]>();
  for (const { parameters } of operation.examples) collect(parameters, '', given);
  const known = { given, columns: columnParameters(operation.form) };
  const whole = anyOf(operation.parameters as unknown as Schema, '', known, 0) as fc.Arbitrary<Drawn>;
  return fc.constantFrom(...operation.examples).chain((example) => {
    const some = fc
      .tuple(whole, fc.array(fc.nat(30), { minLength: 1, maxLength: 2 }))
      .map(([drawn, picks]): Drawn => {
        const keys = Object.keys(drawn);
        const picked = picks.flatMap((pick) => keys[pick % Math.max(1, keys.length)] ?? []);
        return { ...example.parameters, ...Object.fromEntries(picked.map((key) => [key, drawn[key]])) };
      });
    const tries = fc.oneof(
      { weight: 2, arbitrary: fc.constant<Drawn[]>([]) },
      { weight: 3, arbitrary: fc.array(some, { minLength: 1, maxLength: 3 }) },
      { weight: 2, arbitrary: fc.array(whole, { minLength: 1, maxLength: 3 }) },
    );
    return tries.map((one) => ({ example, tries: one }));
  });
}
