import { type KeyOptions, keyOfLowered, keyOptions, keyOptionsSchema } from '../variants/key';
import { lookup } from './lookup';

export const variantKeyLookup = lookup<'lowered', 'key', KeyOptions>({
  id: 'variant-key',
  meaning: 'What a lower-case text has in common with its variants; null where nothing is left to compare.',
  inputs: ['lowered'],
  outputs: ['key'],
  options: keyOptionsSchema,
  heavy: false,
  async load() {
    return ([lowered = null], options) => [lowered === null ? null : keyOfLowered(lowered, options)];
  },
  samples: [
    keyOptions('fingerprint', 2),
    keyOptions('ngram', 1),
    keyOptions('ngram', 2),
    keyOptions('ngram', 3),
    keyOptions('cologne', 2),
    keyOptions('soundex', 2),
  ],
});
