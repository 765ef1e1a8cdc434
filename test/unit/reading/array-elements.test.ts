import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arrayElements } from '../../../shared/reading/array-elements';
import { DEEPEST } from '../../../shared/reading/flatten';
import { ARRAY_TEXTS, ELEMENT_TEXTS, LONG_ARRAYS } from '../../conformance/json-arrays';

/** The text as JSON.parse reads it; undefined where it does not. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

describe('the elements of a JSON array', () => {
  test('nothing that JSON.parse reads is read otherwise', () => {
    const element = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', '"', '\\', ',', '[', ']', '\n', '😀'), maxLength: 6 }),
      fc.jsonValue({ maxDepth: 3 }),
    );
    const spacing = fc.constantFrom(undefined, 1, '\t');
    fc.assert(
      fc.property(fc.array(element, { maxLength: 6 }), spacing, (value, space) => {
        const text = JSON.stringify(value, null, space);
        const elements = arrayElements(text);
        // By way of text, as -0 is written without its sign.
        const expected = JSON.parse(text) as unknown[];
        expect(elements).toHaveLength(expected.length);
        for (const [i, one] of expected.entries()) {
          const found = elements?.[i] ?? null;
          if (one === null || typeof one === 'string') expect(found).toBe(one);
          else {
            expect(JSON.parse(found ?? '')).toEqual(one);
            expect(text).toContain(found);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('what is no JSON array is never read, and what is one always but for its depth and halves', () => {
    const whole = '[ {"aa": [1, {"c": "d"}]}, "f\\"g", null ,-1.5e3, [true], "\\u00e9" ]';
    const cut = [...whole].map((_, i) => whole.slice(0, i) + whole.slice(i + 1));
    const alone = ELEMENT_TEXTS.map((one) => `[${one}]`);
    const texts = [...cut, ...ELEMENT_TEXTS, ...alone, ...ARRAY_TEXTS, ...LONG_ARRAYS];
    let read = 0;
    for (const text of texts) {
      const value = parsed(text);
      const isRead = arrayElements(text) !== null;
      const isWhole =
        !Array.isArray(value) || !value.some((one) => typeof one === 'string' && /\p{Surrogate}/u.test(one));
      const isDeep = /^\[{101}/.test(text) || text.includes(`${'['.repeat(200)}`);
      if (isRead) read++;
      if (!isDeep) expect(isRead, text.slice(0, 80)).toBe(Array.isArray(value) && isWhole);
    }
    expect(read).toBeGreaterThan(80);
  });

  test('brackets may be nested so deep, those within quotes apart', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(arrayElements(nested(DEEPEST))).toEqual([nested(DEEPEST - 1)]);
    expect(arrayElements(nested(DEEPEST + 1))).toBeNull();
    expect(arrayElements(`["${'['.repeat(500)}", {"a":${nested(DEEPEST - 2)}}]`)).toHaveLength(2);
    expect(arrayElements(`[{"a":${nested(DEEPEST - 1)}}]`)).toBeNull();
  });
});
