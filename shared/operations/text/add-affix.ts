import { z } from 'zod';
import { type Expression, text } from '../../expression/expression';
import { call } from '../../expression/primitives';
import { cellExamples, listColumns, operation } from '../operation';
import { plainText } from './plain-text';

export const addAffix = operation({
  id: 'add-affix',
  version: 1,
  title: 'Add a prefix or suffix',
  also: 'prefix suffix prepend append',
  family: 'Text',
  summary: 'Puts a text before or after each cell.',
  documentation:
    'Empty and missing cells stay as they are. “Not where it is already” leaves out a prefix or suffix that the cell ' +
    'has, so that the step can run on its own results.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters: z
    .strictObject({
      prefix: plainText(200).default(''),
      suffix: plainText(200).default(''),
      unlessThere: z.boolean().default(false),
    })
    .refine(({ prefix, suffix }) => prefix !== '' || suffix !== '', {
      path: ['prefix'],
      message: 'write a prefix or a suffix',
    }),
  begin: () => ({ prefix: '#' }),
  form: [
    { name: 'prefix', label: 'Prefix', control: 'text' },
    { name: 'suffix', label: 'Suffix', control: 'text' },
    { name: 'unlessThere', label: 'Not where it is already', control: 'flag' },
  ],
  examples: [
    cellExamples('Both', { prefix: 'CUST-', suffix: '!' }, [
      ['17', 'CUST-17!'],
      ['CUST-17', 'CUST-CUST-17!'],
      ['', ''],
      [null, null],
    ]),
    cellExamples('Not where it is already', { prefix: 'https://', suffix: '/', unlessThere: true }, [
      ['example.com', 'https://example.com/'],
      ['https://example.com', 'https://example.com/'],
      ['HTTPS://example.com/', 'https://HTTPS://example.com/'],
    ]),
  ],
  sentence: ({ prefix, suffix }, columns) => {
    const words = [prefix !== '' && `“${prefix}” before`, suffix !== '' && `“${suffix}” after`].filter(
      Boolean,
    );
    return `Put ${words.join(' and ')} ${listColumns(columns)}`;
  },
  reads: () => [],
  rewrite(builder, { prefix, suffix, unlessThere }, columns) {
    for (const name of columns) {
      const value = builder.value(name);
      const added = (affix: string, position: 'start' | 'end'): Expression =>
        unlessThere
          ? call('choose', [call('contains', [value], { find: affix, position }), text(''), text(affix)])
          : text(affix);
      const parts: Expression[] = [value];
      if (prefix !== '') parts.unshift(added(prefix, 'start'));
      if (suffix !== '') parts.push(added(suffix, 'end'));
      builder.assign(name, call('choose', [call('isMissing', [value]), value, call('join', parts)]));
    }
  },
});
