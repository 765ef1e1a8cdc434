import { z } from 'zod';
import { call } from '../../expression/primitives';
import { cellExamples, listColumns, operation } from '../operation';

export const straightenPunctuation = operation({
  id: 'straighten-punctuation',
  version: 1,
  title: 'Straighten punctuation',
  also: 'smart curly quotes dashes',
  family: 'Text',
  summary: 'Writes typographic quotes, dashes and ellipses with the characters of a keyboard.',
  documentation:
    'Curly and low quotes become \' and ", every hyphen, dash and minus sign becomes -, and the ellipsis becomes ' +
    'three full stops. Guillemets (« ») and primes (′ ″) stay.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters: z.strictObject({}),
  form: [],
  examples: [
    cellExamples('Quotes, dashes and the ellipsis', {}, [
      ['O’Neil said “yes” — ‘no’…', "O'Neil said \"yes\" - 'no'..."],
      ['„unten“ ‚einfach‘', '"unten" \'einfach\''],
      ['2010–2012 −5 co‑op', '2010-2012 -5 co-op'],
      ['« guillemets » 5′ 6″', '« guillemets » 5′ 6″'],
      ['', ''],
      [null, null],
    ]),
  ],
  sentence: (_, columns) => `Straighten quotes and dashes of ${listColumns(columns)}`,
  reads: () => [],
  rewrite(builder, _, columns) {
    for (const name of columns) builder.assign(name, call('straightenPunctuation', [builder.value(name)]));
  },
});
