import { call } from '../../expression/primitives';
import { cellExamples, listColumns, operation } from '../operation';
import {
  CLASSES_DOCUMENTATION,
  charactersForm,
  charactersInWords,
  charactersSchema,
  classOf,
} from './character-classes';

export const removeCharacters = operation({
  id: 'remove-characters',
  version: 1,
  title: 'Remove characters',
  also: 'strip delete',
  family: 'Text',
  summary: 'Takes the chosen kinds of characters out of each cell.',
  documentation: `${CLASSES_DOCUMENTATION} A cell of nothing else becomes empty text, not null.`,
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters: charactersSchema,
  begin: () => ({ which: ['control', 'invisible'] }),
  form: charactersForm,
  examples: [
    cellExamples('Digits of every script', { which: ['digits'] }, [
      ['Route 66', 'Route '],
      ['٢١٢-٥٥٥', '-'],
      ['½ Ⅷ ²', '½ Ⅷ ²'],
      ['2024', ''],
      ['', ''],
      [null, null],
    ]),
    cellExamples('Letters with their marks', { which: ['letters'] }, [
      ['e\u0301t\u00e9 12', ' 12'],
      ['ก็ 한 א1', '  1'],
      ['😀a', '😀'],
    ]),
    cellExamples('What cannot be seen', { which: ['invisible', 'control'] }, [
      ['\ufeffAnn\u200b\u00ad Lee\u202e', 'Ann Lee'],
      ['a\tb\r\nc\u0000d\u0085', 'abcd'],
      ['no\u00a0break', 'no\u00a0break'],
    ]),
    cellExamples('Punctuation, symbols and a letter', { which: ['punctuation', 'symbols'], custom: 'x\\' }, [
      ['(212) 555-0147 x12', '212 5550147 12'],
      ['€ 5,00 + 10 % “a”', ' 500  10  a'],
      ['\\x', ''],
    ]),
  ],
  sentence: (parameters, columns) => `Remove ${charactersInWords(parameters)} from ${listColumns(columns)}`,
  reads: () => [],
  rewrite(builder, parameters, columns) {
    const constants = classOf(parameters, false);
    for (const name of columns)
      builder.assign(name, call('removeCharacters', [builder.value(name)], constants));
  },
});
