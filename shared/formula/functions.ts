import { choices } from './functions/choices';
import { dates } from './functions/dates';
import type { FormulaFunction } from './functions/function';
import { numbers } from './functions/numbers';
import { texts } from './functions/texts';

/** Every function, in the order of the documentation. */
export const FORMULA_FUNCTIONS: readonly FormulaFunction[] = [...texts, ...choices, ...numbers, ...dates];

const byName = new Map(FORMULA_FUNCTIONS.map((one) => [one.name.toLowerCase(), one]));
/** The function with a name, in any letter case. */
export const findFunction = (name: string): FormulaFunction | undefined => byName.get(name.toLowerCase());

/** “left(text, characters)”. */
export const signatureOf = ({ name, takes, repeats }: FormulaFunction): string =>
  `${name}(${takes.map((one) => one.name).join(', ')}${repeats ? ', …' : ''})`;
