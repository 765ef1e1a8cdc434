// Where matches begin and end, and what groups hold: hand-written patterns and generated ones, on every engine.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { column, type Expression } from '../../shared/expression/expression';
import { compileReplacement, compileSpans, type SpanPattern } from '../../shared/expression/pattern-spans';
import { call } from '../../shared/expression/primitives';
import type { Engine } from '../../shared/ports/engine';
import { texts } from './corpus';
import { openHost, openWasm } from './engines';
import { type Cells, type SparkServer, startSparkServer } from './spark-server';
import { loadRows } from './trace';
import { shown, type Value, valuesOnDuckdb, valuesOnSpark } from './values';

let wasm: Engine;
let native: Engine;
let spark: SparkServer;
beforeAll(async () => {
  [wasm, native, spark] = await Promise.all([openWasm(), openHost(), startSparkServer()]);
});
afterAll(() => Promise.all([wasm?.close(), native?.close(), spark?.close()]));

const WRITTEN = [
  ...[
    'a',
    '^a',
    'a$',
    '^(a)|(b)$',
    '\\s+',
    '(\\w)(\\w?)',
    '[^a-z]+?',
    '(a|ab)(c|bcd)?',
    'a??b',
    '😀+',
    '\\bB',
  ],
  ...[
    '(?:ab|b|ca)+',
    '([0-9]+)[-. ]?([0-9]*)',
    '(.)(.)',
    'a{2,3}?',
    '(\\\\|\\$)',
    '(\\u0000)',
    'é|e\\u0301',
    'ς',
  ],
];
const PATTERNS = 150;
const SEED = 20_261_123;

const atom = fc.constantFrom(
  ...['a', 'b', 'é', '.', '\\w', '\\s', '[ab]', '[^a]', '\\d', '-', '😀', 'k', '\\b', '^', '$', 'ſ', '\\.'],
);
const times = fc.constantFrom('', '', '', '*', '+', '?', '{1,2}', '{2}', '*?', '+?', '??');
const { pattern } = fc.letrec<{ pattern: string; sequence: string; part: string }>((tie) => ({
  part: fc.oneof(
    { depthSize: 'small' },
    fc.tuple(atom, times).map(([one, count]) => (/^(?:\^|\$|\\b)$/.test(one) ? one : one + count)),
    fc
      .tuple(fc.constantFrom('(', '(?:'), tie('pattern'), times)
      .map(([open, inner, count]) => `${open}${inner})${count}`),
  ),
  sequence: fc.array(tie('part'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
  pattern: fc.array(tie('sequence'), { minLength: 1, maxLength: 2 }).map((ways) => ways.join('|')),
}));
const UNITS = ['a', 'b', 'é', ' ', '-', '1', '😀', 'k', 'K', '\u212a', 'ſ', 's', '\n', '.', 'ab', 'aa'];
const text = fc.array(fc.constantFrom(...UNITS), { maxLength: 8 }).map((parts) => parts.join(''));

type Case = { readonly told: string; readonly expression: Expression };

function casesOf(source: string, n: number): Case[] {
  const ignoreCase = n % 3 === 0;
  const compiled = (replaced: boolean): SpanPattern | null => {
    const result = compileSpans(source, { ignoreCase, replaced });
    return result.ok ? result.compiled : null;
  };
  const [replacing, finding] = [compiled(true), compiled(false)];
  if (!finding) return [];
  const { groups, ...constants } = finding;
  const group = n % (groups + 1);
  const told = `/${source}/${ignoreCase ? 'i' : ''}`;
  const found = [
    {
      told: `group ${group} of ${told}`,
      expression: call('capture', [column('c0')], { ...constants, group }),
    },
  ];
  if (!replacing) return found;
  const named = Array.from({ length: groups + 1 }, (_, i) => `<$${i}>`).join('');
  const result = compileReplacement(`${named}1\\$$`, groups);
  if (!result.ok) throw new Error(result.fault.message);
  const replaced = call('replaceMatches', [column('c0')], { ...constants, ...result.replacement });
  return [...found, { told: `${told} replaced`, expression: replaced }];
}

test('matches and groups are the same on every engine', async () => {
  const drawn = [...new Set(fc.sample(pattern, { numRuns: 5000, seed: SEED }))];
  const fitting = drawn.filter((one) => compileSpans(one, { ignoreCase: true, replaced: true }).ok);
  const sources = [...WRITTEN, ...fitting.slice(0, PATTERNS)];
  const cases = sources.flatMap(casesOf);
  expect(cases.length).toBeGreaterThan(2 * PATTERNS);
  const some = texts.filter((_, i) => i % 4 === 0);
  const rows: Cells[] = [
    ...new Set([
      ...fc.sample(text, { numRuns: 60, seed: SEED }),
      ...some,
      'a'.repeat(4000),
      'ab'.repeat(2001),
    ]),
  ].map((one) => [one]);
  for (const engine of [wasm, native]) await loadRows(engine, 'spans', rows, 1);
  const differing: string[] = [];
  for (let from = 0; from < cases.length; from += 50) {
    const part = cases.slice(from, from + 50);
    const expressions = part.map(({ expression }) => expression);
    const found: Record<string, Value[][]> = {
      native: await valuesOnDuckdb(native, 'spans', expressions),
      wasm: await valuesOnDuckdb(wasm, 'spans', expressions),
      spark: await valuesOnSpark(spark, rows, expressions),
    };
    for (const [c, { told }] of part.entries()) {
      for (const [r, [one]] of rows.entries()) {
        const values = Object.values(found).map((columns) => columns[c]?.[r]);
        if (values.some((value) => value !== values[0]))
          differing.push(
            `${told} in ${shown(one)}: ${Object.keys(found).join(', ')} are ${values.map(shown).join(', ')}`,
          );
      }
    }
  }
  expect(differing.slice(0, 10)).toEqual([]);
});

test.each([
  ['a*', 'nothing at all'],
  ['^', 'nothing at all'],
  ['(a|b)+', 'repeated'],
  ['(?:(a)b)*c', 'repeated'],
  ['(?:a?){2}b', 'can be nothing'],
  ['(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)', '9 groups'],
])('%s is refused with a reason', (source, reason) => {
  const result = compileSpans(source, { ignoreCase: false, replaced: true });
  expect(result.ok ? '' : result.fault.message).toContain(reason);
});

test.each([
  ['$1', '\\1', '$1'],
  ['$12', '\\12', '$1\\2'],
  ['$$1', '$1', '\\$\\1'],
  ['\\1$', '\\\\1$', '\\\\1\\$'],
  ['a$0b', 'a\\0b', 'a$0b'],
])('the replacement %s', (source, replacement, sparkReplacement) => {
  expect(compileReplacement(source, 1)).toEqual({ ok: true, replacement: { replacement, sparkReplacement } });
  expect(compileReplacement('$2', 1)).toMatchObject({ ok: false, fault: { position: 0 } });
});
