import { call } from '../../expression/primitives';
import { cellExamples, listColumns, operation } from '../operation';
import {
  CLASSES_DOCUMENTATION,
  charactersForm,
  charactersInWords,
  charactersSchema,
  classOf,
} from './character-classes';

export const keepCharacters = operation({
  id: 'keep-characters',
  version: 1,
  title: 'Keep only some characters',
  also: 'digits only strip',
  family: 'Text',
  summary: 'Takes all but the chosen kinds of characters out of each cell.',
  documentation: `${CLASSES_DOCUMENTATION} A cell without any of them becomes empty text, not null.`,
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters: charactersSchema,
  begin: () => ({ which: ['digits'] }),
  form: charactersForm,
  examples: [
    cellExamples('Digits', { which: ['digits'] }, [
      ['(212) 555-0147', '2125550147'],
      ['٢١٢ a', '٢١٢'],
      ['none', ''],
      ['', ''],
      [null, null],
    ]),
    cellExamples('Letters and blanks', { which: ['letters', 'white-space'], custom: "-'" }, [
      ["Jean-Luc\u00a0O'Neil 3!", "Jean-Luc\u00a0O'Neil "],
      ['Zoe\u0308 😀', 'Zoe\u0308 '],
      ['王小明 [1]', '王小明 '],
    ]),
    cellExamples('Some characters', { custom: '€😀' }, [
      ['5 € 😀', '€😀'],
      ['plain', ''],
    ]),
  ],
  sentence: (parameters, columns) => `Keep only ${charactersInWords(parameters)} in ${listColumns(columns)}`,
  reads: () => [],
  rewrite(builder, parameters, columns) {
    const constants = classOf(parameters, true);
    for (const name of columns)
      builder.assign(name, call('removeCharacters', [builder.value(name)], constants));
  },
});
