import { z } from 'zod';
import { call } from '../expression/primitives';
import { NAME_CASINGS, NAME_ORDERS, NAME_PARTS } from '../people/person-name';
import { nameOptions } from '../people/tables';
import { cellExamples, listColumns, operation } from './operation';

const CASING_WORDS = { keep: '', repair: 'letter case repaired', always: 'in mixed case' };
const ORDER_WORDS = { keep: '', 'given-first': 'given name first', 'family-first': 'family name first' };

export const personName = operation({
  id: 'person-name',
  version: 1,
  title: 'Normalise person names',
  also: 'first last given family surname',
  family: 'People and contact',
  summary: 'Repairs the letter case of names, turns them round, and splits them into columns.',
  documentation:
    'White space is removed around and collapsed within. Mixed case gives each word a capital, also after a hyphen, ' +
    'an initial’s full stop, O’, D’, L’ and Mc, and in well-known Mac names; particles such as van, von, de la stay ' +
    'small unless the name begins with one; Jr, III, PhD are written so. “Repair” touches only names that are all ' +
    'in capitals or all in small letters. A comma parts family and given name (“Smith, John”); without one the last ' +
    'word, with the particles before it, is the family name, the first the given name, the rest middle names; a ' +
    'single word is a family name. Names with more commas, or over 200 characters, are not split. Nothing is guessed ' +
    'about the customs of a country: of two Spanish family names the first counts as a middle name.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 20 },
  parameters: z.strictObject({
    casing: z.enum(NAME_CASINGS).default('repair'),
    order: z.enum(NAME_ORDERS).default('keep'),
    split: z.array(z.enum(NAME_PARTS)).max(NAME_PARTS.length).default([]),
  }),
  form: [
    {
      name: 'casing',
      label: 'Letter case',
      control: 'choice',
      choices: [
        { value: 'repair', label: 'Repair names in one case only' },
        { value: 'always', label: 'Mixed case for all' },
        { value: 'keep', label: 'Keep it' },
      ],
    },
    {
      name: 'order',
      label: 'Order',
      control: 'choice',
      choices: [
        { value: 'keep', label: 'As written' },
        { value: 'given-first', label: 'John Smith' },
        { value: 'family-first', label: 'Smith, John' },
      ],
    },
    {
      name: 'split',
      label: 'Columns to add',
      control: 'choices',
      choices: [
        { value: 'title', label: 'Title' },
        { value: 'given', label: 'Given name' },
        { value: 'middle', label: 'Middle names' },
        { value: 'family', label: 'Family name' },
        { value: 'suffix', label: 'Suffix' },
      ],
      help: 'Named after the column: “name given”, “name family”.',
    },
  ],
  examples: [
    cellExamples('Repaired', {}, [
      ["  JOHN  O'NEIL-MCDONALD JR. ", "John O'Neil-McDonald Jr."],
      ['ludwig van beethoven', 'Ludwig van Beethoven'],
      ['VAN DYKE', 'Van Dyke'],
      ['j.r.r. tolkien', 'J.R.R. Tolkien'],
      ['MACDONALD, DR. ANNA PH.D.', 'MacDonald, Dr. Anna Ph.D.'],
      ['d’arcy straße', 'D’Arcy Straße'],
      ['İPEK ÇELİK', 'İpek Çelik'],
      ['deMarco Lee', 'deMarco Lee'],
      ['山田 太郎', '山田 太郎'],
      ['', ''],
      [null, null],
    ]),
    {
      title: 'Split',
      columns: ['name'],
      parameters: {
        casing: 'always',
        order: 'given-first',
        split: ['title', 'given', 'middle', 'family', 'suffix'],
      },
      header: ['name'],
      rows: [
        ['de la Cruz, Maria Elena'],
        ['dr. john q. public III'],
        ['Smith, Jr.'],
        ['Madonna'],
        ['Beethoven, Ludwig van'],
        ['VAN DER BERG'],
        ['a, b, c'],
        [null],
      ],
      expected: [
        ['Maria Elena de la Cruz', null, 'Maria', 'Elena', 'de la Cruz', null],
        ['Dr. John Q. Public III', 'Dr.', 'John', 'Q.', 'Public', 'III'],
        ['Smith Jr.', null, null, null, 'Smith', 'Jr.'],
        ['Madonna', null, null, null, 'Madonna', null],
        ['Ludwig van Beethoven', null, 'Ludwig', null, 'van Beethoven', null],
        ['Van der Berg', null, null, null, 'Van der Berg', null],
        ['A, B, C', null, null, null, null, null],
        [null, null, null, null, null, null],
      ],
    },
    cellExamples('Family name first', { casing: 'keep', order: 'family-first' }, [
      ['Mr. Jan van der Berg Jr', 'van der Berg, Mr. Jan, Jr'],
      ['Juan San Martin', 'San Martin, Juan'],
      ['Smith, John', 'Smith, John'],
    ]),
  ],
  sentence: ({ casing, order, split }, columns) => {
    const told = [
      CASING_WORDS[casing],
      ORDER_WORDS[order],
      split.length > 0 ? `split into ${split.join(', ')}` : '',
    ];
    return [`Names in ${listColumns(columns)}`, ...told.filter((one) => one !== '')].join(', ');
  },
  reads: () => [],
  rewrite(builder, { casing, order, split }, columns) {
    for (const column of columns) {
      const trimmed = call('trimWhiteSpace', [builder.value(column)], { sides: 'both' });
      const name = builder.bind(call('collapseWhiteSpace', [trimmed]));
      const lowered = builder.bind(call('lower', [name]));
      const raised = builder.bind(call('upper', [name]));
      const answer = builder.lookup('person-name', { name, lowered, raised }, nameOptions(casing, order));
      builder.assign(column, answer.name);
      for (const part of NAME_PARTS)
        if (split.includes(part)) builder.assign(`${column} ${part}`, answer[part]);
    }
  },
});
