import { z } from 'zod';
import { call } from '../expression/primitives';
import { cellExamples, listColumns, operation } from './operation';

const kept = z.number().int().min(0).max(100);

export const mask = operation({
  id: 'mask',
  version: 1,
  title: 'Mask characters',
  also: 'anonymise anonymize hide pii',
  family: 'Privacy',
  summary: 'Replaces all characters of a cell but the first and last ones.',
  documentation:
    'Characters are Unicode code points; a letter with a combining accent counts as two. A cell that has no more ' +
    'characters than are kept is masked whole, so that a short value is not shown. The length stays visible. Empty ' +
    'text stays empty. The quarantine shows the masked cell too, also of rows that left before this step.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters: z.strictObject({
    keepFirst: kept.default(0),
    keepLast: kept.default(4),
    with: z
      .string()
      .refine((text) => [...text].length === 1 && !/[\ud800-\udfff]/u.test(text), 'must be one character')
      .default('*'),
  }),
  form: [
    { name: 'keepFirst', label: 'Keep at the start', control: 'number', least: 0, most: 100 },
    { name: 'keepLast', label: 'Keep at the end', control: 'number', least: 0, most: 100 },
    { name: 'with', label: 'Others become', control: 'text' },
  ],
  examples: [
    cellExamples('The last four stay', { keepFirst: 0, keepLast: 4, with: '*' }, [
      ['4111111111111111', '************1111'],
      ['1234', '****'],
      ['12', '**'],
      ['', ''],
      [null, null],
    ]),
    cellExamples('First and last', { keepFirst: 1, keepLast: 1, with: '😀' }, [
      ['Zoë', 'Z😀ë'],
      ['😀ab👍🏽', '😀😀😀😀🏽'],
      ['e\u0301x', 'e😀x'],
      ['ab', '😀😀'],
    ]),
    cellExamples('Everything', { keepFirst: 0, keepLast: 0, with: '\\' }, [["o'B \0", '\\\\\\\\\\']]),
  ],
  sentence: ({ keepFirst, keepLast }, columns) => {
    const words = [keepFirst > 0 && `the first ${keepFirst}`, keepLast > 0 && `the last ${keepLast}`].filter(
      Boolean,
    );
    return `Mask ${listColumns(columns)}${words.length > 0 ? ` but ${words.join(' and ')}` : ''}`;
  },
  reads: () => [],
  rewrite(builder, settings, columns) {
    for (const name of columns) builder.assign(name, call('maskMiddle', [builder.value(name)], settings));
  },
});
