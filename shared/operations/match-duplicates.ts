import { z } from 'zod';
import type { PlanBuilder } from '../compile/builder';
import { type Expression, text } from '../expression/expression';
import { call } from '../expression/primitives';
import { BLOCK_KEYS, LARGEST_BLOCK, type MatchOptions, MEASURES } from '../matching/options';
import { FIELD_SEPARATOR } from '../matching/record';
import { LONGEST_COMPARED } from '../matching/similarity';
import { keyOptions } from '../variants/key';
import { listColumns, operation } from './operation';

const MOST_DECIDED = 10_000;
const column = z.string().min(1);
const points = z.int().min(-10_000).max(10_000);
const recordId = z.string().regex(/^[0-9a-f]{24}$/, 'is not the id of a record');

const parameters = z
  .strictObject({
    block: z
      .array(
        z.strictObject({ columns: z.array(column).min(1).max(5), by: z.enum(BLOCK_KEYS).default('same') }),
      )
      .min(1)
      .max(10),
    compare: z
      .array(
        z.strictObject({
          column,
          by: z.enum(MEASURES).default('jaro-winkler'),
          close: z.int().min(500).max(1000).default(900),
          agree: points.default(100),
          near: points.default(60),
          differ: points.default(-60),
        }),
      )
      .min(1)
      .max(20),
    threshold: points.default(100),
    into: column.default('duplicate group'),
    scoreInto: column.default('duplicate score'),
    decided: z
      .array(z.strictObject({ records: z.tuple([recordId, recordId]), same: z.boolean() }))
      .max(MOST_DECIDED)
      .default([]),
  })
  .check((context) => {
    const { into, scoreInto, decided } = context.value;
    const fault = (path: (string | number)[], message: string) =>
      context.issues.push({ code: 'custom', path, message, input: context.value });
    if (into === scoreInto) fault(['scoreInto'], 'must be another column than the one for groups');
    const seen = new Set<string>();
    for (const [i, { records }] of decided.entries()) {
      const pair = records.toSorted().join(' ');
      if (seen.has(pair)) fault(['decided', i], 'decides a pair that an earlier entry decides');
      seen.add(pair);
    }
  });
type Parameters = z.output<typeof parameters>;

export type Field = { readonly column: string; readonly raw: boolean };

/** The fields of a record, each once: a column as it is, or in lower case. */
export function fieldsOf({ block, compare }: Parameters): readonly Field[] {
  const all: Field[] = [
    ...block.flatMap(({ columns, by }) => columns.map((name) => ({ column: name, raw: by === 'same' }))),
    ...compare.map((one) => ({ column: one.column, raw: one.by === 'exact' })),
  ];
  return all.filter((one, i) => all.findIndex((other) => isSame(one, other)) === i);
}
const isSame = (one: Field, other: Field) => one.column === other.column && one.raw === other.raw;

/** What records are matched by, in the plan’s own terms. */
export function matchOptions(given: Parameters): MatchOptions {
  const fields = fieldsOf(given);
  const at = (name: string, raw: boolean) => fields.findIndex((one) => isSame(one, { column: name, raw }));
  const { separators, dropped, folds } = keyOptions('fingerprint', 1);
  return {
    blocks: given.block.map(({ columns, by }) => ({
      fields: columns.map((name) => at(name, by === 'same')),
      by,
    })),
    compare: given.compare.map(({ column: name, by, ...rest }) => ({
      name,
      field: at(name, by === 'exact'),
      by,
      ...rest,
    })),
    threshold: given.threshold,
    largest: LARGEST_BLOCK,
    longest: LONGEST_COMPARED,
    decided: given.decided,
    separators,
    dropped,
    folds,
  };
}

/** A row as one text of its fields; null where it has left. */
export function recordExpression(
  builder: Pick<PlanBuilder, 'value' | 'isKept'>,
  given: Parameters,
): Expression {
  const parts = fieldsOf(given).flatMap(({ column: name, raw }, i): Expression[] => {
    const value = builder.value(name);
    const plain = call('removeText', [raw ? value : call('lower', [value])], { find: FIELD_SEPARATOR });
    const field = call('choose', [call('isNull', [value]), text(''), plain]);
    return i === 0 ? [field] : [text(FIELD_SEPARATOR), field];
  });
  const record = call('join', parts);
  const kept = builder.isKept();
  return kept === null ? record : call('choose', [kept, record, text(null)]);
}

export const matchDuplicates = operation({
  id: 'match-duplicates',
  version: 1,
  title: 'Find rows that are nearly the same',
  also: 'dedupe fuzzy entity resolution record linkage',
  family: 'Rows',
  summary: 'Compares rows column by column and names the groups of those that are probably the same.',
  documentation:
    'Rows are compared only within blocks: those with the same key in the stated columns, in any of the blocks. Each ' +
    'compared column gives points when its cells agree, when they are near, and when they differ; an empty cell ' +
    'gives none. “Agree” means equal, or equal but for letter case, marks and punctuation; “near” is a similarity ' +
    'after Jaro and Winkler, in whole thousandths (the first ' +
    `${LONGEST_COMPARED} characters of the words count). Rows whose points reach the threshold belong together, and ` +
    'so does whatever they are connected with. Each row gets the name of its group, the same for all of its rows ' +
    '(“Merge duplicate rows” takes it as a key), and the points of its best pair. A row that would not reach the ' +
    'threshold with itself, for lack of values, is in no group. Pairs that a person decided stay decided: a rejected ' +
    `pair is not connected, though others may connect both. A block of more than ${LARGEST_BLOCK} different rows is ` +
    'refused, as it would multiply rows.',
  scope: 'group',
  stream: 'Refused: a group may go on for as long as the stream.',
  capabilities: { limits: [`A block holds at most ${LARGEST_BLOCK} different rows.`] },
  targets: { least: 0, most: 0 },
  parameters,
  form: [
    { name: 'block', label: 'Compare rows with the same', control: 'blocks' },
    { name: 'compare', label: 'Points for each column', control: 'comparisons' },
    { name: 'threshold', label: 'Points from which rows belong together', control: 'number' },
    { name: 'decided', label: 'Pairs near the threshold', control: 'review' },
    { name: 'into', label: 'Column for groups', control: 'text' },
    { name: 'scoreInto', label: 'Column for points', control: 'text' },
  ],
  examples: [
    {
      title: 'By sound of the name, or the same e-mail',
      columns: [],
      parameters: {
        block: [
          { columns: ['name'], by: 'cologne' },
          { columns: ['e-mail'], by: 'same' },
        ],
        compare: [
          { column: 'name', by: 'jaro-winkler', close: 850, agree: 100, near: 60, differ: -80 },
          { column: 'e-mail', by: 'normalized', agree: 150, differ: -50 },
          { column: 'city', by: 'normalized', agree: 40, differ: -30 },
        ],
        threshold: 140,
      },
      header: ['name', 'e-mail', 'city'],
      rows: [
        ['Jürgen Müller', 'jm@example.com', 'Köln'],
        ['Juergen Mueller', 'JM@example.com', 'Koln'],
        ['Jurgen  MULLER', null, 'KÖLN'],
        ['Jürgen Muller', 'other@example.com', 'Berlin'],
        [null, null, ''],
        ['Jürgen Müller', 'jm@example.com', 'Köln'],
        ['J.', 'x@example.com', null],
      ],
      expected: [
        [
          'Jürgen Müller',
          'jm@example.com',
          'Köln',
          'da5c06be96459064371e875a',
          '250: name 60, e-mail 150, city 40',
        ],
        [
          'Juergen Mueller',
          'JM@example.com',
          'Koln',
          'da5c06be96459064371e875a',
          '250: name 60, e-mail 150, city 40',
        ],
        ['Jurgen  MULLER', null, 'KÖLN', 'da5c06be96459064371e875a', '140: name 100, e-mail 0, city 40'],
        ['Jürgen Muller', 'other@example.com', 'Berlin', 'ca7c5d2b2ee152282f13b0bb', null],
        [null, null, '', null, null],
        [
          'Jürgen Müller',
          'jm@example.com',
          'Köln',
          'da5c06be96459064371e875a',
          '250: name 60, e-mail 150, city 40',
        ],
        ['J.', 'x@example.com', null, '74de5d81a395545608a6ab39', null],
      ],
    },
  ],
  sentence: ({ compare }) =>
    `Find rows that are nearly the same in ${listColumns(compare.map((one) => one.column))}`,
  reads: ({ block, compare }) => [
    ...new Set([...block.flatMap(({ columns }) => columns), ...compare.map((one) => one.column)]),
  ],
  rewrite(builder, given) {
    const record = builder.bind(recordExpression(builder, given));
    const { group, score } = builder.lookup('match', { record }, matchOptions(given));
    builder.assign(given.into, group);
    builder.assign(given.scoreInto, score);
  },
});
