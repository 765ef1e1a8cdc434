import { Fault, isFault } from '../contract/errors';
import type { Edit, StepChange } from '../document/edit';
import { applyEdit } from '../document/edit';
import type { RuleSet, Step } from '../document/rule-set';
import { renameInFormula } from '../formula/rename';
import { type AnyOperation, findOperation } from '../operations/registry';
import { type ColumnEffects, columnEffects } from './effects';
import { addedColumns, type MissingColumn, missingColumns, neededColumns } from './missing';

export type Mapping = Readonly<Record<string, string>>;

/** What is to become of missing columns: another one stands for it, or steps go on without it or are switched off. */
export type Choice = {
  readonly mapping: Mapping;
  /** Columns that are left out of the steps which have other targets. */
  readonly without?: readonly string[];
  /** Ids of steps to switch off. */
  readonly skip?: readonly string[];
};

const renamed = (mapping: Mapping, name: string): string =>
  Object.hasOwn(mapping, name) ? (mapping[name] as string) : name;

/** What the parameters read, or null where they are not valid. */
function readBy(operation: AnyOperation, parameters: unknown): string | null {
  const parsed = operation.parameters.safeParse(parameters);
  return parsed.success ? JSON.stringify([...operation.reads(parsed.data as never)].sort()) : null;
}

/** What a step does to columns where these are there, and those that it needs; null where it is not valid. */
function effectsOf(step: Step, there: readonly string[]): ColumnEffects | null {
  const operation = findOperation(step.operation);
  const parsed = operation?.parameters.safeParse(step.parameters);
  if (!operation || !parsed?.success) return null;
  const needed = neededColumns(operation, parsed.data as never, step.columns);
  try {
    // Some other column, as a step may not drop all.
    return columnEffects(step, [...new Set([...there, ...needed, '\ue001'])]);
  } catch (error) {
    if (!isFault(error)) throw error;
    return null;
  }
}

/** Every place in a value that holds a text which the mapping knows. */
function placesOf(
  value: unknown,
  mapping: Mapping,
  path: readonly (string | number)[] = [],
): (string | number)[][] {
  if (typeof value === 'string') return Object.hasOwn(mapping, value) ? [[...path]] : [];
  if (typeof value !== 'object' || value === null) return [];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, inner]) => placesOf(inner, mapping, [...path, key]));
}

function changedAt(
  value: unknown,
  path: readonly (string | number)[],
  change: (text: string) => string,
): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return change(value as string);
  if (Array.isArray(value)) return value.with(key as number, changedAt(value[key as number], rest, change));
  const record = value as Record<string, unknown>;
  return { ...record, [key]: changedAt(record[key], rest, change) };
}

/**
 * The parameters with columns renamed. A text is a column's name where putting another in its place changes what
 * the step reads, writes or adds: a value that happens to be spelled like a column stays.
 */
function renamedParameters(operation: AnyOperation, step: Step, mapping: Mapping): Record<string, unknown> {
  const { parameters } = step;
  const formulas = operation.form.flatMap(({ name, control }) =>
    control === 'formula' && typeof parameters[name] === 'string'
      ? [[name, renameInFormula(parameters[name], mapping)]]
      : [],
  );
  let current: Record<string, unknown> = { ...parameters, ...Object.fromEntries(formulas) };
  const madeBy = (changed: Record<string, unknown>) => {
    const effects = effectsOf({ ...step, parameters: changed }, Object.keys(mapping));
    return effects && JSON.stringify({ ...effects, reads: [] });
  };
  const [read, made] = [readBy(operation, parameters), madeBy(parameters)];
  const differs = (probed: string | null, before: string | null) => probed !== null && probed !== before;
  for (const path of placesOf(parameters, mapping)) {
    // A name that nothing else has, so that a place counts even where the new name is read elsewhere too.
    const probe = changedAt(parameters, path, (name) => `${name}\ue000`) as Record<string, unknown>;
    if (!differs(readBy(operation, probe), read) && !differs(madeBy(probe), made)) continue;
    current = changedAt(current, path, (name) => renamed(mapping, name)) as Record<string, unknown>;
  }
  return current;
}

function changeOf(step: Step, mapping: Mapping, without: ReadonlySet<string>): StepChange | null {
  const operation = findOperation(step.operation);
  if (!operation) return null;
  const present = step.columns.filter((name) => !without.has(name));
  // Without any target left there is nothing to do: such a step is for switching off.
  const enough = present.length >= Math.max(1, operation.targets.least);
  const columns = (enough ? present : step.columns).map((name) => renamed(mapping, name));
  const parameters = renamedParameters(operation, step, mapping);
  const examples = step.examples.map((one) =>
    one.row === undefined
      ? one
      : {
          ...one,
          row: Object.fromEntries(
            Object.entries(one.row).map(([name, cell]) => [renamed(mapping, name), cell]),
          ),
        },
  );
  const before = JSON.stringify([step.columns, step.parameters, step.examples]);
  return JSON.stringify([columns, parameters, examples]) === before
    ? null
    : { columns, parameters, examples };
}

/** The edit, and the columns that steps would still lack after it. */
function mapped(
  ruleSet: RuleSet,
  input: readonly string[],
  { mapping, without = [], skip = [] }: Choice,
): { edit: Edit; left: readonly MissingColumn[] } {
  const gone = new Set(without);
  // A column that a step makes may be named after the one it comes from: later steps follow it.
  let current: Record<string, string> = { ...mapping };
  const changes: { id: string; change: StepChange }[] = [];
  for (const step of ruleSet.steps) {
    const change = skip.includes(step.id) ? { enabled: false } : changeOf(step, current, gone);
    if (change) changes.push({ id: step.id, change });
    if (!step.enabled || change?.enabled === false) continue;
    const there = Object.keys(current);
    const now = there.map((name) => renamed(current, name));
    const [before, after] = [addedColumns(step, there), addedColumns({ ...step, ...change }, now)];
    const { renames = [], drops = [], adds = [] } = effectsOf(step, there) ?? {};
    current = { ...current };
    // What has gone is no longer meant by its name; what is written over still is.
    for (const name of [...renames.map(([from]) => from), ...drops])
      if (!adds.includes(name)) delete current[name];
    for (const [i, name] of before.entries()) {
      const made = after[i];
      gone.delete(name);
      // From here on the name means what the step made.
      if (made === undefined || made === name) delete current[name];
      else current[name] = made;
    }
  }
  const columns = ruleSet.columns
    .map((one) => ({ ...one, name: renamed(mapping, one.name) }))
    .filter(({ name }) => input.includes(name));
  const edit: Edit = { kind: 'map-columns', mapping: { ...mapping }, changes, columns };
  return { edit, left: missingColumns(applyEdit(ruleSet, edit).ruleSet, input) };
}

/**
 * Ids of the steps to switch off so that nothing is missing, in order: those that can't do without a column that has
 * no mapping, and those that need a column which only such a step makes.
 */
export function stepsToSkip(
  ruleSet: RuleSet,
  input: readonly string[],
  choice: Omit<Choice, 'skip'>,
): readonly string[] {
  const skip = new Set<string>();
  for (;;) {
    const { left } = mapped(ruleSet, input, { ...choice, skip: [...skip] });
    const more = left.flatMap(({ steps }) => steps).filter((id) => !skip.has(id));
    if (more.length === 0) break;
    for (const id of more) skip.add(id);
  }
  return ruleSet.steps.filter(({ id }) => skip.has(id)).map(({ id }) => id);
}

/**
 * One edit that points the steps at other columns, leaves columns out of steps that have others, and switches off
 * those that are to be skipped. Throws a Fault `columns.missing` where steps would still lack a column: nothing is
 * applied half.
 * @param input the input's columns
 */
export function mapColumnsEdit(ruleSet: RuleSet, input: readonly string[], choice: Choice): Edit {
  const { edit, left } = mapped(ruleSet, input, choice);
  if (left.length === 0) return edit;
  throw new Fault({
    code: 'columns.missing',
    message: `Steps would still lack ${left.map(({ column }) => `“${column}”`).join(', ')}.`,
    details: { columns: left.map(({ column }) => column) },
    unaffected: 'The rules are as they were.',
    advice: 'Choose a column for each, or skip the steps that need it.',
  });
}
