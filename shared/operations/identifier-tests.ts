import { type Expression, integer, text } from '../expression/expression';
import { call } from '../expression/primitives';
import {
  type DigitTest,
  type IdentifierForm,
  type IdentifierId,
  identifierKind,
} from '../reference/identifiers';

type Bind = (value: Expression) => Expression;
const LONGEST = 64;

const matching = (value: Expression, pattern: string): Expression =>
  call('matches', [value], {
    pattern: `\\A(?:${pattern})\\z`,
    sparkPattern: `\\A(?:${pattern})\\z`,
    longest: LONGEST,
  });

const leaves = (remainder: Expression, expected: number): Expression =>
  call('holds', [call('equal', [remainder, integer(expected)])]);

const without = (value: Expression, prefix: string): Expression =>
  prefix === '' ? value : call('removeText', [value], { find: prefix });

function passes(value: Expression, test: DigitTest): Expression {
  switch (test.kind) {
    case 'pattern':
      return matching(value, test.pattern);
    case 'hybrid':
      return leaves(call('hybridRemainder', [without(value, test.prefix)]), 2);
    case 'decimal': {
      const { modulus, moved = 0 } = test;
      return leaves(call('decimalRemainder', [value], { modulus, moved }), test.remainder);
    }
    case 'weighted': {
      const { weights, modulus, from = 'start', alphabet = '0123456789', digitSums = false } = test;
      const settings = { weights, modulus, from, alphabet, digitSums };
      return leaves(call('weightedRemainder', [without(value, test.prefix ?? '')], settings), test.remainder);
    }
  }
}

/** Patterns and sums are costly: what cannot pass goes on as empty text, for which there is little to do. */
const onlyIf = (condition: Expression, value: Expression): Expression =>
  call('choose', [condition, value, text('')]);

function hasForm(
  compact: Expression,
  beginning: Expression,
  { pattern, tests, begins }: IdentifierForm,
  bind: Bind,
): Expression {
  const begun = begins && call('isOneOf', [beginning], { values: begins });
  const shaped = matching(begun ? bind(onlyIf(begun, compact)) : compact, pattern);
  if (tests.length === 0) return shaped;
  const known = bind(shaped);
  const candidate = bind(onlyIf(known, compact));
  const ways = tests.map((all) =>
    call(
      'and',
      all.map((one) => passes(candidate, one)),
    ),
  );
  return call('and', [known, call('or', ways)]);
}

/** An identifier without separators, in upper case: white space, hyphens, dots and slashes are left out. */
export function compactIdentifier(value: Expression): Expression {
  const spaced = call('collapseWhiteSpace', [call('upper', [value])]);
  return [' ', '-', '\u2010', '\u2011', '\u2013', '.', '/'].reduce<Expression>(
    (before, find) => call('removeText', [before], { find }),
    spaced,
  );
}

/** Whether a compact identifier is valid: true or false. */
export function isIdentifier(compact: Expression, kind: IdentifierId, bind: Bind): Expression {
  const beginning = bind(call('slice', [compact], { from: 'start', skip: 0, take: 2 }));
  const forms = identifierKind(kind).forms.map((form) => hasForm(compact, beginning, form, bind));
  return call('or', forms);
}

/** A compact identifier as it is usually printed; kinds that are printed in one piece stay so. */
export function printedIdentifier(compact: Expression, kind: IdentifierId): Expression {
  const { print } = identifierKind(kind);
  if (!print) return compact;
  const { groups, by } = print;
  let skip = 0;
  const parts = groups.flatMap((take, i): Expression[] => {
    const part = call('slice', [compact], { from: 'start', skip, take });
    skip += take;
    if (i === groups.length - 1) return [part];
    return [part, text(typeof by === 'string' ? by : (by[i] ?? ''))];
  });
  // Where an identifier may be shorter, groups are parted by spaces.
  return call('trimWhiteSpace', [call('join', parts)], { sides: 'end' });
}
