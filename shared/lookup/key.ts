import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { Fault } from '../contract/errors';

/** A secret text, whose UTF-8 bytes are the key. It is never in a rule set, a plan, a log or a report. */
export type Key = string;
/** Finds a key by its name, wherever this process keeps keys; null where it is not known. */
export type FindKey = (name: string) => Promise<Key | null>;

export const keyNameSchema = z.string().regex(/^[a-z][a-z0-9-]{0,49}$/, {
  error: 'must begin with a small letter and hold small letters, digits and - only, 50 at most',
});

/** A key that can be guessed hides nothing, and its check would tell when a guess is right. */
export const LEAST_KEY_BYTES = 16;
export const isLongEnough = (key: Key): boolean => utf8ToBytes(key).length >= LEAST_KEY_BYTES;

/** HMAC-SHA-256 of a text’s UTF-8 bytes, 64 lower-case hexadecimal digits. */
export const hmacDigest = (key: Key, text: string): string =>
  bytesToHex(hmac(sha256, utf8ToBytes(key), utf8ToBytes(text)));

/**
 * What proves which key is meant without telling it: the first 32 bits of the HMAC of a text of its own. A plan
 * carries it, so that production refuses another key than the preview’s.
 */
export const keyCheck = (key: Key): string => hmacDigest(key, 'dataharmonize/key-check').slice(0, 8);

const nothing = 'Nothing was written.';

export const missingKey = (name: string): Fault =>
  new Fault({
    code: 'key.missing',
    message: `The key “${name}” is not known here.`,
    unaffected: nothing,
    advice: `Enter it in the form of the step that needs it, or put it into the environment as ${environmentName(name)}.`,
    details: { key: name },
  });

export const shortKey = (name: string): Fault =>
  new Fault({
    code: 'key.short',
    message: `The key “${name}” has fewer than ${LEAST_KEY_BYTES} bytes: it could be guessed.`,
    unaffected: nothing,
    advice: 'Use a long random key, such as 64 hexadecimal digits.',
    details: { key: name },
  });

const wrongKey = (name: string): Fault =>
  new Fault({
    code: 'key.wrong',
    message: `The key “${name}” is not the one that these rules were previewed with.`,
    unaffected: nothing,
    advice: 'Enter the right key, or preview and review the rules again.',
    details: { key: name },
  });

/** `DATAHARMONIZE_KEY_CUSTOMERS` of the key “customers”. */
export const environmentName = (name: string, prefix = 'DATAHARMONIZE_KEY_'): string =>
  `${prefix}${name.toUpperCase().replaceAll('-', '_')}`;

/** The key of this name. Throws a Fault `key.missing`, `key.short`, or `key.wrong` where it does not fit the check. */
export async function requireKey(
  { name, check }: { name: string; check: string | undefined },
  find: FindKey,
): Promise<Key> {
  const key = await find(name);
  if (key === null) throw missingKey(name);
  if (!isLongEnough(key)) throw shortKey(name);
  if (check !== undefined && keyCheck(key) !== check) throw wrongKey(name);
  return key;
}
