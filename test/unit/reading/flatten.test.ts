import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnsOfRecords, DEEPEST, flattenJson } from '../../../shared/reading/flatten';

const nested = (depth: number, open: string, inner: string, close: string) =>
  open.repeat(depth) + inner + close.repeat(depth);

/** What the definition says, by way of JSON.parse: paths and their values, numbers apart. */
function expected(value: object, prefix = ''): [string, unknown][] {
  return Object.entries(value).flatMap(([key, member]): [string, unknown][] => {
    const path = prefix + key;
    if (member === null || typeof member !== 'object' || Array.isArray(member)) return [[path, member]];
    return Object.keys(member).length === 0 ? [[path, {}]] : expected(member, `${path}.`);
  });
}

test('strings of many millions of characters are read as short ones are', () => {
  const long = 'a'.repeat(9_000_000);
  const escaped = '\\n'.repeat(5_000_000);
  expect(flattenJson(`{"a": "${long}" , "b":{"${long}":[1]},"c":null,"d":"${escaped}","e":-1.50}`)).toEqual({
    keys: ['a', `b.${long}`, 'c', 'd', 'e'],
    values: [long, '[1]', null, '\n'.repeat(5_000_000), '-1.50'],
  });
  expect(flattenJson(`{"a":"${long}","b":[${'["'.repeat(40)}${'[1],'.repeat(90)}`)).toBe('syntax');
  expect(flattenJson(`{"a":"${long}","b":${nested(DEEPEST, '[', '', ']')}}`)).toBe('depth');
  expect(flattenJson(`{"a":"${long}","a":1}`)).toBe('duplicate');
  expect(flattenJson(`{"a":"${long}\ud83d"}`.replace('\ud83d', '\\ud83d'))).toBe('surrogate');
  for (const wrong of [
    `{"a":"${long}`,
    `{"a":"${long}\t"}`,
    `{"a":"${long}\\x"}`,
    `{"a":"${long}" 1}`,
    `{"a":"${long}",}`,
  ])
    expect(flattenJson(wrong)).toBe('syntax');
});

describe('a JSON object as a row', () => {
  test('nothing that JSON.parse reads is read otherwise', () => {
    const key = fc.string({
      unit: fc.constantFrom('a', 'b', '"', '\\', '$', 'é', '0'),
      minLength: 1,
      maxLength: 3,
    });
    const { tree } = fc.letrec((tie) => ({
      leaf: fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 6 }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
        fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 3 }),
      ),
      tree: fc.dictionary(key, fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('tree')), { maxKeys: 4 }),
    }));
    const spacing = fc.constantFrom(undefined, 1, '\t');
    fc.assert(
      fc.property(tree, spacing, (value, space) => {
        const record = flattenJson(JSON.stringify(value, null, space));
        if (typeof record === 'string') throw new Error(record);
        // By way of text, as -0 is written without its sign.
        const cells = expected(JSON.parse(JSON.stringify(value)));
        expect(record.keys).toEqual(cells.map(([path]) => path));
        for (const [i, [, cell]] of cells.entries()) {
          if (cell === null || typeof cell === 'string') expect(record.values[i]).toBe(cell);
          else expect(JSON.parse(record.values[i] ?? '')).toEqual(cell);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('what is no JSON is never read', () => {
    const value = JSON.stringify({ aa: { bb: [1, { cc: 'd' }], ee: 'f\\"g' }, hh: null });
    for (let i = 0; i < value.length; i++) {
      const cut = value.slice(0, i) + value.slice(i + 1);
      let isObject = true;
      try {
        JSON.parse(cut);
      } catch {
        isObject = false;
      }
      expect([cut, typeof flattenJson(cut) === 'string']).toEqual([cut, !isObject]);
    }
  });

  test('depth is bounded whatever is nested', () => {
    const deepest = DEEPEST - 1;
    expect(flattenJson(`{"a":${nested(deepest, '[', '', ']')}}`)).toMatchObject({ keys: ['a'] });
    expect(flattenJson(`{"a":${nested(deepest + 1, '[', '', ']')}}`)).toBe('depth');
    expect(flattenJson(nested(DEEPEST, '{"a":', '1', '}'))).toMatchObject({ values: ['1'] });
    expect(flattenJson(nested(DEEPEST + 1, '{"a":', '1', '}'))).toBe('depth');
    expect(flattenJson(nested(200_000, '{"a":', '1', ''))).toBe('depth');
    expect(flattenJson(`{"a":"${'['.repeat(500)}"}`)).toMatchObject({ keys: ['a'] });
  });

  test('columns are the paths in their order, without nulls that stand for objects', () => {
    const records = [
      '{"id":1,"address":null,"note":null}',
      '{"id":2,"address":{"city":"Oslo"},"tags":[]}',
      '{"id":3,"address":{"city":null,"zip":"1"}}',
    ].map((text) => {
      const record = flattenJson(text);
      if (typeof record === 'string') throw new Error(record);
      return record;
    });
    expect(columnsOfRecords(records)).toEqual(['id', 'note', 'address.city', 'tags', 'address.zip']);
    const mixed = flattenJson('{"address":"Oslo"}');
    if (typeof mixed === 'string') throw new Error(mixed);
    expect(columnsOfRecords([...records, mixed])).toContain('address');
  });
});
