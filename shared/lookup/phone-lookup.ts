import { z } from 'zod';
import { lookup } from './lookup';
import { PHONE_FORMATS, PHONE_METADATA_VERSION, type PhoneOptions } from './phone-options';

export const phoneLookup = lookup<'number' | 'region', 'number' | 'extension', PhoneOptions>({
  id: 'phone',
  meaning: 'The number in a format and its extension; nulls where it is not a valid number.',
  inputs: ['number', 'region'],
  outputs: ['number', 'extension'],
  options: z.strictObject({ format: z.enum(PHONE_FORMATS), extension: z.enum(['drop', 'keep']) }),
  heavy: true,
  library: { name: 'libphonenumber-metadata', job: 'phonenumbers', version: PHONE_METADATA_VERSION },
  async load() {
    const { answerPhone } = await import('./phone');
    return ([number = null, region = null], options) => {
      const answer = answerPhone(number, region, options);
      return [answer.number, answer.extension];
    };
  },
  samples: PHONE_FORMATS.flatMap((format) => [
    { format, extension: 'keep' as const },
    { format, extension: 'drop' as const },
  ]),
});
