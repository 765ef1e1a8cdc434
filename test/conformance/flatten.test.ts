// JSON as rows in both languages, straight from the job's module: no Spark is started.
import { expect, test } from 'vitest';
import { DEEPEST, flattenJson, JSON_FAULTS } from '../../shared/reading/flatten';
import { texts } from './corpus';
import { askPython } from './python-module';

const SCRIPT = `
import json, sys
from dataharmonize.flatten import flatten
def told(text):
    keys, values, fault = flatten(text)
    return fault if fault else [keys, values]
json.dump([told(text) for text in json.load(sys.stdin)], sys.stdout)
`;

function told(text: string) {
  const record = flattenJson(text);
  return typeof record === 'string' ? record : [record.keys, record.values];
}

/** A generator of whole numbers below a bound; the same on every run. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const roll = dice(23);
const pick = <T>(from: readonly T[]): T => from[roll(from.length)] as T;
const SCALARS = ['1', '-0', '1.50', '1e5', '-1E+400', '12345678901234567890', 'true', 'false', 'null', '""'];
const KEYS = ['a', 'b', 'a.b', 'é', '', '\\u0061', '\\ud800', 'x\\n', '😀', '\\ud83d\\ude00', '[', '{'];
const STRINGS = ['x', '\\u00e9', '\\udc00', '\\"', '\\\\', '[', ']', '{', '\u007f', '\u2028', '\\/', '\\b'];
const gap = () => pick(['', '', '', ' ', '\n\t']);

function value(depth: number): string {
  const kind = roll(depth > 3 ? 6 : 10);
  if (kind < 4) return pick(SCALARS);
  if (kind < 6) return `"${pick(STRINGS)}${pick(STRINGS)}"`;
  const items = Array.from({ length: roll(4) }, () => value(depth + 1));
  if (kind < 8) return `[${gap()}${items.join(`,${gap()}`)}${gap()}]`;
  return object(depth + 1);
}
function object(depth: number): string {
  const member = () => `${gap()}"${pick(KEYS)}"${gap()}:${gap()}${value(depth)}${gap()}`;
  return `{${Array.from({ length: roll(4) }, member).join(',')}}`;
}
/** Puts one character where it need not belong, or takes one away. */
function damaged(text: string): string {
  const at = roll(text.length + 1);
  const put = pick([
    '',
    '"',
    '[',
    ']',
    '{',
    '}',
    ',',
    ':',
    '\\',
    '0',
    '-',
    '.',
    'e',
    ' ',
    '\u0001',
    '\ufeff',
    'NaN',
  ]);
  return text.slice(0, at) + put + text.slice(at + roll(2));
}

test('objects are flattened, and refused, alike in TypeScript and Python', () => {
  const sound = Array.from({ length: 20_000 }, () => object(0));
  const nested = (open: string, close: string, levels: number) => open.repeat(levels) + close.repeat(levels);
  const deep = [DEEPEST - 1, DEEPEST, DEEPEST + 1, 5000].flatMap((levels) => [
    `{"a":${nested('[', ']', levels)}}`,
    `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`,
    `{"a":"${nested('[', ']', levels)}"}`,
    nested('[', ']', levels),
    `{"a":"${'['.repeat(levels)}`,
  ]);
  const odd = [
    '',
    ' ',
    'null',
    '[1]',
    '"a"',
    '1',
    'NaN',
    '{"a":Infinity}',
    '{"a":-Infinity}',
    '{"a":+1}',
    '{"a":.5}',
  ];
  const asked = [
    ...sound,
    ...sound.map(damaged),
    ...deep,
    ...odd,
    ...texts
      .filter((text) => !/\p{Surrogate}/u.test(text))
      .map((text) => JSON.stringify({ a: text, b: [text] })),
  ];
  const ours = asked.map(told);
  const theirs = askPython<ReturnType<typeof told>[]>(SCRIPT, asked);
  const differing = asked.filter((_, i) => JSON.stringify(ours[i]) !== JSON.stringify(theirs[i]));
  expect(differing.slice(0, 5)).toEqual([]);
  for (const fault of JSON_FAULTS) expect(ours, fault).toContain(fault);
  expect(ours.filter((one) => typeof one !== 'string').length).toBeGreaterThan(10_000);
});
