import { type AST, RegExpParser } from '@eslint-community/regexpp';

/** How many code points an element has at least. */
export function leastOf(node: AST.Element | AST.QuantifiableElement): number {
  switch (node.type) {
    case 'Quantifier':
      return node.min * leastOf(node.element);
    case 'Group':
    case 'CapturingGroup':
      return leastOfAlternatives(node.alternatives);
    case 'Assertion':
    case 'Backreference':
      return 0;
    default:
      return 1;
  }
}

const leastOfAlternatives = (alternatives: readonly AST.Alternative[]): number =>
  Math.min(...alternatives.map(({ elements }) => elements.reduce((sum, one) => sum + leastOf(one), 0)));

/** How many code points a match of a valid pattern has at least; 0 where it can match nothing. */
export const leastMatch = (source: string): number =>
  leastOfAlternatives(
    new RegExpParser({ ecmaVersion: 2025 }).parsePattern(source, 0, source.length, { unicode: true })
      .alternatives,
  );
