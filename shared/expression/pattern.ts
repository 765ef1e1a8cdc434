import { type AST, RegExpParser, RegExpSyntaxError } from '@eslint-community/regexpp';
import { caseVariants } from './case-table';
import { type CharacterRange, classBody, escapePoint } from './characters';
import { costOf, LEAST_MATCHED, longestFor } from './pattern-limits';

/** A pattern spelled for RE2 (DuckDB) and for Java (Spark) so that both match the same texts, up to a length. */
export type CompiledPattern = {
  readonly pattern: string;
  readonly sparkPattern: string;
  /** In code points: a longer text matches nothing. */
  readonly longest: number;
};
export type PatternFault = {
  readonly message: string /** Offset into the pattern, from 0. */;
  readonly position: number;
};
export type PatternResult = { ok: true; compiled: CompiledPattern } | { ok: false; fault: PatternFault };

export const LONGEST_PATTERN = 1000;
/** RE2 refuses a counted repetition over 1000, also where the counts of nested ones multiply to more. */
const MOST_REPETITIONS = 1000;

const DIGIT: readonly CharacterRange[] = [[0x30, 0x39]];
const WORD: readonly CharacterRange[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
const SPACE: readonly CharacterRange[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
];
const SETS: Record<string, readonly CharacterRange[]> = { digit: DIGIT, word: WORD, space: SPACE };
const wordClass = `[${classBody(WORD)}]`;
// Java's \b knows Unicode letters, RE2's only ASCII: spelled out for Java, which has look-around.
const JAVA_BOUNDARY = `(?:(?<=${wordClass})(?!${wordClass})|(?<!${wordClass})(?=${wordClass}))`;

class Refusal extends Error {
  constructor(
    message: string,
    readonly position: number,
  ) {
    super(message);
  }
}

type Spelling = { engine: 're2' | 'java'; ignoreCase: boolean };

function complement(ranges: readonly CharacterRange[]): CharacterRange[] {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  const gaps: CharacterRange[] = [];
  let next = 0;
  for (const [first, last] of sorted) {
    if (first > next) gaps.push([next, first - 1]);
    next = Math.max(next, last + 1);
  }
  if (next <= 0x10ffff) gaps.push([next, 0x10ffff]);
  return gaps;
}

function withVariants([first, last]: CharacterRange): CharacterRange[] {
  const ranges: CharacterRange[] = [[first, last]];
  for (let point = first; point <= Math.min(last, 0x1ffff); point++) {
    for (const variant of caseVariants(point))
      if (variant < first || variant > last) ranges.push([variant, variant]);
  }
  return ranges;
}

function rangesOf(element: AST.CharacterClassElement | AST.CharacterSet): readonly CharacterRange[] {
  switch (element.type) {
    case 'Character':
      return [[element.value, element.value]];
    case 'CharacterClassRange':
      return [[element.min.value, element.max.value]];
    case 'CharacterSet': {
      const set = SETS[element.kind];
      if (!set)
        throw new Refusal('Unicode properties (\\p) are not part of the pattern language.', element.start);
      return 'negate' in element && element.negate ? complement(set) : set;
    }
    default:
      throw new Refusal('This kind of character class is not part of the pattern language.', element.start);
  }
}

/** What one character of a pattern may be. */
function coveredBy(
  element: AST.Character | AST.CharacterSet | AST.CharacterClass,
  { ignoreCase }: { ignoreCase: boolean },
): readonly CharacterRange[] {
  if (element.type === 'CharacterSet' && element.kind === 'any') return complement([[0x0a, 0x0a]]);
  const ranges =
    element.type === 'CharacterClass'
      ? element.elements.flatMap((one) => rangesOf(one as AST.CharacterClassElement))
      : rangesOf(element);
  const all = ignoreCase ? ranges.flatMap(withVariants) : ranges;
  return element.type === 'CharacterClass' && element.negate ? complement(all) : all;
}

function spellClass(ranges: readonly CharacterRange[], negate: boolean, { ignoreCase }: Spelling): string {
  const all = ignoreCase ? ranges.flatMap(withVariants) : ranges;
  if (all.length === 0)
    return negate ? `[${classBody([[0, 0x10ffff]])}]` : `[^${classBody([[0, 0x10ffff]])}]`;
  return `[${negate ? '^' : ''}${classBody(all)}]`;
}

function spellQuantifier(node: AST.Quantifier, spelling: Spelling): string {
  if (node.min > MOST_REPETITIONS || (node.max !== Number.POSITIVE_INFINITY && node.max > MOST_REPETITIONS)) {
    throw new Refusal(`A repetition may count to ${MOST_REPETITIONS} at most.`, node.start);
  }
  const counts: Record<string, string> = { '0,Infinity': '*', '1,Infinity': '+', '0,1': '?' };
  const exact = node.max === Number.POSITIVE_INFINITY ? `{${node.min},}` : `{${node.min},${node.max}}`;
  const count = counts[`${node.min},${node.max}`] ?? exact;
  return `(?:${spell(node.element, spelling)})${count}${node.greedy ? '' : '?'}`;
}

/** The most often that nested counted repetitions repeat what is inside all of them. */
function refuseManyRepetitions(node: AST.Element | AST.QuantifiableElement, times: number): void {
  if (node.type === 'Group' || node.type === 'CapturingGroup') {
    for (const { elements } of node.alternatives)
      for (const one of elements) refuseManyRepetitions(one, times);
  }
  if (node.type !== 'Quantifier') return;
  const counted = Math.max(node.min, node.max === Number.POSITIVE_INFINITY ? 1 : node.max, 1);
  if (times * counted > MOST_REPETITIONS)
    throw new Refusal(`Repetitions inside each other may count to ${MOST_REPETITIONS} at most.`, node.start);
  refuseManyRepetitions(node.element, times * counted);
}

type Anchor = 'start' | 'end';

function holds(node: AST.Element, anchor: Anchor): boolean {
  if (node.type === 'Assertion') return node.kind === anchor;
  if (node.type === 'Quantifier') return holds(node.element as AST.Element, anchor);
  if (node.type !== 'Group' && node.type !== 'CapturingGroup') return false;
  return node.alternatives.some(({ elements }) => elements.some((one) => holds(one, anchor)));
}

/** DuckDB takes `a^`, `^^` and `$a` for what they are not, and the like can match nothing of use. */
function refuseMisplacedAnchors(alternatives: readonly AST.Alternative[]): void {
  for (const { elements } of alternatives) {
    for (const [i, node] of elements.entries()) {
      if (i > 0 && holds(node, 'start'))
        throw new Refusal('^ may only stand where the pattern begins.', node.start);
      if (i < elements.length - 1 && holds(node, 'end'))
        throw new Refusal('$ may only stand where the pattern ends.', node.start);
      if (node.type === 'Quantifier' && (holds(node, 'start') || holds(node, 'end')))
        throw new Refusal('^ and $ cannot be repeated.', node.start);
      if (node.type === 'Group' || node.type === 'CapturingGroup') refuseMisplacedAnchors(node.alternatives);
    }
  }
}

function spellAssertion(node: AST.Assertion, { engine }: Spelling): string {
  switch (node.kind) {
    case 'start':
      return '\\A';
    case 'end':
      return '\\z';
    case 'word':
      // RE2 finds \B between the bytes of one character, Java does not.
      if (node.negate) throw new Refusal('\\B is refused: engines place it differently.', node.start);
      return engine === 're2' ? '\\b' : JAVA_BOUNDARY;
    default:
      throw new Refusal('Look-ahead and look-behind are refused: not every engine has them.', node.start);
  }
}

function spell(node: AST.Element | AST.QuantifiableElement, spelling: Spelling): string {
  switch (node.type) {
    case 'Character':
      return spelling.ignoreCase && caseVariants(node.value).length > 1
        ? spellClass([[node.value, node.value]], false, spelling)
        : escapePoint(node.value);
    case 'CharacterSet':
      return node.kind === 'any' ? `[^${escapePoint(0x0a)}]` : spellClass(rangesOf(node), false, spelling);
    case 'CharacterClass':
      return spellClass(
        node.elements.flatMap((element) => rangesOf(element as AST.CharacterClassElement)),
        node.negate,
        spelling,
      );
    case 'Group':
      if (node.modifiers)
        throw new Refusal('Inline flags are refused; use the step’s own setting.', node.start);
      return `(?:${spellAlternatives(node.alternatives, spelling)})`;
    case 'CapturingGroup':
      if (node.name) throw new Refusal('Named groups are refused; groups are numbered.', node.start);
      return `(${spellAlternatives(node.alternatives, spelling)})`;
    case 'Quantifier':
      return spellQuantifier(node, spelling);
    case 'Assertion':
      return spellAssertion(node, spelling);
    case 'Backreference':
      throw new Refusal('Back-references are refused: they can take exponential time.', node.start);
    default:
      throw new Refusal('This construct is not part of the pattern language.', node.start);
  }
}

const optionalRepeat = (node: AST.Element | undefined): boolean =>
  node?.type === 'Quantifier' && node.min === 0 && !/Group$/.test(node.element.type);

/** Without what may be absent at either end: it changes nothing where a pattern may match anywhere, and costs time. */
function withoutEnds(alternative: AST.Alternative): AST.Alternative {
  let elements: readonly AST.Element[] = alternative.elements;
  while (optionalRepeat(elements[0])) elements = elements.slice(1);
  while (optionalRepeat(elements.at(-1))) elements = elements.slice(0, -1);
  return { ...alternative, elements: [...elements] };
}

function spellAlternatives(alternatives: readonly AST.Alternative[], spelling: Spelling): string {
  return alternatives.map((one) => one.elements.map((node) => spell(node, spelling)).join('')).join('|');
}

/**
 * Compiles a pattern of the documented subset: literals, classes, groups, alternation, quantifiers, `^`, `$`
 * (start and end of the whole text), `.` (any character but a line feed), `\d \w \s \b` in their ASCII meaning.
 * Anything else is refused with its position.
 */
export function compilePattern(
  source: string,
  options: { ignoreCase: boolean; whole?: boolean },
): PatternResult {
  if (source.length > LONGEST_PATTERN) {
    return {
      ok: false,
      fault: {
        message: `A pattern may have ${LONGEST_PATTERN} characters at most.`,
        position: LONGEST_PATTERN,
      },
    };
  }
  try {
    const parsed = new RegExpParser({ ecmaVersion: 2025 }).parsePattern(source, 0, source.length, {
      unicode: true,
    }).alternatives;
    for (const one of parsed) for (const node of one.elements) refuseManyRepetitions(node, 1);
    refuseMisplacedAnchors(parsed);
    for (const { elements } of parsed)
      for (const node of elements) spell(node, { engine: 're2', ...options });
    const alternatives = options.whole ? parsed : parsed.map(withoutEnds);
    const spelled = (engine: Spelling['engine']) => {
      const body = spellAlternatives(alternatives, { engine, ignoreCase: options.ignoreCase });
      return options.whole ? `\\A(?:${body})\\z` : body;
    };
    const compiled = { pattern: spelled('re2'), sparkPattern: spelled('java') };
    const longest = longestFor(
      costOf(alternatives, options.whole ?? false, (one) => coveredBy(one, options)),
    );
    if (longest === null) {
      const message =
        'This pattern repeats so much inside or after other repetitions that it could take hours; it would only be ' +
        `safe for texts under ${LEAST_MATCHED} characters. Use fewer “*” and “+”, or part them by fixed characters.`;
      return { ok: false, fault: { message, position: 0 } };
    }
    return { ok: true, compiled: { ...compiled, longest } };
  } catch (error) {
    if (error instanceof Refusal)
      return { ok: false, fault: { message: error.message, position: error.position } };
    if (error instanceof RegExpSyntaxError) {
      const message = error.message.replace(/^Invalid regular expression: \/.*\/u?: /s, '');
      return { ok: false, fault: { message: `${message}.`, position: error.index } };
    }
    throw error;
  }
}
