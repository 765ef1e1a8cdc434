import libphonenumber from 'google-libphonenumber';

/** What of a description of numbers decides. Without lengths every length is possible. */
type Description = {
  possibleLengthArray(): number[];
  possibleLengthLocalOnlyArray(): number[];
  getNationalNumberPatternOrDefault(): string;
};
const KINDS = [
  'getFixedLine',
  'getMobile',
  'getTollFree',
  'getPremiumRate',
  'getSharedCost',
  'getVoip',
  'getPersonalNumber',
  'getPager',
  'getUan',
  'getVoicemail',
] as const;
type Metadata = Record<(typeof KINDS)[number], () => Description> & {
  getGeneralDesc(): Description;
  getCountryCodeOrDefault(): number;
  getInternationalPrefix(): string | null;
  getNationalPrefixForParsing(): string | null;
  getNationalPrefixTransformRule(): string | null;
  hasLeadingDigits(): boolean;
  getLeadingDigits(): string;
};
/** What the library has beside what its types tell. */
type Util = {
  getMetadataForRegion(region: string): Metadata | null;
  getRegionCodesForCountryCode(code: number): string[];
};
const util = libphonenumber.PhoneNumberUtil.getInstance() as unknown as Util;

/** Numbers that a description fits: of a possible length, and its pattern from end to end. */
type Fits = (number: string) => boolean;

function fitting(description: Description): Fits {
  const lengths = new Set(description.possibleLengthArray());
  const whole = new RegExp(`^(?:${description.getNationalNumberPatternOrDefault()})$`);
  return (number) => (lengths.size === 0 || lengths.has(number.length)) && whole.test(number);
}

type Region = {
  readonly code: number;
  readonly international: RegExp;
  readonly prefix: RegExp | null;
  /** Whether what the prefix holds may be written otherwise in the number. */
  readonly rewrites: boolean;
  readonly general: RegExp;
  readonly lengths: ReadonlySet<number>;
  readonly leading: RegExp | null;
  readonly isGeneral: Fits;
  readonly kinds: readonly Fits[];
};

function readRegion(metadata: Metadata): Region {
  const general = metadata.getGeneralDesc();
  const prefix = metadata.getNationalPrefixForParsing();
  const localOnly = new Set(general.possibleLengthLocalOnlyArray());
  return {
    code: metadata.getCountryCodeOrDefault(),
    international: new RegExp(`^(?:${metadata.getInternationalPrefix() ?? 'NonMatch'})`),
    prefix: prefix ? new RegExp(`^(?:${prefix})`) : null,
    rewrites: Boolean(metadata.getNationalPrefixTransformRule()),
    general: new RegExp(`^(?:${general.getNationalNumberPatternOrDefault()})$`),
    lengths: new Set(general.possibleLengthArray().filter((length) => !localOnly.has(length))),
    leading: metadata.hasLeadingDigits() ? new RegExp(`^(?:${metadata.getLeadingDigits()})`) : null,
    isGeneral: fitting(general),
    kinds: KINDS.map((kind) => fitting(metadata[kind]())),
  };
}

const regions = new Map<string, Region | null>();
function regionOf(name: string): Region | null {
  let region = regions.get(name);
  if (region === undefined) {
    const metadata = /^[A-Z]{2}$/.test(name) ? util.getMetadataForRegion(name) : null;
    region = metadata && readRegion(metadata);
    regions.set(name, region);
  }
  return region;
}

const byCode = new Map<number, readonly Region[]>();
/** The regions of a country code, the main one first; none for codes of no country. */
function regionsOf(code: number): readonly Region[] {
  let found = byCode.get(code);
  if (!found) {
    found = util
      .getRegionCodesForCountryCode(code)
      .map(regionOf)
      .filter((one) => one !== null);
    byCode.set(code, found);
  }
  return found;
}

const isKnown = (number: string, { isGeneral, kinds }: Region): boolean =>
  isGeneral(number) && kinds.some((fits) => fits(number));

function isValid(number: string, all: readonly Region[]): boolean {
  const [only] = all;
  if (all.length === 1 && only) return isKnown(number, only);
  for (const region of all) {
    if (region.leading) {
      if (region.leading.test(number)) return isKnown(number, region);
    } else if (isKnown(number, region)) return true;
  }
  return false;
}

/** A national number, and the regions it may belong to: that whose prefix it may have first. */
type Parts = { readonly all: readonly Region[]; readonly national: string };

/** Digits after a plus sign, or what stands for one. */
function international(digits: string): Parts | undefined {
  if (digits.length <= 2 || digits.startsWith('0')) return undefined;
  for (let length = 1; length <= 3; length++) {
    const all = regionsOf(Number(digits.slice(0, length)));
    if (all.length > 0) return { all, national: digits.slice(length) };
  }
  return undefined;
}

function partsOf(digits: string, plus: boolean, name: string | null): Parts | undefined {
  if (plus) return international(digits);
  const region = name === null ? null : regionOf(name);
  if (!region) return undefined;
  const called = region.international.exec(digits)?.[0].length;
  if (called !== undefined && digits[called] !== '0') return international(digits.slice(called));
  const all = regionsOf(region.code);
  const code = String(region.code);
  if (!digits.startsWith(code)) return { all: [region, ...all], national: digits };
  const without = digits.slice(code.length);
  const sure = !region.general.test(digits) && region.general.test(without) && !region.prefix?.test(without);
  return sure ? { all, national: without } : undefined;
}

/** The number without the prefix it has within its country. Undefined where it takes more to tell. */
function withoutPrefix(national: string, region: Region): string | undefined {
  const found = region.prefix?.exec(national);
  if (!found) return national;
  if (region.rewrites) return undefined;
  const rest = national.slice(found[0].length);
  if (region.general.test(national) && !region.general.test(rest)) return national;
  return region.lengths.has(rest.length) ? rest : undefined;
}

const PLAIN = /^[ ()./-]*\+?[0-9][0-9 ()./-]*$/;
const LONGEST = 50;

/**
 * The number in E.164 where that can be told from its digits alone, as nearly all numbers are written: null where it
 * is not valid, undefined where only the library can tell. The same steps as the library’s, with patterns that are
 * compiled once and without those for extensions, letters and other scripts; tests compare the two.
 */
export function quickE164(number: string, region: string | null): string | null | undefined {
  if (number.length > LONGEST || !PLAIN.test(number)) return undefined;
  const digits = number.replace(/[^0-9]+/g, '');
  // Of two digits the library asks how they are parted.
  if (digits.length < 3) return undefined;
  const parts = partsOf(digits, number.includes('+'), region);
  const [main] = parts?.all ?? [];
  if (!parts || !main || parts.national.length < 2) return undefined;
  const national = withoutPrefix(parts.national, main);
  // Longer ones lose digits as numbers.
  if (national === undefined || national.length < 2 || national.length > 15) return undefined;
  return isValid(national, regionsOf(main.code)) ? `+${main.code}${national}` : null;
}
