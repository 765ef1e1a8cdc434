import { z } from 'zod';
import { text } from '../expression/expression';
import { call } from '../expression/primitives';
import { assignConverted, INVALID_WORDS, invalidField, invalidSchema } from './invalid';
import { cellExamples, listColumns, operation } from './operation';

const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const IPV4 = `\\A${OCTET}(?:\\.${OCTET}){3}\\z`;
const WORDS = { any: 'IP addresses', '4': 'IPv4 addresses', '6': 'IPv6 addresses' };

export const ipAddress = operation({
  id: 'ip-address',
  version: 1,
  title: 'Normalise IP addresses',
  family: 'People and contact',
  summary: 'Writes IP addresses in one form and finds what is none.',
  documentation:
    'White space around is removed. IPv4 is four decimal numbers up to 255; with leading zeros, which some programs ' +
    'read as octal, it is not valid. IPv6 is written as RFC 5952 says: in lower case, without leading zeros, the ' +
    'longest run of zeros as “::”. Zones, ports and prefix lengths are not valid.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters: z.strictObject({
    version: z.enum(['any', '4', '6']).default('any'),
    invalid: invalidSchema,
  }),
  form: [
    {
      name: 'version',
      label: 'Valid are',
      control: 'choice',
      choices: [
        { value: 'any', label: 'IPv4 and IPv6' },
        { value: '4', label: 'IPv4 only' },
        { value: '6', label: 'IPv6 only' },
      ],
    },
    invalidField,
  ],
  examples: [
    cellExamples('Both versions', { version: 'any', invalid: 'null' }, [
      [' 192.0.2.1\u00a0', '192.0.2.1'],
      ['192.0.2.256', null],
      ['192.0.02.1', null],
      ['2001:0DB8:0000:0000:0000:0000:0000:0001', '2001:db8::1'],
      ['2001:db8:0:1:0:0:0:1', '2001:db8:0:1::1'],
      ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
      ['::', '::'],
      ['1::', '1::'],
      ['::FFFF:192.0.2.1', '::ffff:192.0.2.1'],
      ['::ffff:c000:0201', '::ffff:192.0.2.1'],
      ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
      ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
      ['1:2:3:4:5:6:7:8::', null],
      ['1::2::3', null],
      [':1:2:3:4:5:6:7:8', null],
      ['fe80::1%eth0', null],
      ['2001:db8::/32', null],
      ['٢٠٠١::', null],
      ['', null],
      [null, null],
    ]),
    cellExamples('IPv4 only', { version: '4', invalid: 'reject' }, [
      ['10.0.0.1', '10.0.0.1'],
      ['::1', { left: 'rejected' }],
    ]),
    cellExamples('IPv6 only', { version: '6', invalid: 'keep' }, [
      ['10.0.0.1', '10.0.0.1'],
      ['0:0:0:0:0:0:0:1', '::1'],
    ]),
  ],
  sentence: ({ version, invalid }, columns) =>
    `Normalise ${WORDS[version]} in ${listColumns(columns)}${INVALID_WORDS[invalid]}`,
  reads: () => [],
  rewrite(builder, { version, invalid }, columns) {
    for (const name of columns) {
      const trimmed = builder.bind(call('trimWhiteSpace', [builder.value(name)], { sides: 'both' }));
      const isIpv4 = builder.bind(
        call('matches', [trimmed], { pattern: IPV4, sparkPattern: IPV4, longest: 15 }),
      );
      const reason = 'not an IP address';
      if (version === '4') {
        assignConverted(builder, name, { valid: isIpv4, converted: trimmed, invalid, reason });
        continue;
      }
      // Only what could be one is looked up.
      const short = call('atMost', [call('length', [trimmed])], { limit: 45 });
      const colons = call('and', [short, call('contains', [trimmed], { find: ':', position: 'anywhere' })]);
      const asked = builder.bind(call('choose', [colons, trimmed, text(null)]));
      const { address } = builder.lookup('ipv6', { address: asked }, {});
      const isIpv6 = call('not', [call('isNull', [address])]);
      const valid = builder.bind(version === 'any' ? call('or', [isIpv4, isIpv6]) : isIpv6);
      const converted = version === 'any' ? call('choose', [isIpv4, trimmed, address]) : address;
      assignConverted(builder, name, { valid, converted, invalid, reason });
    }
  },
});
