import type { Call, Expression } from '../expression/expression';
import type { PrimitiveId } from '../expression/primitives';
import type { Action } from './plan';

/** What holds no white space, whatever it is made from. */
const BARE: ReadonlySet<PrimitiveId> = new Set(['dateText', 'decimalText', 'integerText']);
/** What leaves the sides of a text as they are: each character becomes one that is white space only where it was. */
const KEEPING: ReadonlySet<PrimitiveId> = new Set(['asciiDigits', 'lower', 'upper']);

const isTrim = ({ primitive, constants }: Call) =>
  primitive === 'trimWhiteSpace' && constants.sides === 'both';

/**
 * The actions without trimming what has no white space at its sides: most operations trim what they read, and most
 * rule sets have trimmed it before.
 */
export function withoutTrimmingTwice(actions: readonly Action[]): Action[] {
  const trimmed = new Set<string>();
  const isTrimmed = (value: Expression): boolean => {
    if (value.kind === 'column') return trimmed.has(value.id);
    if (value.kind === 'literal') return value.value === null;
    const { primitive, operands } = value;
    if (isTrim(value) || BARE.has(primitive)) return true;
    if (KEEPING.has(primitive) || primitive === 'firstPresent') return operands.every(isTrimmed);
    return primitive === 'choose' && operands.slice(1).every(isTrimmed);
  };
  const simplified = (value: Expression): Expression => {
    if (value.kind !== 'call') return value;
    const operands = value.operands.map(simplified);
    const [only] = operands;
    return only && isTrim(value) && isTrimmed(only) ? only : { ...value, operands };
  };
  return actions.map((action) => {
    if (action.kind === 'leave') return { ...action, when: simplified(action.when) };
    if (action.kind === 'join') return { ...action, inputs: action.inputs.map(simplified) };
    if (action.kind !== 'assign') return action;
    const value = simplified(action.value);
    if (isTrimmed(value)) trimmed.add(action.id);
    return { ...action, value };
  });
}
