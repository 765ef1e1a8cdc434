import { z } from 'zod';
import { cellExamples, listColumns, operation } from '../operation';

export const unescapeHtml = operation({
  id: 'unescape-html',
  version: 1,
  title: 'Unescape HTML',
  also: 'entities decode',
  family: 'Text',
  summary: 'Writes HTML’s character references such as &amp; as the characters they stand for.',
  documentation:
    'Knows all names of HTML, with their semicolon, and decimal and hexadecimal numbers; numbers 128 to 159 mean ' +
    'what Windows-1252 has there, as in browsers. References are resolved once: &amp;lt; becomes &lt;. What names no ' +
    'character stays. Tags are not removed.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters: z.strictObject({}),
  form: [],
  examples: [
    cellExamples('Names and numbers', {}, [
      ['Smith &amp; Sons &lt;Ltd&gt;', 'Smith & Sons <Ltd>'],
      ['caf&eacute; &#233; &#xE9; &#128512;', 'café é é 😀'],
      ['&quot;a&quot; &#39;b&#39; &apos;&nbsp;c', "\"a\" 'b' '\u00a0c"],
      ['&amp;lt; &#150; &nGt;', '&lt; – ≫⃒'],
      ['&unknown; &amp &#0; &#xD800; &#1114112; AT&T;', '&unknown; &amp &#0; &#xD800; &#1114112; AT&T;'],
      ['', ''],
      [null, null],
    ]),
  ],
  sentence: (_, columns) => `Unescape HTML in ${listColumns(columns)}`,
  reads: () => [],
  rewrite(builder, _, columns) {
    for (const name of columns)
      builder.assign(name, builder.lookup('unescape-html', { text: builder.value(name) }, {}).text);
  },
});
