import { z } from 'zod';
import { call } from '../expression/primitives';
import { ADDRESS_CASINGS } from '../people/address';
import { ADDRESS_LANGUAGES, ADDRESS_STYLES, addressOptions } from '../people/tables';
import { cellExamples, listColumns, operation } from './operation';

const STYLE_WORDS = { keep: '', abbreviated: 'abbreviated', full: 'in full' };
const CASING_WORDS = {
  keep: '',
  repair: 'letter case repaired',
  always: 'in mixed case',
  upper: 'in capitals',
};

export const address = operation({
  id: 'address',
  version: 1,
  title: 'Normalise street addresses',
  family: 'People and contact',
  summary: 'Abbreviates street and unit words, or writes them in full, and repairs letter case.',
  documentation:
    'White space is removed around and collapsed within, line breaks included. English words follow USPS Publication ' +
    '28: what a street is called by (Street, Avenue) at the end of the street, directions before and after its name, ' +
    'units before their number (Apartment 5), and post office boxes (“PO Box 7”). The street ends at a comma or a ' +
    'unit, so give one cell a line, or commas: in “12 Court Street” only Street is changed, and in “12 Main Street ' +
    'Springfield” nothing. In German, “str.” and “strasse” at the end of a word become “straße” or “str.”. Mixed case ' +
    'keeps house numbers, units, and states before a ZIP code in capitals. Whether a letter would arrive is not tested.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 20 },
  parameters: z.strictObject({
    style: z.enum(ADDRESS_STYLES).default('abbreviated'),
    casing: z.enum(ADDRESS_CASINGS).default('repair'),
    language: z.enum(ADDRESS_LANGUAGES).default('english'),
  }),
  form: [
    {
      name: 'style',
      label: 'Street and unit words',
      control: 'choice',
      choices: [
        { value: 'abbreviated', label: 'Abbreviated (St, Apt)' },
        { value: 'full', label: 'In full (Street, Apartment)' },
        { value: 'keep', label: 'Keep them' },
      ],
    },
    {
      name: 'casing',
      label: 'Letter case',
      control: 'choice',
      choices: [
        { value: 'repair', label: 'Repair addresses in one case only' },
        { value: 'always', label: 'Mixed case for all' },
        { value: 'upper', label: 'Capitals' },
        { value: 'keep', label: 'Keep it' },
      ],
    },
    {
      name: 'language',
      label: 'Language',
      control: 'choice',
      choices: [
        { value: 'english', label: 'English' },
        { value: 'german', label: 'German' },
      ],
    },
  ],
  examples: [
    cellExamples('Abbreviated', {}, [
      [
        '12  NORTH MAIN STREET, APARTMENT 5B, SPRINGFIELD, IL 62701',
        '12 N Main St, Apt 5B, Springfield, IL 62701',
      ],
      ['p.o. box 77', 'PO Box 77'],
      ['100 Court Street Southwest Suite 200', '100 Court St SW Ste 200'],
      ['12 North St.', '12 North St'],
      ['1 st. mary\u2019s road', '1 St. Mary\u2019s Rd'],
      ['22ND FLOOR, 7 AVENUE OF THE AMERICAS', '22nd Floor, 7 Avenue of the Americas'],
      ['Ohio', 'Ohio'],
      ['', ''],
      [null, null],
    ]),
    cellExamples('In full', { style: 'full', casing: 'always' }, [
      ['12 n main st, apt #4', '12 North Main Street, Apartment #4'],
      ['5 OLD MILL LN NW', '5 Old Mill Lane Northwest'],
      ['9 MCDONALD AVE. STE B', '9 McDonald Avenue Suite B'],
    ]),
    cellExamples('In capitals', { casing: 'upper' }, [
      ['12 North Main Street, Apartment b', '12 N MAIN ST, APT B'],
    ]),
    cellExamples('German', { language: 'german', style: 'full' }, [
      ['HAUPTSTR. 5', 'Hauptstra\u00dfe 5'],
      ['Karl-Marx-Str. 12b', 'Karl-Marx-Stra\u00dfe 12b'],
      ['Berliner Strasse 1', 'Berliner Stra\u00dfe 1'],
      ['am markt 3', 'Am Markt 3'],
    ]),
  ],
  sentence: ({ style, casing }, columns) =>
    [`Addresses in ${listColumns(columns)}`, STYLE_WORDS[style], CASING_WORDS[casing]]
      .filter((one) => one !== '')
      .join(', '),
  reads: () => [],
  rewrite(builder, { style, casing, language }, columns) {
    const options = addressOptions(casing, style, language);
    for (const name of columns) {
      const trimmed = call('trimWhiteSpace', [builder.value(name)], { sides: 'both' });
      const address = builder.bind(call('collapseWhiteSpace', [trimmed]));
      const lowered = builder.bind(call('lower', [address]));
      const raised = builder.bind(call('upper', [address]));
      builder.assign(name, builder.lookup('address', { address, lowered, raised }, options).address);
    }
  },
});
