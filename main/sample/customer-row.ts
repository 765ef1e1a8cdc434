import { dayOf, dottedDay, isoDay, slashedDay } from './calendar';
import { COUNTRIES, type Country } from './countries';
import {
  capitalised,
  type Dirt,
  type DirtKind,
  lower,
  type Rates,
  type Recase,
  soil,
  upperOrLower,
} from './dirt';
import { asciiLetters, FAMILY_NAMES, GIVEN_NAMES, MAIL_DOMAINS, NOTES, TEST_DOMAIN } from './people';
import { drawPhone, e164, invalidPhone, type PhoneNumber, writePhone } from './phones';
import { type Random, weighted } from './random';

export const CUSTOMER_COLUMNS = [
  'customer_id',
  'full name',
  'e-mail',
  'phone',
  'country',
  'city',
  'postal code',
  'birth date',
  'signup date',
  'segment',
  'newsletter',
  'notes',
] as const;
export type CustomerColumn = (typeof CUSTOMER_COLUMNS)[number];

/** Who a customer is, before anyone typed it in. */
export type Person = {
  readonly name: string;
  readonly email: string;
  readonly test: boolean;
  readonly country: Country;
  readonly city: string;
  readonly postalCode: string;
  readonly phone: PhoneNumber;
  readonly born: number;
};

/** A row as written. Without a usable e-mail address the starter rule set rejects it. */
export type CustomerCells = {
  readonly values: readonly (string | null)[];
  readonly dirt: readonly Dirt[];
  readonly usableEmail: boolean;
};

const RATES: Record<CustomerColumn, Rates> = {
  customer_id: {},
  'full name': {
    'null-token': 0.006,
    null: 0.004,
    'letter-case': 0.05,
    'inner-white-space': 0.03,
    'invisible-character': 0.008,
    'outer-white-space': 0.06,
  },
  'e-mail': {
    null: 0.012,
    'empty-text': 0.004,
    'null-token': 0.012,
    'white-space-only': 0.002,
    'letter-case': 0.09,
    'outer-white-space': 0.04,
  },
  phone: {
    null: 0.03,
    'empty-text': 0.005,
    'null-token': 0.02,
    'white-space-only': 0.002,
    'outer-white-space': 0.03,
  },
  country: { null: 0.01, 'letter-case': 0.05, 'outer-white-space': 0.03 },
  city: {
    null: 0.02,
    'null-token': 0.01,
    'letter-case': 0.05,
    'inner-white-space': 0.03,
    'invisible-character': 0.004,
    'outer-white-space': 0.03,
  },
  'postal code': { null: 0.03, 'empty-text': 0.004, 'null-token': 0.01, 'outer-white-space': 0.02 },
  'birth date': { null: 0.08, 'null-token': 0.01, 'outer-white-space': 0.005 },
  'signup date': { null: 0.003, 'outer-white-space': 0.01 },
  segment: { null: 0.1, 'null-token': 0.01, 'letter-case': 0.04, 'outer-white-space': 0.01 },
  newsletter: { null: 0.05, 'outer-white-space': 0.005 },
  notes: {
    'null-token': 0.01,
    'white-space-only': 0.004,
    'inner-white-space': 0.04,
    'invisible-character': 0.01,
    'outer-white-space': 0.03,
  },
};
const TEST_RATES: Rates = { 'letter-case': 0.2 };
const RECASE: Partial<Record<CustomerColumn, Recase>> = {
  'e-mail': (value, random) =>
    random.chance(0.4)
      ? value.toUpperCase()
      : value.replace(/^[a-z]|[.@][a-z]/g, (start) => start.toUpperCase()),
  country: lower,
  segment: (value, random) => (random.chance(0.5) ? capitalised(value, random) : value.toUpperCase()),
};

const drawCountry = weighted(COUNTRIES.map((country) => [country, country.weight] as const));
const drawSegment = weighted([
  ['consumer', 70],
  ['business', 18],
  ['education', 7],
  ['public', 5],
]);
const drawYes = weighted([
  ['yes', 40],
  ['no', 45],
  ['y', 3],
  ['n', 3],
  ['TRUE', 3],
  ['FALSE', 2],
  ['1', 2],
  ['0', 2],
]);
const UNKNOWN_COUNTRIES = ['XX', 'UK', 'EN', 'Germany', 'USA'];
const BORN_FROM = dayOf(1935, 1, 1);
const BORN_TO = dayOf(2008, 1, 1);

/** A new person; `number` makes the e-mail address the only one of its kind. */
export function drawPerson(random: Random, number: number): Person {
  const country = drawCountry(random);
  const given = random.pick(GIVEN_NAMES);
  const family = random.pick(FAMILY_NAMES);
  const test = random.chance(0.005);
  const local = `${asciiLetters(given)}.${asciiLetters(family)}${number}`;
  return {
    name: test ? `Test Account ${number}` : `${given} ${family}`,
    email: test ? `robot${number}@${TEST_DOMAIN}` : `${local}@${random.pick(MAIL_DOMAINS)}`,
    test,
    country,
    city: random.pick(country.cities),
    postalCode: country.postalCode.replace(/[#@]/g, (mark) =>
      mark === '#' ? String(random.below(10)) : 'ABCDEFGHJKLMNPRSTUWY'.charAt(random.below(20)),
    ),
    phone: drawPhone(random, country),
    born: BORN_FROM + random.below(BORN_TO - BORN_FROM),
  };
}

function brokenEmail(random: Random, email: string): string {
  const [local, domain] = email.split('@') as [string, string];
  return random.pick([
    local + domain,
    `${local}@`,
    `@${domain}`,
    `${local}@@${domain}`,
    `${local.replace('.', ' ')}@${domain}`,
    `${local}@${domain.replace('.', ',')}`,
    `${local}@${domain.replace('.', '..')}`,
  ]);
}

const GONE: readonly DirtKind[] = ['null', 'empty-text', 'null-token', 'white-space-only'];
const isGone = (kinds: readonly DirtKind[]) => kinds.some((kind) => GONE.includes(kind));

type Cell = { readonly value: string | null; readonly kinds: readonly DirtKind[] };

function dateCell(random: Random, born: number): Cell {
  const roll = random.next();
  if (roll < 0.05) return { value: dottedDay(born), kinds: ['other-date-format'] };
  if (roll < 0.08) return { value: slashedDay(born), kinds: ['other-date-format'] };
  if (roll < 0.084) return { value: `${isoDay(born).slice(0, 4)}-02-30`, kinds: ['impossible-date'] };
  if (roll < 0.088) return { value: random.pick(['1900-01-01', '2099-12-31']), kinds: ['implausible-date'] };
  return { value: isoDay(born), kinds: [] };
}

function phoneCell(random: Random, { phone }: Person, regionKnown: boolean): Cell {
  if (random.chance(0.05)) return { value: invalidPhone(random), kinds: ['invalid-phone'] };
  const { text, extension, otherDigits } = writePhone(random, phone, regionKnown);
  const kinds: DirtKind[] = text === e164(phone) ? [] : ['phone-format'];
  if (extension) kinds.push('phone-extension');
  if (otherDigits) kinds.push('other-digits');
  return { value: text, kinds };
}

/** The cells of a person's row, as dirty as they come. `again` where the person signs up another time. */
export function writeCustomer(
  random: Random,
  person: Person,
  { id, signup, again }: { id: string; signup: number; again: boolean },
): CustomerCells {
  const values: (string | null)[] = [];
  const dirt: Dirt[] = [];
  const add = (
    column: CustomerColumn,
    clean: string | null,
    rates: Rates = RATES[column],
  ): readonly DirtKind[] => {
    const at = values.length;
    const kinds: DirtKind[] = [];
    values.push(
      clean === null
        ? null
        : soil(random, clean, rates, (kind) => kinds.push(kind), RECASE[column] ?? upperOrLower),
    );
    for (const kind of kinds) dirt.push([at, kind]);
    return kinds;
  };
  const addCell = (column: CustomerColumn, { value, kinds }: Cell): void => {
    const at = values.length;
    const common = add(column, value);
    if (!isGone(common)) for (const kind of kinds) dirt.push([at, kind]);
  };

  add('customer_id', id);
  add('full name', person.name, person.test ? TEST_RATES : RATES['full name']);
  const broken = !person.test && random.chance(0.015);
  const emailRates = { ...RATES['e-mail'], 'letter-case': broken ? 0 : again ? 0.5 : 0.09 };
  const email = add(
    'e-mail',
    broken ? brokenEmail(random, person.email) : person.email,
    person.test ? TEST_RATES : emailRates,
  );
  const usableEmail = !broken && !isGone(email);
  if (broken && !isGone(email)) dirt.push([2, 'invalid-email']);

  const unknown = random.chance(0.006);
  const countryMissing = !unknown && random.chance(RATES.country.null ?? 0);
  addCell('phone', phoneCell(random, person, !unknown && !countryMissing));
  if (unknown) {
    dirt.push([values.length, 'unknown-country']);
    values.push(random.pick(UNKNOWN_COUNTRIES));
  } else if (countryMissing) {
    dirt.push([values.length, 'null']);
    values.push(null);
  } else {
    add('country', person.country.code, { ...RATES.country, null: 0 });
  }
  add('city', person.city);
  add('postal code', person.postalCode);
  addCell('birth date', dateCell(random, person.born));
  add('signup date', isoDay(signup), again ? {} : RATES['signup date']);
  add('segment', drawSegment(random));
  const newsletter = drawYes(random);
  addCell('newsletter', {
    value: newsletter,
    kinds: newsletter === 'yes' || newsletter === 'no' ? [] : ['other-boolean'],
  });
  if (random.chance(0.7)) {
    dirt.push([values.length, 'null']);
    values.push(null);
  } else add('notes', random.pick(NOTES));
  if (person.test) dirt.push([null, 'test-account']);
  return { values, dirt, usableEmail };
}
