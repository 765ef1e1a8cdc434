import { z } from 'zod';
import { NORMAL_FORMS } from '../../lookup/normalize-unicode';
import { cellExamples, listColumns, operation } from '../operation';

export const normalizeUnicode = operation({
  id: 'normalize-unicode',
  version: 1,
  title: 'Normalise Unicode',
  family: 'Text',
  summary: 'Writes characters that look alike with the same code points.',
  documentation:
    'The same é can be one code point or an e and an accent; NFC makes one of both. NFKC also writes compatibility ' +
    'characters plainly (ﬁ as fi, ² as 2, full-width letters as usual ones), which loses what they meant. Characters ' +
    'that Unicode 12.1 does not have stay as they are, so that the result is the same wherever the rules run.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters: z.strictObject({ form: z.enum(NORMAL_FORMS).default('NFC') }),
  form: [
    {
      name: 'form',
      label: 'Form',
      control: 'choice',
      choices: [
        { value: 'NFC', label: 'Composed (NFC)' },
        { value: 'NFKC', label: 'Composed, compatibility characters plain (NFKC)' },
      ],
    },
  ],
  examples: [
    cellExamples('NFC', { form: 'NFC' }, [
      ['Jose\u0301', 'José'],
      ['a\u0323\u0307 a\u0307\u0323', 'ạ\u0307 ạ\u0307'],
      ['\u1112\u1161\u11ab', '한'],
      ['\u212b ﬁ ²', 'Å ﬁ ²'],
      ['plain', 'plain'],
      ['', ''],
      [null, null],
    ]),
    cellExamples('NFKC', { form: 'NFKC' }, [
      ['ﬁ ² Ａ１ ㈱ …', 'fi 2 A1 (株) ...'],
      ['\u00a0x', ' x'],
    ]),
  ],
  sentence: ({ form }, columns) => `Normalise Unicode of ${listColumns(columns)} to ${form}`,
  reads: () => [],
  rewrite(builder, { form }, columns) {
    for (const name of columns) {
      const { text } = builder.lookup('normalize-unicode', { text: builder.value(name) }, { form });
      builder.assign(name, text);
    }
  },
});
