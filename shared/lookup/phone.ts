import libphonenumber from 'google-libphonenumber';
import type { PhoneFormat, PhoneOptions } from './phone-options';
import { quickE164 } from './phone-quick';

const { PhoneNumberFormat, PhoneNumberUtil } = libphonenumber;
const util = PhoneNumberUtil.getInstance();

// The library compiles its patterns anew for every number, which takes more than half of its time.
const patterns = new Map<string, RegExp>();
const matchesEntirely = (pattern: RegExp | string, number: string): boolean => {
  const source = typeof pattern === 'string' ? pattern : pattern.source;
  let whole = patterns.get(source);
  if (whole === undefined) {
    whole = new RegExp(`^(?:${source})$`, 'i');
    patterns.set(source, whole);
  }
  return whole.exec(number)?.[0].length === number.length;
};
Object.assign(PhoneNumberUtil, { matchesEntirely });

const FORMATS: Record<PhoneFormat, number> = {
  e164: PhoneNumberFormat.E164,
  international: PhoneNumberFormat.INTERNATIONAL,
  national: PhoneNumberFormat.NATIONAL,
  rfc3966: PhoneNumberFormat.RFC3966,
};

export type PhoneAnswer = { readonly number: string | null; readonly extension: string | null };
const NONE: PhoneAnswer = Object.freeze({ number: null, extension: null });

/** Regions that the library supports. */
export const supportedRegions = (): readonly string[] => util.getSupportedRegions();

/**
 * The number in the stated format and its extension; nulls where it is not a valid number. Never throws.
 * @param region ISO 3166-1 code for numbers without a country code
 */
export function answerPhone(
  number: string | null,
  region: string | null,
  options: PhoneOptions,
): PhoneAnswer {
  if (number === null) return NONE;
  if (options.format === 'e164') {
    const quick = quickE164(number, region);
    if (quick !== undefined) return quick === null ? NONE : { number: quick, extension: null };
  }
  return askLibrary(number, region, options);
}

/** The same by the library alone. */
export function askLibrary(
  number: string,
  region: string | null,
  { format, extension: wanted }: PhoneOptions,
): PhoneAnswer {
  try {
    const parsed = util.parse(number, region ?? undefined);
    if (!util.isValidNumber(parsed)) return NONE;
    const extension = parsed.getExtension() || null;
    if (wanted === 'drop') parsed.clearExtension();
    const written = util.format(parsed, FORMATS[format]);
    // E.164 has no place for an extension.
    const suffix = format === 'e164' && wanted === 'keep' && extension !== null ? ` ext. ${extension}` : '';
    return { number: written + suffix, extension };
  } catch {
    return NONE;
  }
}
