import { z } from 'zod';
import { lookup } from './lookup';

export const ipv6Lookup = lookup<'address', 'address', Record<string, never>>({
  id: 'ipv6',
  meaning: 'An IPv6 address in the form of RFC 5952; null where the text is none.',
  inputs: ['address'],
  outputs: ['address'],
  options: z.strictObject({}),
  heavy: false,
  async load() {
    const { canonicalIpv6 } = await import('../reference/ipv6');
    return ([address = null]) => [address === null ? null : canonicalIpv6(address)];
  },
  samples: [{}],
});
