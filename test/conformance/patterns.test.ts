import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { column, type Expression } from '../../shared/expression/expression';
import { type CompiledPattern, compilePattern } from '../../shared/expression/pattern';
import { call } from '../../shared/expression/primitives';
import type { Engine } from '../../shared/ports/engine';
import { texts } from './corpus';
import { openHost, openWasm } from './engines';
import { type Cells, type SparkServer, startSparkServer } from './spark-server';
import { loadRows } from './trace';
import { shown, valuesOnDuckdb, valuesOnSpark } from './values';

let wasm: Engine;
let native: Engine;
let spark: SparkServer;
beforeAll(async () => {
  [wasm, native, spark] = await Promise.all([openWasm(), openHost(), startSparkServer()]);
});
afterAll(() => Promise.all([wasm?.close(), native?.close(), spark?.close()]));

const PATTERNS = [
  ...[
    'a',
    'A',
    '^a',
    'a$',
    '^$',
    '',
    '.',
    '^.$',
    '^..?$',
    '...',
    '.*',
    '^.*$',
    '.+B',
    '[^a]',
    '[^a]$',
    '[a-z]+',
  ],
  ...['\\d', '\\D', '^\\d+$', '\\w', '\\W', '^\\w+$', '\\s', '\\S', '^\\s+$', '\\bB', 'a\\b', '\\b', '^\\b'],
  ...[
    '[\\s\\S]',
    '[\\d\\w]',
    '[^\\d]',
    '[^\\w\\s]',
    '[\\w-]',
    '[&&a]',
    '[\\[:alpha:\\]]',
    '[\\^a]',
    '[a\\-z]',
  ],
  ...[
    'a{2}',
    'a{2,}',
    'a{2,3}?',
    'a*?b',
    '(a)(b)?',
    '(?:ab|b|ca)+$',
    '(a|ab)(c|bcd)?',
    '^(?:\\w+ )*\\w+$',
    'x*y*z*',
  ],
  ...[
    '\\.',
    '\\$',
    '\\^',
    '\\\\',
    '\\/',
    '\\(\\)',
    '\\{',
    '\\}',
    '\\|',
    '\\?',
    '\\n',
    '\\r',
    '\\t',
    '\\x41',
    '\\u0041',
  ],
  ...[
    '\\u{1F600}',
    '😀',
    '[😀-😎]',
    '^.{1}$',
    '[é]',
    'é',
    'e\\u0301',
    'ß',
    'Σ',
    'ς',
    'σ',
    'K',
    'k',
    'İ',
    'ı',
    'ſ',
    'ǆ',
  ],
  ...[
    '[à-ö]',
    '[Α-Ω]+',
    '[^Α-Ω]',
    '[\\u0000-\\u001f]',
    '\\0',
    '[\\u{10000}-\\u{10FFFF}]',
    '\\ufeff',
    '\\u2028',
    '\\u0085',
  ],
  ...["'", '"', '`', '--', '%', "'; DROP", '$1'.replace('$', '\\$')],
  '^[^@\\s]+@[^@\\s]+\\.[a-z]{2,}$',
  '^\\+?[\\d ()./-]{6,20}$',
  '^(?:[01]\\d|2[0-3]):[0-5]\\d$',
  '^[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}$',
  '^([a-z]+\\.)*[a-z]+$',
  '(?:a|(?:b|c)|(?:d(?:e|f))g)*$',
  '.*a.*b',
  '[^,]*,[^,]*,',
  '(?:[^,]*,)*z',
  '^(?:\\d{1,3}\\.){3}\\d{1,3}$',
  '(?:[a-f]\\d?){2,3}x',
  '[^\\n]{1000}',
];

/** Texts that make Java go deepest and longest for a pattern, at its limit and just over it. */
const hard = ({ longest }: CompiledPattern): string[] =>
  ['a', 'ab', 'a,', 'a.', ' ', 'd', '1'].flatMap((unit) =>
    [longest, longest + 1].map((length) => unit.repeat(length).slice(0, length)),
  );

const OPTIONS = [{}, { ignoreCase: true }, { whole: true }, { ignoreCase: true, whole: true }].map((one) => ({
  ignoreCase: false,
  whole: false,
  ...one,
}));

function compiled(source: string, options: { ignoreCase: boolean; whole: boolean }): CompiledPattern {
  const result = compilePattern(source, options);
  if (!result.ok) throw new Error(`${source}: ${result.fault.message}`);
  return result.compiled;
}

describe.each(OPTIONS)('patterns with %o', (options) => {
  test('match the same texts on every engine', async () => {
    const patterns = PATTERNS.map((source) => compiled(source, options));
    const rows: Cells[] = [...new Set([...texts, ...patterns.flatMap(hard)])].map((text) => [text]);
    const expressions: Expression[] = patterns.map((one) => call('matches', [column('c0')], one));
    for (const engine of [wasm, native]) await loadRows(engine, 'patterns', rows, 1);
    const found = {
      native: await valuesOnDuckdb(native, 'patterns', expressions),
      wasm: await valuesOnDuckdb(wasm, 'patterns', expressions),
      spark: await valuesOnSpark(spark, rows, expressions),
    };
    const differing = PATTERNS.flatMap((source, p) =>
      rows.flatMap(([text], r) => {
        const [a, b, c] = [found.native[p]?.[r], found.wasm[p]?.[r], found.spark[p]?.[r]];
        return a === b && b === c ? [] : [`/${source}/ of ${shown(text)}: native ${a} wasm ${b} spark ${c}`];
      }),
    );
    expect(differing.slice(0, 20)).toEqual([]);
    expect(found.native.flat().filter((one) => one === 'TRUE').length).toBeGreaterThan(1000);
  });
});

test.each([
  ['^a*a*a*a*a*a*c', 'hours'],
  ['.*a.*b.*c.*d.*e.*f', 'hours'],
  ['(?:(?:(?:(?:a*)*)*)*)*b', 'hours'],
  ['(a+)+c', 'hours'],
  ['(?:a|aa)+c', 'hours'],
  ['^(?:\\w+ ?)+$', 'hours'],
  ['(?:.{0,9}){1,99}x', 'hours'],
  ['(?:a|)*b', 'hours'],
  ['(?:a{100}){11}', '1000'],
  ['a^', 'begins'],
  ['^^', 'begins'],
  ['$a', 'ends'],
  ['(?:a$)$', 'ends'],
  ['(?:^a)+', 'repeated'],
  ['(?=a)', 'Look-ahead'],
  ['(?<!a)', 'Look-ahead'],
  ['(a)\\1', 'Back-references'],
  ['\\p{L}', 'Unicode properties'],
  ['a++', 'repeat'],
  ['(?i:a)', 'Inline flags'],
  ['(?<n>a)', 'Named groups'],
  ['[a', 'class'],
  ['(', 'group'],
  ['a{1001}', '1000'],
  ['x'.repeat(1001), '1000'],
])('%s is refused with a reason and a position', (source, reason) => {
  const result = compilePattern(source, { ignoreCase: false });
  expect(result.ok).toBe(false);
  if (result.ok) return;
  expect(result.fault.message).toContain(reason);
  expect(result.fault.position).toBeGreaterThanOrEqual(0);
  expect(result.fault.position).toBeLessThanOrEqual(source.length);
});
