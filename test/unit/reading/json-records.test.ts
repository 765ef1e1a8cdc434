import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flattenJson } from '../../../shared/reading/flatten';
import { jsonRecordReader } from '../../../shared/reading/jsonl';

describe('the one definition of a JSON Lines record', () => {
  test.each([
    ['{"a":1.0,"b":true,"c":null}', ['1.0', 'true', null]],
    ['{"a":"x\\u00e9\\n","b":"","c":"\\ud83d\\ude00"}', ['xé\n', '', '😀']],
    [
      '  { "a" : -1e400 , "b" : 12345678901234567890 , "c" : 0.10 }\r',
      ['-1e400', '12345678901234567890', '0.10'],
    ],
    ['{"a":[1,"]}\\"",{ "x":1}],"b":{ },"c":[[ {} ]] }', ['[1,"]}\\"",{ "x":1}]', '{}', '[[ {} ]]']],
  ])('%s', (line, values) => {
    expect(flattenJson(line)).toEqual({ keys: ['a', 'b', 'c'], values });
  });

  test.each([
    ['{"a":1,"a":2}', 'duplicate'],
    ['{"a":1,"\\u0061":2}', 'duplicate'],
    ['{"":1}', 'key'],
    ['{"a":"\\ud83d"}', 'surrogate'],
    ['{"a":NaN}', 'syntax'],
    ['{"a":01}', 'syntax'],
    ['{"a":1} x', 'syntax'],
    ['{"a":1,}', 'syntax'],
    ['{"a":1', 'syntax'],
    ['{"a":"tab\there"}', 'syntax'],
    ["{'a':1}", 'syntax'],
    ['{"a":[1,}', 'syntax'],
    ['{"a":[NaN]}', 'syntax'],
    ['{"a":[1] "b":2}', 'syntax'],
    ['[1]', 'object'],
    ['null', 'object'],
    ['x', 'syntax'],
  ])('%s is refused: %s', (line, fault) => {
    expect(flattenJson(line)).toBe(fault);
  });

  const key = fc.string({ unit: fc.constantFrom('a', 'b', '"', '\\', '.', '$', 'é', '0'), maxLength: 3 });
  const value = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const member = fc.tuple(key, value);
  const line = fc
    .array(member, { maxLength: 4 })
    .map((all) => `{${all.map(([k, v]) => `${JSON.stringify(k)}: ${JSON.stringify(v)}`).join(' ,')}}`);

  test('a reader of many lines means the same as one of single lines', () => {
    const broken = fc.tuple(line, fc.nat(40)).map(([text, at]) => text.slice(0, at));
    const lines = fc
      .array(fc.oneof(line, broken), { maxLength: 6 })
      // each line twice, so that the second meets the shape of the first
      .map((all) => all.flatMap((one) => [one, one.replaceAll('a', 'b'), one]));
    fc.assert(
      fc.property(lines, (all) => {
        const read = jsonRecordReader();
        for (const one of all) expect(read(one)).toEqual(flattenJson(one));
      }),
      { numRuns: 1000 },
    );
  });
});
