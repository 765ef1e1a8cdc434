import { z } from 'zod';
import type { Expression } from '../expression/expression';
import { call } from '../expression/primitives';
import { cellExamples, listColumns, operation } from './operation';

const WORDS = { lower: 'Lower-case', upper: 'Upper-case', title: 'Title-case', sentence: 'Sentence-case' };
type LetterCase = keyof typeof WORDS;

const REWRITES: Record<
  LetterCase,
  (value: Expression, bind: (value: Expression) => Expression) => Expression
> = {
  lower: (value) => call('lower', [value]),
  upper: (value) => call('upper', [value]),
  title: (value, bind) => call('capitalizeWords', [bind(call('lower', [value]))]),
  sentence: (value, bind) => call('capitalizeFirst', [bind(call('lower', [value]))]),
};

export const changeCase = operation({
  id: 'change-case',
  version: 1,
  title: 'Change letter case',
  also: 'uppercase lowercase proper capitalise capitalize initcap',
  family: 'Text',
  summary: 'Writes each cell in lower, upper, title or sentence case.',
  documentation:
    'Each letter maps to one letter by one fixed table, whatever the language: ß stays ß in upper case, and the ' +
    'Greek sigma at the end of a word becomes σ. In title case a word begins after white space, a dash, a slash, ' +
    'a full stop, a comma, a bracket or a double quotation mark, but not after an apostrophe (“O’neil”); ' +
    'sentence case raises the first letter of the cell and lowers the rest.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters: z.strictObject({ to: z.enum(['lower', 'upper', 'title', 'sentence']).default('lower') }),
  form: [
    {
      name: 'to',
      label: 'Letter case',
      control: 'choice',
      choices: [
        { value: 'lower', label: 'lower case' },
        { value: 'upper', label: 'UPPER CASE' },
        { value: 'title', label: 'Title Case' },
        { value: 'sentence', label: 'Sentence case' },
      ],
    },
  ],
  examples: [
    cellExamples('Lower case', { to: 'lower' }, [
      ['A.Lee@Example.COM', 'a.lee@example.com'],
      ['\u0130STANBUL ΟΔΟΣ', 'istanbul οδοσ'],
      [null, null],
    ]),
    cellExamples('Upper case', { to: 'upper' }, [
      ['straße ﬁsh ǆ', 'STRAßE ﬁSH Ǆ'],
      ['', ''],
    ]),
    cellExamples('Title case', { to: 'title' }, [
      ["JEAN-LUC o'NEIL", "Jean-Luc O'neil"],
      ['  anna\u00a0maria (née ÖZ)', '  Anna\u00a0Maria (Née Öz)'],
    ]),
    cellExamples('Sentence case', { to: 'sentence' }, [
      ['  “CALL BACK” On Monday', '  “Call back” on monday'],
      ['...', '...'],
    ]),
  ],
  sentence: ({ to }, columns) => `${WORDS[to]} ${listColumns(columns)}`,
  reads: () => [],
  rewrite(builder, { to }, columns) {
    for (const name of columns) builder.assign(name, REWRITES[to](builder.value(name), builder.bind));
  },
});
