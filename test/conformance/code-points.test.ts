import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { render } from '../../shared/compile/render';
import { type CaseTable, lowercaseTable, uppercaseTable } from '../../shared/expression/case-table';
import {
  ACCENTED,
  DIGITS,
  LETTERS,
  PUNCTUATION,
  SYMBOLS,
  UNACCENTED,
} from '../../shared/expression/character-tables';
import { type CharacterRange, inRanges, parseRanges, WHITE_SPACE } from '../../shared/expression/characters';
import { column, type Expression, text } from '../../shared/expression/expression';
import { compilePattern } from '../../shared/expression/pattern';
import { call } from '../../shared/expression/primitives';
import { DIGIT_ZEROS } from '../../shared/expression/unicode-tables';
import { classOf } from '../../shared/operations/text/character-classes';
import type { Engine } from '../../shared/ports/engine';
import { shapeOf } from '../../shared/sampling/shapes';
import { openHost, openWasm } from './engines';
import { answersOf, type PointAnswers } from './point-answers';
import { type SparkServer, startSparkServer } from './spark-server';

let wasm: Engine;
let native: Engine;
let spark: SparkServer;
beforeAll(async () => {
  [wasm, native, spark] = await Promise.all([openWasm(), openHost(), startSparkServer()]);
});
afterAll(() => Promise.all([wasm?.close(), native?.close(), spark?.close()]));

const value = column('c0');
const matched = (source: string, ignoreCase = false): Expression => {
  const result = compilePattern(source, { ignoreCase, whole: true });
  if (!result.ok) throw new Error(result.fault.message);
  return call('choose', [call('matches', [value], result.compiled), text(''), value]);
};
const mapped = (table: CaseTable) => (point: number) => {
  const to = table.get(point);
  return to === undefined ? null : String.fromCodePoint(to);
};
const emptied = (ranges: readonly CharacterRange[]) => (point: number) =>
  inRanges(point, ranges) ? '' : null;
const digit = (point: number): string | null => {
  const zero = DIGIT_ZEROS.find((one) => point >= one && point <= one + 9);
  return zero === undefined || zero === 48 ? null : String(point - zero);
};
const pointsOf = (ranges: readonly CharacterRange[]) =>
  new Set(ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i)));
const allDigits = pointsOf(parseRanges(DIGITS));
const plain = [...UNACCENTED];
const unaccented = new Map([...ACCENTED].map((one, i) => [one, plain[i] ?? '']));
const STRAIGHT = [
  ['‘’‚‛', "'"],
  ['“”„‟', '"'],
  ['‐‑‒–—―−', '-'],
  ['…', '...'],
] as const;
const WORD: CharacterRange[] = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];

/** An expression over one character, and what it answers for a code point: null where that is the character itself. */
const SWEPT: Record<string, [Expression, (point: number) => string | null]> = {
  lower: [call('lower', [value]), mapped(lowercaseTable)],
  upper: [call('upper', [value]), mapped(uppercaseTable)],
  'compared key': [
    call('comparedKey', [value], classOf({ which: ['white-space'], custom: '' }, false)),
    (point) => {
      const upper = uppercaseTable.get(point) ?? point;
      const lower = lowercaseTable.get(upper) ?? upper;
      return inRanges(point, WHITE_SPACE) ? '' : lower === point ? null : String.fromCodePoint(lower);
    },
  ],
  'digits of every script': [call('asciiDigits', [value]), digit],
  shape: [
    call('valueShape', [value]),
    (point) => {
      const text = String.fromCodePoint(point);
      const shape = shapeOf(text);
      return shape === text ? null : shape;
    },
  ],
  trim: [call('trimWhiteSpace', [value], { sides: 'both' }), emptied(WHITE_SPACE)],
  collapse: [
    call('collapseWhiteSpace', [value]),
    (point) => (point !== 32 && inRanges(point, WHITE_SPACE) ? ' ' : null),
  ],
  '\\d': [matched('\\d'), emptied([[48, 57]])],
  '\\w': [matched('\\w'), emptied(WORD)],
  '\\s': [
    matched('\\s'),
    emptied([
      [9, 13],
      [32, 32],
    ]),
  ],
  '.': [
    matched('.'),
    emptied([
      [0, 9],
      [11, 0x10ffff],
    ]),
  ],
  '\\b': [matched('\\b.'), emptied(WORD)],
  'without accents': [
    call('stripAccents', [value]),
    (point) => unaccented.get(String.fromCodePoint(point)) ?? null,
  ],
  'straight punctuation': [
    call('straightenPunctuation', [value]),
    (point) => STRAIGHT.find(([all]) => all.includes(String.fromCodePoint(point)))?.[1] ?? null,
  ],
  ...Object.fromEntries(
    Object.entries({ letters: LETTERS, digits: DIGITS, punctuation: PUNCTUATION, symbols: SYMBOLS }).map(
      ([which, table]) => {
        const constants = classOf({ which: [which as 'letters'], custom: '' }, false);
        const points = pointsOf(parseRanges(table));
        return [
          `without ${which}`,
          [call('removeCharacters', [value], constants), (point: number) => (points.has(point) ? '' : null)],
        ];
      },
    ),
  ),
  'only digits': [
    call('removeCharacters', [value], classOf({ which: ['digits'], custom: '' }, true)),
    (point) => (allDigits.has(point) ? null : ''),
  ],
  'k, ignoring case': [
    matched('k', true),
    emptied([
      [75, 75],
      [107, 107],
      [0x212a, 0x212a],
    ]),
  ],
  '[^σ], ignoring case': [matched('[^σ]', true), (point) => ([0x3a3, 0x3c3].includes(point) ? null : '')],
};

const hexOf = (written: string) => Buffer.from(written).toString('hex').toUpperCase();

/** What each expression answers where that is not the character itself. */
const expected: readonly PointAnswers[] = Object.values(SWEPT).map(([, answer]) => {
  const told: string[] = [];
  for (let point = 1; point <= 0x10ffff; point++) {
    if (point >= 0xd800 && point <= 0xdfff) continue;
    const found = answer(point);
    if (found !== null) told.push(`${point}:${hexOf(found)}`);
  }
  return told.join(',');
});

async function onDuckdb(engine: Engine): Promise<PointAnswers[]> {
  await engine.execute(
    'CREATE TEMP TABLE points AS SELECT i, chr(CAST(i AS INTEGER)) AS c0 FROM range(1, 1114112) t(i) WHERE i NOT BETWEEN 55296 AND 57343',
  );
  const found: PointAnswers[] = [];
  for (const [expression] of Object.values(SWEPT)) {
    const sql = render(expression, 'duckdb');
    const { columns } = await engine.query(
      `SELECT coalesce(string_agg(i || ':' || coalesce(hex(encode(e)), 'null'), ',' ORDER BY i), '')
       FROM (SELECT i, c0, ${sql} AS e FROM points) WHERE e IS DISTINCT FROM c0`,
    );
    found.push(String(columns[0]?.[0]));
  }
  return found;
}

function differences(found: readonly PointAnswers[]): string[] {
  return Object.keys(SWEPT).flatMap((name, i) => {
    if (found[i] === expected[i]) return [];
    const [a, b] = [new Map(answersOf(expected[i] ?? '')), new Map(answersOf(found[i] ?? ''))];
    return [...new Set([...a.keys(), ...b.keys()])]
      .filter((point) => a.get(point) !== b.get(point))
      .slice(0, 5)
      .map((point) => `${name} of U+${point.toString(16)}: ${b.get(point)} and not ${a.get(point)}`)
      .concat(`${name}: ${b.size} answers and not ${a.size}`);
  });
}

describe('every code point is mapped by the tables', () => {
  test('in native DuckDB', async () => expect(differences(await onDuckdb(native))).toEqual([]));
  test('in duckdb-wasm', async () => expect(differences(await onDuckdb(wasm))).toEqual([]));
  test('in Spark', async () => {
    const expressions = Object.values(SWEPT).map(([expression]) => render(expression, 'spark'));
    expect(differences(await spark.sweep(expressions))).toEqual([]);
  });
});
