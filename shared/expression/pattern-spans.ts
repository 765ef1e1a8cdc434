import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { caseVariants } from './case-table';
import { classBody, escapePoint } from './characters';
import { type CompiledPattern, compilePattern, type PatternFault } from './pattern';
import { leastMatch, leastOf } from './pattern-least';

/** Texts of any length, for patterns without repetitions. */
export const ANY_LENGTH = 2_147_483_647;
/** The most that both engines' replacements can name with one digit. */
const MOST_GROUPS = 9;

type Alternatives = readonly AST.Alternative[];

type Seen = (node: AST.Element, repeated: boolean) => void;

function visit(alternatives: Alternatives, repeated: boolean, seen: Seen): void {
  for (const { elements } of alternatives) {
    for (const one of elements) {
      seen(one, repeated);
      const inner = one.type === 'Quantifier' ? (one.element as AST.Element) : one;
      const often = repeated || (one.type === 'Quantifier' && one.max > 1);
      if (inner !== one) seen(inner, often);
      if (inner.type === 'Group' || inner.type === 'CapturingGroup') visit(inner.alternatives, often, seen);
    }
  }
}

export type SpanPattern = CompiledPattern & { readonly groups: number };
export type SpanResult = { ok: true; compiled: SpanPattern } | { ok: false; fault: PatternFault };

/**
 * Compiles a pattern of which it matters where its matches begin and end and what its groups hold. More is refused
 * than for a test: repeating what can be nothing, as engines count the empty rounds in two ways; and, where matches
 * are replaced or split at, a pattern that can match nothing.
 */
export function compileSpans(
  source: string,
  { ignoreCase, replaced }: { ignoreCase: boolean; replaced: boolean },
): SpanResult {
  const refused = (message: string, position: number): SpanResult => ({
    ok: false,
    fault: { message, position },
  });
  const tested = compilePattern(source, { ignoreCase });
  if (!tested.ok) return tested;
  const { alternatives } = new RegExpParser({ ecmaVersion: 2025 }).parsePattern(source, 0, source.length, {
    unicode: true,
  });
  let groups = 0;
  const faults: PatternFault[] = [];
  visit(alternatives, false, (node, repeated) => {
    const position = node.start;
    if (node.type === 'CapturingGroup') {
      groups++;
      // Java keeps what such a group held in an attempt that failed.
      if (repeated)
        faults.push({
          message: 'A group that is repeated is written (?:…), or repeats inside: (a+).',
          position,
        });
    }
    if (node.type === 'Quantifier' && node.max > 1 && leastOf(node.element) === 0)
      faults.push({
        message: 'What is repeated here can be nothing at all; write it so that it holds something.',
        position,
      });
  });
  const [fault] = faults;
  if (fault) return { ok: false, fault };
  if (groups > MOST_GROUPS) return refused(`A pattern may have ${MOST_GROUPS} groups at most here.`, 0);
  if (replaced && leastMatch(source) === 0)
    return refused('This pattern can match nothing at all, and so everywhere.', 0);
  // A group around it keeps what may be absent at either end.
  const whole = compilePattern(`(?:${source})`, { ignoreCase });
  return whole.ok ? { ok: true, compiled: { ...whole.compiled, groups } } : whole;
}

/** A literal text as a pattern. */
export function literalPattern(text: string, ignoreCase: boolean): string {
  return [...text]
    .map((character) => {
      const point = character.codePointAt(0) ?? 0;
      const variants = ignoreCase ? [...new Set([point, ...caseVariants(point)])] : [point];
      return variants.length === 1
        ? escapePoint(point)
        : `[${classBody(variants.map((one) => [one, one] as const))}]`;
    })
    .join('');
}

/** A replacement as RE2 and as Java spell it. */
export type Replacement = { readonly replacement: string; readonly sparkReplacement: string };
export type ReplacementResult = { ok: true; replacement: Replacement } | { ok: false; fault: PatternFault };

/** A text that stands for itself in replacements. */
export const literalReplacement = (text: string): Replacement => ({
  replacement: text.replaceAll('\\', '\\\\'),
  sparkReplacement: text.replace(/[\\$]/g, '\\$&'),
});

/** Compiles a replacement: `$1` to `$9` are groups, `$0` the whole match, `$$` a dollar sign. */
export function compileReplacement(source: string, groups: number): ReplacementResult {
  let [replacement, sparkReplacement] = ['', ''];
  for (const match of source.matchAll(/\$([0-9$]?)|[^$]+/g)) {
    const named = match[1];
    if (named === undefined || named === '' || named === '$') {
      const literal = literalReplacement(named === undefined ? match[0] : '$');
      replacement += literal.replacement;
      // Java would read digits after a group as more of its number.
      sparkReplacement += literal.sparkReplacement.replace(/^[0-9]/, '\\$&');
    } else if (Number(named) > groups) {
      const has = groups === 0 ? 'no groups' : `${groups} ${groups === 1 ? 'group' : 'groups'}`;
      return {
        ok: false,
        fault: { message: `The pattern has ${has}; write $$ for a dollar sign.`, position: match.index },
      };
    } else {
      replacement += `\\${named}`;
      sparkReplacement += `$${named}`;
    }
  }
  return { ok: true, replacement: { replacement, sparkReplacement } };
}
