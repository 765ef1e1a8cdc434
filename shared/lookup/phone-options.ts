export const PHONE_FORMATS = ['e164', 'international', 'national', 'rfc3966'] as const;
export type PhoneFormat = (typeof PHONE_FORMATS)[number];

/** What a phone lookup answers: the number in this format, with its extension or without. */
export type PhoneOptions = { readonly format: PhoneFormat; readonly extension: 'drop' | 'keep' };

/** Versions of libphonenumber's metadata that answer alike; the plan records it and every engine checks it. */
export const PHONE_METADATA_VERSION = '9.0.40';
