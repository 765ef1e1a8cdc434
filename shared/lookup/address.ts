import { type AddressOptions, addressOptionsSchema, answerAddress } from '../people/address';
import { addressOptions } from '../people/tables';
import { lookup } from './lookup';

export const addressLookup = lookup<'address' | 'lowered' | 'raised', 'address', AddressOptions>({
  id: 'address',
  meaning: 'An address in the told letter case, its street and unit words abbreviated or in full.',
  inputs: ['address', 'lowered', 'raised'],
  outputs: ['address'],
  options: addressOptionsSchema,
  heavy: false,
  async load() {
    return ([address = null, lowered = null, raised = null], options) => [
      address === null ? null : answerAddress(address, lowered, raised, options),
    ];
  },
  samples: [
    addressOptions('repair', 'abbreviated', 'english'),
    addressOptions('always', 'full', 'english'),
    addressOptions('upper', 'abbreviated', 'english'),
    addressOptions('keep', 'full', 'english'),
    addressOptions('repair', 'full', 'german'),
    addressOptions('keep', 'abbreviated', 'german'),
  ],
});
