import { insteadOf } from '../../shared/columns/near-names';
import { ended, issueWords } from '../../shared/document/issues';
import { formulaSchema } from '../../shared/formula/formula';
import { parseFormula } from '../../shared/formula/parse';
import { columnNodes } from '../../shared/formula/syntax';
import type { FieldCondition, FormField } from '../../shared/operations/operation';
import type { AnyOperation } from '../../shared/operations/registry';

export type Parameters = Readonly<Record<string, unknown>>;

/** What is wrong with a field: the message and, in a pattern, the offset from 0. */
export type FieldFault = { readonly message: string; readonly position: number | null };

/** A field's value, or the operation's default. */
export function parameterOf(operation: AnyOperation, parameters: Parameters, name: string): unknown {
  if (name in parameters) return parameters[name];
  const parsed = operation.parameters.safeParse(parameters);
  return parsed.success ? (parsed.data as Parameters)[name] : undefined;
}

const meets = (condition: FieldCondition, value: unknown): boolean =>
  (Array.isArray(value) ? value : [value]).some((one) =>
    'values' in condition ? condition.values.includes(String(one)) : condition.holds(String(one)),
  );

/** Whether a field is shown for these parameters. */
export const isShown = (operation: AnyOperation, parameters: Parameters, { when }: FormField): boolean =>
  when === undefined || meets(when, parameterOf(operation, parameters, when.name));

/**
 * Faults of the parameters by field; those that belong to no field come under ''.
 * @param columns those that are there for formulas to name; null where that is not known
 */
export function faultsOf(
  operation: AnyOperation,
  parameters: Parameters,
  columns: readonly string[] | null = null,
): ReadonlyMap<string, FieldFault[]> {
  const faults = new Map<string, FieldFault[]>();
  const result = operation.parameters.safeParse(parameters, { error: fieldWords });
  for (const issue of result.error?.issues ?? []) {
    const name = String(issue.path[0] ?? '');
    const field = operation.form.some((one) => one.name === name) ? name : '';
    const { position } = ('params' in issue && (issue.params as { position?: number })) || {};
    const list = faults.get(field) ?? [];
    list.push({ message: sentence(issue.message), position: position ?? null });
    faults.set(field, list);
  }
  if (columns === null) return faults;
  for (const field of operation.form) {
    if (field.control !== 'formula' || faults.has(field.name) || !isShown(operation, parameters, field))
      continue;
    const unknown = unknownColumn(parameters[field.name], columns);
    if (unknown) faults.set(field.name, [unknown]);
  }
  return faults;
}

/** In a form, what is missing has a field in which to put it. */
const fieldWords: typeof issueWords = (issue) =>
  issue.code === 'invalid_type' && issue.input === undefined ? 'fill this in' : issueWords(issue);

/** The first column that a formula names and that is not there. */
function unknownColumn(formula: unknown, columns: readonly string[]): FieldFault | null {
  if (typeof formula !== 'string' || !formulaSchema().safeParse(formula).success) return null;
  const unknown = columnNodes(parseFormula(formula)).find(({ name }) => !columns.includes(name));
  if (!unknown) return null;
  const instead = insteadOf(unknown.name, columns, 'columns');
  const message = `At character ${unknown.from + 1}: there is no column “${unknown.name}” here; ${instead}`;
  return { message: sentence(message), position: unknown.from };
}

const sentence = (words: string): string => ended(words.charAt(0).toUpperCase() + words.slice(1));

/**
 * The parameters with one changed. Values of fields that are no longer shown are left out, as the operation may
 * refuse them; `hidden` remembers them for when they are shown again.
 */
export function withValue(
  operation: AnyOperation,
  parameters: Parameters,
  name: string,
  value: unknown,
  hidden: Map<string, unknown>,
): Record<string, unknown> {
  const all: Record<string, unknown> = { ...Object.fromEntries(hidden), ...parameters, [name]: value };
  if (value === undefined) delete all[name];
  const next: Record<string, unknown> = {};
  for (const field of operation.form) {
    const shown =
      field.when === undefined ||
      meets(field.when, all[field.when.name] ?? parameterOf(operation, parameters, field.when.name));
    if (!(field.name in all)) continue;
    if (shown) next[field.name] = all[field.name];
    else hidden.set(field.name, all[field.name]);
  }
  return next;
}
