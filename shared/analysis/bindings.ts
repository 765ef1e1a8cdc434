import { Fault } from '../contract/errors';
import type { SourceRole } from '../document/project';
import type { Bindings, InputRole, TableBinding } from './analysis';

/** A table that is there to be analysed. */
export type AvailableTable = {
  readonly table: string;
  readonly role: SourceRole;
  readonly columns: readonly string[];
};

const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Proposes tables by their role and columns by their usual names; what is not found is left out. */
export function proposeBindings(
  inputs: readonly InputRole[],
  available: readonly AvailableTable[],
): Record<string, TableBinding> {
  const proposed: Record<string, TableBinding> = {};
  for (const input of inputs) {
    const found = available.find(({ role }) => role === input.role);
    if (!found) continue;
    const columns: Record<string, string> = {};
    for (const { id, names } of input.columns) {
      const usual = names.map(plain);
      const fits = usual.map((name) => found.columns.find((column) => plain(column) === name));
      const column = fits.find((one) => one !== undefined);
      if (column !== undefined) columns[id] = column;
    }
    proposed[input.id] = { table: found.table, columns };
  }
  return proposed;
}

/** Throws a Fault `analysis.input` for a table or column that an analysis needs and was not given. */
export function checkBindings(inputs: readonly InputRole[], bindings: Bindings): void {
  const known = new Set(inputs.map(({ id }) => id));
  for (const id of Object.keys(bindings))
    if (!known.has(id)) throw inputFault(`The analysis takes no table “${id}”.`);
  for (const input of inputs) {
    const binding = bindings[input.id];
    if (!binding) {
      if (!input.optional) throw inputFault(`The analysis needs a table for “${input.title}”.`);
      continue;
    }
    const roles = new Set(input.columns.map(({ id }) => id));
    for (const role of Object.keys(binding.columns))
      if (!roles.has(role)) throw inputFault(`“${input.title}” takes no column “${role}”.`);
    for (const { id, title, optional } of input.columns)
      if (!optional && !binding.columns[id])
        throw inputFault(`The analysis needs the column “${title}” of “${input.title}”.`);
  }
}

const inputFault = (message: string) =>
  new Fault({
    code: 'analysis.input',
    message,
    unaffected: 'Data and rules are as they were.',
    advice: 'Choose a table and its columns, then run the analysis again.',
  });
