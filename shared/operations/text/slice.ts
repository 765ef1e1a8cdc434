import { z } from 'zod';
import { call } from '../../expression/primitives';
import { cellExamples, listColumns, operation } from '../operation';

const LONGEST = 1_000_000;

export const slice = operation({
  id: 'slice',
  version: 1,
  title: 'Slice',
  also: 'substring left right mid cut truncate',
  family: 'Text',
  summary: 'Keeps a part of each cell, by place.',
  documentation:
    'Characters are code points, counted from 1; a negative start counts from the end (-1 is the last). Without a ' +
    'length, all from there on stays. A cell that is shorter gives what it has, possibly empty text; counting from ' +
    'the end, a shorter cell is taken from its first character.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters: z.strictObject({
    start: z
      .int()
      .min(-LONGEST)
      .max(LONGEST)
      .refine((start) => start !== 0, 'characters are counted from 1, or from -1 at the end')
      .default(1),
    length: z.int().min(1).max(LONGEST).optional(),
  }),
  form: [
    {
      name: 'start',
      label: 'From character',
      control: 'number',
      least: -LONGEST,
      most: LONGEST,
      help: '-1 is the last one.',
    },
    {
      name: 'length',
      label: 'How many',
      control: 'number',
      least: 1,
      most: LONGEST,
      help: 'All, unless told.',
    },
  ],
  examples: [
    cellExamples('The first three', { start: 1, length: 3 }, [
      ['DE-12345', 'DE-'],
      ['😀é한x', '😀é한'],
      ['ab', 'ab'],
      ['', ''],
      [null, null],
    ]),
    cellExamples('From the fourth on', { start: 4 }, [
      ['DE-12345', '12345'],
      ['abc', ''],
    ]),
    cellExamples('The last four', { start: -4 }, [
      ['4111111111111111', '1111'],
      ['abc', 'abc'],
    ]),
    cellExamples('Two of the last four', { start: -4, length: 2 }, [
      ['abcdef', 'cd'],
      ['abc', 'ab'],
    ]),
  ],
  sentence: ({ start, length }, columns) => {
    const from = start > 0 ? `character ${start}` : `the last but ${-start - 1} character`;
    return `Keep ${length === undefined ? 'all' : length} of ${listColumns(columns)} from ${start === -1 ? 'the last character' : from} on`;
  },
  reads: () => [],
  rewrite(builder, { start, length }, columns) {
    for (const name of columns) {
      const value = builder.value(name);
      const take = length ?? -1;
      const tail = call('slice', [value], { from: 'end', skip: 0, take: -start });
      builder.assign(
        name,
        start > 0
          ? call('slice', [value], { from: 'start', skip: start - 1, take })
          : length === undefined
            ? tail
            : call('slice', [builder.bind(tail)], { from: 'start', skip: 0, take }),
      );
    }
  },
});
