import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findSpark } from '../../main/verify/spark-local';
import { lowercaseTable, mapCase, uppercaseTable } from '../../shared/expression/case-table';
import type { Texts } from '../../shared/lookup/lookup';
import { answerHere, type LookupId, lookupOf } from '../../shared/lookup/registry';
import { texts } from './corpus';
import { ARRAY_TEXTS, ELEMENT_TEXTS, LONG_ARRAYS } from './json-arrays';
import { shown } from './values';

/** A generator of whole numbers below a bound; the same on every run. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const NAMES =
  'mr mrs dr. dipl-ing prof sir jr jr. sr. iii PH.D. phd md esq 2nd van von de la der den ter bin al el y san st st. ' +
  "john anna maría JOSÉ o’brien O'NEIL d'arcy mcdonald macdonald MACGREGOR mc mac jean-luc j. j.r.r. q İpek çelik " +
  'straße øre Łukasz ÆSIR ﬁn ǆuro 山田 太郎 😀 Ωμέγα (bob) "bob" — - . ’ o’ , , ,, smith SMITH Smith x 1 &';
const ADDRESSES =
  '12 12b 1ST 22nd 100-104 # #5 #b p.o. po box p o box 77 main elm MAIN north n n. NW southwest s.w. st st. street ave ' +
  'avenue blvd. rd road court ct dr drive ln lane ter hwy suite ste apt apt. unit fl floor bldg rm lot penthouse ' +
  'springfield IL il 62701 62701-1234 , , the of mcdonald o’neil saint la jolla hauptstr. hauptstrasse STR. straße ' +
  'platz pl. am zum müllerstraße 😀 İ ß';
const HEX =
  ': :: : : 0 00 0db8 DB8 2001 ffff FFFF fe80 1 f 12345 g . 192.0.2.1 1.2.3.256 01.2.3.4 % / ::ffff: 0:0';

function generated(words: string, between: string, count: number, seed: number): string[] {
  const roll = dice(seed);
  const list = words.split(' ');
  const one = () => list[roll(list.length)] ?? '';
  return Array.from({ length: count }, () => {
    const text = Array.from({ length: 1 + roll(7) }, one).join(between);
    const how = roll(5);
    if (how === 0) return mapCase(text, uppercaseTable);
    return how === 1 ? mapCase(text, lowercaseTable) : text;
  });
}

/** Arrays of awkward elements, a character of some taken away or another put there. */
function generatedArrays(count: number, seed: number): string[] {
  const roll = dice(seed);
  const pick = (list: readonly string[]) => list[roll(list.length)] ?? '';
  const gaps = ['', '', '', ' ', '\n\t', '\r', '\u00a0'];
  const characters = [...'[]{},:"\\/~0u nN\'\u0000\ufeffé😀'];
  const wellWritten = ELEMENT_TEXTS.slice(0, ELEMENT_TEXTS.indexOf(''));
  return Array.from({ length: count }, () => {
    const elements = roll(3) === 0 ? ELEMENT_TEXTS : wellWritten;
    const gap = roll(3) === 0 ? gaps : [''];
    const parts = Array.from({ length: roll(5) }, () => pick(gap) + pick(elements) + pick(gap));
    const text = `${pick(gap)}[${parts.join(',')}]${pick(gap)}`;
    if (roll(3) > 0) return text;
    const points = [...text];
    points.splice(roll(points.length), roll(2), ...(roll(2) === 0 ? [pick(characters)] : []));
    return points.join('');
  });
}
const arrays = [...ARRAY_TEXTS, ...LONG_ARRAYS, ...ELEMENT_TEXTS, ...ELEMENT_TEXTS.map((one) => `[${one}]`)];

const cased = (text: string): Texts => [text, mapCase(text, lowercaseTable), mapCase(text, uppercaseTable)];
const short = texts.filter((one) => one.length < 20_000);
const CASES: readonly (readonly [LookupId, string, readonly Texts[]])[] = [
  ['person-name', 'person_name', [...short, ...generated(NAMES, ' ', 20_000, 3)].map(cased)],
  ['address', 'address', [...short, ...generated(ADDRESSES, ' ', 20_000, 5)].map(cased)],
  [
    'ipv6',
    'ipv6',
    [...short, ...generated(HEX, '', 20_000, 7), ...generated(HEX, ':', 20_000, 9)].map((one) => [one]),
  ],
  [
    'json-elements',
    'json_elements',
    [...short, ...arrays, ...generatedArrays(40_000, 11)].map((one) => [one]),
  ],
];

function inPython(module: string, options: readonly unknown[], rows: readonly Texts[]): Texts[][] {
  const python = findSpark()?.python ?? 'python3';
  const { status, stdout, stderr } = spawnSync(
    python,
    [path.join(import.meta.dirname, 'lookup_answers.py')],
    {
      input: JSON.stringify({ module, options, rows }),
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
    },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Texts[][];
}

test.each(CASES)('%s answers alike in TypeScript and in Python', async (id, module, rows) => {
  const { samples, inputs } = lookupOf(id);
  const found = inPython(module, samples, rows);
  for (const [n, options] of samples.entries()) {
    const columns = inputs.map((_, i) => rows.map((row) => row[i] ?? null));
    const expected = await answerHere({ lookup: id, options }, columns);
    const differing = rows.flatMap((row, r) => {
      const [a, b] = [expected.map((column) => column[r] ?? null), found[n]?.[r]];
      return JSON.stringify(a) === JSON.stringify(b)
        ? []
        : [`${shown(row[0])}: ${shown(JSON.stringify(a))} but ${shown(JSON.stringify(b))}`];
    });
    expect({ sample: n, of: rows.length, differing: differing.slice(0, 10) }).toEqual({
      sample: n,
      of: rows.length,
      differing: [],
    });
    const answered = new Set(expected[0]?.map((one, r) => (one === rows[r]?.[0] ? null : one)));
    expect(answered.size).toBeGreaterThan(100);
  }
});
