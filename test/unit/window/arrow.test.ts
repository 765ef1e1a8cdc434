import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeTable } from '../../../renderer/engine/arrow';
import { encodeTexts } from '../../../shared/sampling/arrow';

const text = fc.option(fc.string({ unit: 'binary' }).filter((one) => !one.startsWith('\ufeff')));

test('texts come back as they went, whatever they hold', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text)), (rows) => {
      const columns = [rows.map(([a]) => a), rows.map(([, b]) => b)];
      const table = decodeTable([encodeTexts(['a', 'b'], columns)]);
      expect(table).toEqual({ names: ['a', 'b'], columns, rows: rows.length });
    }),
  );
});

test('reading strips one leading U+FEFF, which is why queries double it', () => {
  const read = (value: string) => decodeTable([encodeTexts(['a'], [[value]])]).columns[0]?.[0];
  expect(read('\ufeffx')).toBe('x');
  expect(read('\ufeff\ufeffx')).toBe('\ufeffx');
});
