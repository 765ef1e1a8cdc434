import { isFault } from '../contract/errors';
import { parseFormula } from './parse';
import { columnNodes, type Formula } from './syntax';

/** A formula that names other columns, otherwise as it was written. One that can't be read stays as it is. */
export function renameInFormula(source: string, mapping: Readonly<Record<string, string>>): string {
  let formula: Formula;
  try {
    formula = parseFormula(source);
  } catch (error) {
    if (isFault(error, 'formula.invalid')) return source;
    throw error;
  }
  return columnNodes(formula).reduceRight((text, { name, from, to }) => {
    const other = Object.hasOwn(mapping, name) ? mapping[name] : undefined;
    return other === undefined
      ? text
      : `${text.slice(0, from)}[${other.replaceAll(']', ']]')}]${text.slice(to)}`;
  }, source);
}
