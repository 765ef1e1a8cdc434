import { type Connection, connectionSchema } from '../../shared/connections/connection';
import type { SecretPart } from '../../shared/connections/parts';
import type { ConnectionForm, FormField, Values } from './forms/form';

/** Secrets as typed, by their part; empty ones are left as they were. */
export type Secrets = { readonly [part in SecretPart]?: string };

/** What a form comes to: a connection, or what is wrong with which field. */
export type Draft =
  | { readonly connection: Connection; readonly secrets: Secrets; readonly faults: null }
  | { readonly connection: null; readonly faults: Readonly<Record<string, string>> };

const EMPTY = 'Fill this in.';

const fieldsOf = (form: ConnectionForm, values: Values): readonly FormField[] =>
  form.sections(values).flatMap(({ fields }) => fields);

/** Checks a form's values by the connection's own schema. `known` are secrets that need not be typed. */
export function readDraft(
  form: ConnectionForm,
  values: Values,
  id: string,
  { secrets, known }: { secrets: Secrets; known: readonly SecretPart[] },
): Draft {
  const fields = fieldsOf(form, values);
  const faults: Record<string, string> = {};
  const given: { [part in SecretPart]?: string } = {};
  for (const field of fields) {
    if (!('part' in field)) continue;
    const typed = secrets[field.part] ?? '';
    if (typed !== '') given[field.part] = typed;
    else if (!known.includes(field.part)) faults[field.name] = EMPTY;
  }
  const result = connectionSchema.safeParse(form.read(values, id));
  if (result.success && Object.keys(faults).length === 0) {
    return { connection: result.data, secrets: given, faults: null };
  }
  for (const { path } of result.error?.issues ?? []) {
    const name = form.fieldOf(path);
    const wrong = fields.find((field) => field.name === name)?.wrong ?? 'This can’t be used.';
    faults[name] = (values[name] ?? '').trim() === '' ? EMPTY : wrong;
  }
  return { connection: null, faults };
}
