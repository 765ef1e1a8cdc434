import { z } from 'zod';
import { call } from '../../expression/primitives';
import { cellExamples, listColumns, operation } from '../operation';

export const stripAccents = operation({
  id: 'strip-accents',
  version: 1,
  title: 'Strip accents',
  family: 'Text',
  summary: 'Writes Latin and Greek letters without their accents.',
  documentation:
    'Accents go whether they are part of the character or follow it, and so do the strokes of đ, ħ, ł, ø and ŧ. ' +
    'Other letters stay: ß, æ and œ are no accented letters, and the marks of other scripts are part of the word ' +
    '(й, が, Hebrew points). Two names that differ in accents only become one; keep the original where that matters.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters: z.strictObject({}),
  form: [],
  examples: [
    cellExamples('Latin and Greek', {}, [
      ['José Müller-Łukasz Ångström', 'Jose Muller-Lukasz Angstrom'],
      ['Jose\u0301 e\u0323\u0302 ệ', 'Jose e e'],
      ['Ørsted Đặng Ħamrun', 'Orsted Dang Hamrun'],
      ['Ελλάδα ᾷ', 'Ελλαδα α'],
      ['straße æ œ ı', 'straße æ œ ı'],
      ['йод и\u0306 が שָׁלוֹם', 'йод и\u0306 が שָׁלוֹם'],
      ['\u0301a', '\u0301a'],
      ['', ''],
      [null, null],
    ]),
  ],
  sentence: (_, columns) => `Strip accents of ${listColumns(columns)}`,
  reads: () => [],
  rewrite(builder, _, columns) {
    for (const name of columns) builder.assign(name, call('stripAccents', [builder.value(name)]));
  },
});
