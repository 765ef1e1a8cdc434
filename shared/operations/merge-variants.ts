import { z } from 'zod';
import { text } from '../expression/expression';
import { call } from '../expression/primitives';
import { KEY_KINDS, type KeyKind, keyOptions, LONGEST_VALUE, variantKey } from '../variants/key';
import { BOUNDS, carriedText, isBounded, MOST_ENTRIES } from './carried-table';
import { cellExamples, listColumns, operation } from './operation';

const MOST_EXCEPTIONS = 1000;

const clusterSchema = z.strictObject({
  value: carriedText,
  members: z.array(carriedText).max(MOST_ENTRIES).default([]),
});

type Clusters = readonly z.output<typeof clusterSchema>[];
type Keys = { readonly key: KeyKind; readonly size: number };
type Entry = { readonly cluster: number; readonly text: string; readonly key: string | null };

/** Each value and each member of the clusters with its key. */
const entriesOf = (clusters: Clusters, { key, size }: Keys): readonly Entry[] =>
  clusters.flatMap(({ value, members }, cluster) =>
    [value, ...members].map((text) => ({ cluster, text, key: variantKey(text, key, size) })),
  );

const parameters = z
  .strictObject({
    key: z.enum(KEY_KINDS).default('fingerprint'),
    size: z.int().min(1).max(3).default(2),
    canonical: z.array(clusterSchema).max(MOST_ENTRIES).default([]),
    exceptions: z.array(carriedText).max(MOST_EXCEPTIONS).default([]),
  })
  .check((context) => {
    const { canonical, exceptions } = context.value;
    const fault = (path: (string | number)[], message: string) =>
      context.issues.push({ code: 'custom', path, message, input: context.value });
    const entries = entriesOf(canonical, context.value);
    const first = new Map<string, Entry>();
    for (const entry of entries) {
      const path = ['canonical', entry.cluster];
      if (entry.key === null) {
        fault(
          path,
          'holds a value with no letter or digit that this key could compare, or one that is too long',
        );
        continue;
      }
      const other = first.get(entry.key);
      if (other === undefined) first.set(entry.key, entry);
      else if (other.cluster !== entry.cluster)
        fault(
          path,
          `holds a value with the same key as one of entry ${other.cluster + 1}; a key can become only one value`,
        );
    }
    const members = new Set(canonical.flatMap((cluster) => cluster.members));
    for (const [i, exception] of exceptions.entries())
      if (members.has(exception))
        fault(
          ['exceptions', i],
          'stays as it is and is also listed as a variant; take it out of one of the lists',
        );
    if (!isBounded([...canonical.map(({ value, members: all }) => [value, ...all]), exceptions]))
      fault(['canonical'], `may hold ${BOUNDS}`);
  });

/** Keys in words. */
export const KEY_WORDS: Record<KeyKind, string> = {
  exact: 'Only the listed values (proposed by few different letters)',
  fingerprint: 'The same words, in any order',
  ngram: 'The same runs of letters',
  cologne: 'The same sound in German (Cologne phonetics)',
  soundex: 'The same sound in English (Soundex)',
};

export const mergeVariants = operation({
  id: 'merge-variants',
  version: 1,
  title: 'Merge variants of a value',
  also: 'cluster synonyms spelling typos fuzzy',
  family: 'Missing and mapped values',
  summary: 'Writes all variants of a value in one way, new ones of the same kind too.',
  documentation:
    'Each listed value stands for all cells whose key is the key of the value or of one of its variants, so that a ' +
    'variant nobody has seen yet is caught as well. All keys ignore letter case, marks on Latin letters and ' +
    'punctuation. The fingerprint is the set of words; the n-gram key the set of runs of one to three letters, ' +
    'blanks left out; Cologne phonetics (Postel 1969) and American Soundex give the sound of each word written ' +
    'with a to z. “Only the listed values” compares code point for code point. Values listed as exceptions stay as ' +
    `they are. Cells of more than ${LONGEST_VALUE.toLocaleString('en')} characters and cells without a letter or ` +
    `digit have no key and stay. The list holds ${BOUNDS}, and travels with the rules.`,
  scope: 'cell',
  stream: 'Works on each record by itself.',
  capabilities: {
    limits: [`The list holds ${BOUNDS}; cells of more than ${LONGEST_VALUE} characters stay as they are.`],
  },
  targets: { least: 1, most: 20 },
  parameters,
  form: [
    {
      name: 'key',
      label: 'Variants have',
      control: 'choice',
      choices: KEY_KINDS.map((value) => ({ value, label: KEY_WORDS[value] })),
    },
    {
      name: 'size',
      label: 'Letters in a run',
      control: 'number',
      least: 1,
      most: 3,
      when: { name: 'key', values: ['ngram'] },
    },
    { name: 'canonical', label: 'Values and their variants', control: 'variants' },
    { name: 'exceptions', label: 'Stay as they are', control: 'texts', help: 'One value a line.' },
  ],
  examples: [
    cellExamples(
      'By fingerprint',
      {
        key: 'fingerprint',
        canonical: [
          { value: 'Müller & Söhne GmbH', members: ['mueller und soehne gmbh'] },
          { value: 'New York', members: [] },
          { value: '1.5 kg', members: [] },
        ],
        exceptions: ['York, New'],
      },
      [
        ['GMBH Söhne, MÜLLER', 'Müller & Söhne GmbH'],
        ['Gmbh   Muller\u0308\u00a0So\u0308hne', 'Müller & Söhne GmbH'],
        ['Mueller und Soehne G.m.b.H.', 'Müller & Söhne GmbH'],
        ['new\u200b-york', 'New York'],
        ['YORK/NEW new', 'New York'],
        ['York, New', 'York, New'],
        ['15 KG', '15 KG'],
        ['1.5 KG.', '1.5 kg'],
        ['Newyork', 'Newyork'],
        ['--', '--'],
        ['', ''],
        [null, null],
      ],
    ),
    cellExamples(
      'By runs of letters',
      { key: 'ngram', size: 2, canonical: [{ value: 'Düsseldorf', members: ['Duseldorf'] }] },
      [
        ['DUSSEL-DORF', 'Düsseldorf'],
        ['düsel dorf', 'Düsseldorf'],
        ['Dorfdüssel', 'Dorfdüssel'],
        ['d', 'd'],
      ],
    ),
    cellExamples('By letters', { key: 'ngram', size: 1, canonical: [{ value: 'Krzysztof', members: [] }] }, [
      ['Krzystof', 'Krzysztof'],
      ['fotszyrk', 'Krzysztof'],
      ['Kryztof', 'Kryztof'],
    ]),
    cellExamples(
      'By sound, in German',
      {
        key: 'cologne',
        canonical: [
          { value: 'Meier', members: [] },
          { value: 'Müller-Lüdenscheidt', members: [] },
        ],
      },
      [
        ['Mayr', 'Meier'],
        ['MAIER', 'Meier'],
        ['Lüdenscheit Muller', 'Müller-Lüdenscheidt'],
        ['Мейер', 'Мейер'],
      ],
    ),
    cellExamples(
      'By sound, in English; the listed values only',
      { key: 'soundex', canonical: [{ value: 'Robert', members: ['Bob'] }], exceptions: ['Rubbard'] },
      [
        ['Rupert', 'Robert'],
        ['Bobb', 'Robert'],
        ['Rubbard', 'Rubbard'],
        ['Tymczak', 'Tymczak'],
      ],
    ),
    cellExamples(
      'The listed values only',
      { key: 'exact', canonical: [{ value: 'Bonn', members: ['Bon', '-'] }] },
      [
        ['Bon', 'Bonn'],
        ['-', 'Bonn'],
        ['bon', 'bon'],
        ['Bonn ', 'Bonn '],
      ],
    ),
  ],
  sentence: ({ canonical }, columns) => {
    const [first, ...others] = canonical;
    const values =
      first === undefined
        ? ''
        : others.length === 0
          ? ` of “${first.value}”`
          : ` of ${canonical.length} values`;
    return `Merge variants${values} in ${listColumns(columns)}`;
  },
  reads: () => [],
  rewrite(builder, { key, size, canonical, exceptions }, columns) {
    if (canonical.length === 0) return;
    const found = new Map<string, string>();
    for (const entry of entriesOf(canonical, { key, size }))
      if (entry.key !== null) found.set(entry.key, canonical[entry.cluster]?.value ?? entry.text);
    const table = { keys: 1, rows: [...found].map(([one, value]) => [one, value]) };
    for (const name of columns) {
      const value = builder.value(name);
      const keyed =
        key === 'exact'
          ? value
          : builder.lookup(
              'variant-key',
              { lowered: builder.bind(call('lower', [value])) },
              keyOptions(key, size),
            ).key;
      const { found: known, values } = builder.join([keyed], table);
      const stays = call('isOneOf', [value], { values: exceptions });
      const becomes = call('and', [known, call('not', [stays])]);
      builder.assign(name, call('choose', [becomes, values[0] ?? text(null), value]));
    }
  },
});
