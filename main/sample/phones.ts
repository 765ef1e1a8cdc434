import type { Country } from './countries';
import { type Random, weighted } from './random';

/** A number that is judged valid; `groups` are its digits without country code or trunk prefix. */
export type PhoneNumber = { readonly country: Country; readonly groups: readonly string[] };
/** A number as someone typed it. */
export type WrittenPhone = {
  readonly text: string;
  readonly extension?: boolean;
  readonly otherDigits?: boolean;
};

const digit = (random: Random) => String(random.below(10));

/** A number from a range that is reserved for fiction. */
export function drawPhone(random: Random, country: Country): PhoneNumber {
  const template = random.pick(country.numbers);
  const digits = template.replace(/[A#]/g, (mark) =>
    mark === 'A' ? random.pick(country.areas) : digit(random),
  );
  return { country, groups: digits.split(' ') };
}

export const e164 = ({ country, groups }: PhoneNumber): string => `+${country.callingCode}${groups.join('')}`;

type Style = (number: PhoneNumber, random: Random) => WrittenPhone;

const within = ({ country, groups }: PhoneNumber, separator: string) =>
  country.trunk + groups.join(separator);
const abroad = ({ country, groups }: PhoneNumber, separator: string) =>
  [`+${country.callingCode}`, ...groups].join(separator);

const parenthesised: Style = ({ country, groups: [area, ...rest] }) => ({
  text: `(${country.trunk}${area}) ${rest.join('-')}`,
});
const otherScript =
  (zero: number): Style =>
  (number) => ({
    text: within(number, ' ').replace(/[0-9]/g, (one) => String.fromCodePoint(zero + Number(one))),
    otherDigits: true,
  });
const bothPrefixes: Style = (number) => ({
  text: number.country.trunk === '' ? abroad(number, '-') : abroad(number, ' ').replace(' ', ' (0)'),
});
const extended: Style = (number, random) => ({
  text: `${abroad(number, ' ')}${random.pick([' ext. ', ' x', ' #'])}${10 + random.below(90)}`,
  extension: true,
});

const international: readonly (readonly [Style, number])[] = [
  [(number) => ({ text: e164(number) }), 14],
  [(number) => ({ text: abroad(number, ' ') }), 14],
  [(number) => ({ text: abroad(number, '.') }), 4],
  [(number) => ({ text: `tel:${abroad(number, '-')}` }), 1],
  [bothPrefixes, 4],
  [extended, 2],
];
const national: readonly (readonly [Style, number])[] = [
  [(number) => ({ text: within(number, ' ') }), 20],
  [(number) => ({ text: within(number, '-') }), 10],
  [(number) => ({ text: within(number, '.') }), 6],
  [(number) => ({ text: within(number, '/') }), 1],
  [(number) => ({ text: within(number, '') }), 10],
  [parenthesised, 9],
  [({ country, groups }) => ({ text: [country.exit, country.callingCode, ...groups].join(' ') }), 5],
  [otherScript(0xff10), 0.8],
  [otherScript(0x0660), 0.5],
  [otherScript(0x0966), 0.2],
];
const anyStyle = weighted([...international, ...national]);
const internationalStyle = weighted(international);

/** Writes a number in one of many ways; `regionKnown` tells whether the row's country makes it readable at home. */
export const writePhone = (random: Random, number: PhoneNumber, regionKnown: boolean): WrittenPhone =>
  (regionKnown ? anyStyle : internationalStyle)(random)(number, random);

/** Not numbers in any region. Those after the first five are kept for fiction, but libphonenumber knows of no such range. */
const INVALID = [
  'call me',
  'see notes',
  '123',
  '+1 212 555',
  '+999 12 34 56 78',
  '+44 7700 900###',
  '+44 1632 960###',
  '+353 20 912 ####',
  '+33 6 39 98 ## ##',
];

/** Something in place of a number that no region accepts. */
export const invalidPhone = (random: Random): string =>
  random.pick(INVALID).replace(/#/g, () => digit(random));
