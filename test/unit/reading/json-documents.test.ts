import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { usualDialect } from '../../../shared/document/dialect';
import { type DocumentSpan, documentSplitter } from '../../../shared/reading/json-document';
import { engineInFolder } from '../../doubles/native';
import { readBytes } from '../../doubles/reading';

let bench: Awaited<ReturnType<typeof engineInFolder>>;
beforeAll(async () => {
  bench = await engineInFolder();
});
afterAll(() => bench.close());

function split(text: string, records = '', cuts: readonly number[] = []) {
  const bytes = Buffer.from(text);
  const spans: DocumentSpan[] = [];
  const splitter = documentSplitter(records, (span) => spans.push(span));
  let from = 0;
  for (const cut of [...cuts, bytes.length].sort((a, b) => a - b)) {
    splitter.push(bytes.subarray(from, Math.max(from, cut)));
    from = Math.max(from, cut);
  }
  splitter.end();
  return spans.map(({ fault, ...span }) => ({
    fault,
    line: span.line,
    text: bytes.subarray(span.start, span.start + span.length).toString('utf8'),
  }));
}
const texts = (text: string, records = '') =>
  split(text, records).map((one) => (one.fault ? `${one.fault}: ${one.text}` : one.text));

describe('records of a JSON document', () => {
  test.each([
    ['[]', '', []],
    [' [ {"a":1} ,\n{"b":[1,{}]}]\n', '', ['{"a":1}', '{"b":[1,{}]}']],
    ['[{"a":"]}\\",["}]', '', ['{"a":"]}\\",["}']],
    ['[1, "x" ,null,[2]]', '', ['1', '"x"', 'null', '[2]']],
    ['{"data":{"n":[3],"items":[{"a":1}]},"x":[9]}', 'data.items', ['{"a":1}']],
    ['{"items":1,"data":{"items":[]}}', 'data.items', []],
    ['{"data":[{"items":[1]}]}', 'data.items', ['path: {"data":[{"items":[1]}]}']],
    ['{"a":1}', '', ['path: {"a":1}']],
    ['', '', ['path: ']],
    ['[{"a":1},]', '', ['{"a":1}', '']],
    ['[,{"a":1}]', '', ['', '{"a":1}']],
    ['[{"a":1} x,{"a":2}]', '', ['{"a":1} x', '{"a":2}']],
    ['[{"a":1},{"a":]},{"a":3}]', '', ['{"a":1}', 'document: {"a":]},{"a":3}]']],
    ['[{"a":1},{"a":"x', '', ['{"a":1}', 'document: {"a":"x']],
    ['[{"a":1}', '', ['document: {"a":1}']],
    ['[{"a":1},', '', ['{"a":1}', 'document: ']],
    ['[{"a":1}] [2]', '', ['{"a":1}', 'document: [2]']],
    ['[{"a":1}]]', '', ['{"a":1}', 'document: ]']],
  ])('%j at %j', (text, records, expected) => {
    expect(texts(text, records)).toEqual(expected);
  });

  test('how the bytes come makes no difference, and what JSON.parse reads comes back', () => {
    const spacing = fc.constantFrom(undefined, 1, '\t');
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 4 }),
        spacing,
        fc.array(fc.nat(80)),
        (values, space, cuts) => {
          const text = JSON.stringify({ no: [values], a: { é: values } }, null, space);
          const inside = cuts.map((cut) => Math.min(cut, Buffer.byteLength(text)));
          const found = split(text, 'a.é', inside);
          expect(found).toEqual(split(text, 'a.é'));
          expect(found.map((one) => JSON.parse(one.text))).toEqual(JSON.parse(JSON.stringify(values)));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('are rows, and what cannot be read is told with its place', async () => {
    const text = '\ufeff{"rows":[\n{"id":1,"at":{"city":"Oslo"}},\n{"id":NaN},\n{"id":1.0,"tags":[1, 2]}\n]}';
    const dialect = { ...usualDialect('json'), records: 'rows' };
    const { columns, rows, unreadable } = await readBytes(bench.engine, bench.folder, text, dialect);
    expect(columns).toEqual(['id', 'at.city', 'tags']);
    expect(rows).toEqual([
      ['1', 'Oslo', null],
      ['1.0', null, '[1, 2]'],
    ]);
    expect(unreadable).toEqual([{ record: 2, line: 3, offset: 44, reason: 'not valid JSON' }]);
  });
});
