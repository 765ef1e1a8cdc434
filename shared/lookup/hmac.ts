import { z } from 'zod';
import { hmacDigest, keyNameSchema } from './key';
import { lookup } from './lookup';

export type HmacOptions = {
  /** Name of the key. */
  readonly key: string;
  /** keyCheck() of the key that is meant; told in plans that are carried out. */
  readonly check?: string | undefined;
};

/** A key for examples and tests, known to all. */
export const EXAMPLE_KEY = { name: 'example', key: 'a key that everybody knows' };

export const hmacLookup = lookup<'text', 'digest', HmacOptions>({
  id: 'hmac',
  meaning: 'HMAC-SHA-256 of the text’s UTF-8 bytes under a secret key, 64 lower-case hexadecimal digits.',
  inputs: ['text'],
  outputs: ['digest'],
  options: z.strictObject({ key: keyNameSchema, check: z.string().optional() }),
  heavy: false,
  key: ({ key, check }) => ({ name: key, check }),
  async load(key) {
    if (key === null) throw new TypeError('A digest under a key needs a key.');
    return ([text = null]) => [text === null ? null : hmacDigest(key, text)];
  },
  samples: [{ key: EXAMPLE_KEY.name }],
});
