import type { PlanBuilder } from '../compile/builder';
import type { PlanTable } from '../compile/plan';
import { lowercaseTable, mapCase } from '../expression/case-table';
import type { ColumnReference, Expression } from '../expression/expression';
import { call } from '../expression/primitives';
import { COUNTRIES, type Country } from '../reference/countries';
import type { Scope } from './operation';
import { classOf } from './text/character-classes';

type CountryParameters = {
  readonly country?: string | undefined;
  readonly countryColumn?: string | undefined;
};

/** The scope of a step whose country may come from another column of the row. */
export const countryScope = ({ countryColumn }: CountryParameters): Scope =>
  countryColumn === undefined ? 'cell' : 'row';

/** Whether such a step has a country at all, and what is wrong where it has none. */
export const hasCountry = ({ country, countryColumn }: CountryParameters): boolean =>
  country !== undefined || countryColumn !== undefined;
export const NO_COUNTRY = { path: ['country'], error: 'choose a country, or the column that holds it' };

/** What names of places are compared without, beside letter case and white space. */
const IGNORED: readonly string[] = [
  '.',
  ',',
  "'",
  '\u2019',
  '`',
  '-',
  '\u2010',
  '\u2011',
  '\u2013',
  '(',
  ')',
  '&',
  '/',
  '*',
];

/** A name as it is compared; the same as nameKeyOf() on every engine. */
export function nameKey(builder: PlanBuilder, value: Expression): Expression {
  const ignored = classOf({ which: ['white-space'], custom: IGNORED.join('') }, false);
  return call('removeCharacters', [builder.bind(call('lower', [value]))], ignored);
}

/** The same for the names of a table, which hold no white space but spaces. */
export function nameKeyOf(name: string): string {
  return [' ', ...IGNORED].reduce(
    (before, find) => before.replaceAll(find, ''),
    mapCase(name, lowercaseTable),
  );
}

/** The keys under which a name is found: also without accents, and without its “and”. */
export function nameKeysOf(name: string): readonly string[] {
  const plain = (text: string) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '');
  const spellings = [name, name.replaceAll(' and ', ' ').replaceAll('\u00df', 'ss')];
  return [...new Set(spellings.flatMap((one) => [one, plain(one)]).map(nameKeyOf))];
}

/** A table of keys and one value each; of names with the same key the first counts. */
export function namesTable(entries: Iterable<readonly [key: string, value: string]>): PlanTable {
  const found = new Map<string, string>();
  for (const [key, value] of entries) if (key !== '' && !found.has(key)) found.set(key, value);
  return { keys: 1, rows: [...found] };
}

const tables = new Map<keyof Omit<Country, 'others'>, PlanTable>();

function countryTable(to: keyof Omit<Country, 'others'>): PlanTable {
  let table = tables.get(to);
  if (!table) {
    const first = COUNTRIES.flatMap((one) =>
      [one.alpha2, one.alpha3, one.name].flatMap(nameKeysOf).map((key) => [key, one[to]] as const),
    );
    const others = COUNTRIES.flatMap((one) =>
      one.others.flatMap(nameKeysOf).map((key) => [key, one[to]] as const),
    );
    table = namesTable([...first, ...others]);
    tables.set(to, table);
  }
  return table;
}

/** The country that a text names, by code or name, in the stated form; null where it names none. */
export function findCountry(
  builder: PlanBuilder,
  value: Expression,
  to: 'alpha2' | 'alpha3' | 'name',
): { found: ColumnReference; country: ColumnReference } {
  const { found, values } = builder.join([builder.bind(nameKey(builder, value))], countryTable(to));
  return { found, country: values[0] as ColumnReference };
}
