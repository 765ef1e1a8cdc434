const { raw } = String;

/** Elements of JSON arrays, well and badly written. */
export const ELEMENT_TEXTS: readonly string[] = [
  ...['null', 'true', 'false', '0', '-0', '1.0', '1e5', '-1.50E+3', '12345678901234567890123', '1e400'],
  ...[
    '""',
    '" "',
    '"a"',
    '"null"',
    '"[1]"',
    '"a/b"',
    '"/"',
    '"~"',
    '"~0"',
    '"~01"',
    '"~1"',
    '"~2"',
    '"~~2/"',
  ],
  ...['"é"', '"e\u0301"', '"😀"', '"\ufeff"', '"\u2028"', '"\u007f"', '"\u00a0"', '"],["', '"\',\'"'],
  ...[raw`"\""`, raw`"\\"`, raw`"\\\""`, raw`"\/\b\f\n\r\t"`, raw`"\u0000"`, raw`"\u007e2"`, raw`"\u002f"`],
  ...[raw`"\ud83d\ude00"`, raw`"\uD83D\uDE00"`, raw`"\ud83d"`, raw`"\ude00\ud83d"`, raw`"\ud83d\\ude00"`],
  ...[
    '{}',
    '[]',
    '{"sku": "x"}',
    '{"a":1,"a":2}',
    '{"":[{"b":"]"}]}',
    '[ 1 , [ 2 ] ]',
    raw`{"a":"\ud83d/~1"}`,
  ],
  ...[
    '',
    '01',
    '1.',
    '.5',
    '+1',
    '-',
    '1e',
    '0x1',
    'NaN',
    '-Infinity',
    'None',
    'True',
    'a',
    "'a'",
    '"a',
    '{a:1}',
  ],
  ...[
    '{"a"}',
    '{"a":1,}',
    '[1,]',
    '"\t"',
    '"\n"',
    '"\0"',
    raw`"\x41"`,
    raw`"\u12"`,
    raw`"\u 123"`,
    raw`"\u١٢٣٤"`,
  ],
  ...['1 2', '1:2', '// a', '/* a */ 1', '\u00a01', '\ufeff1', '\u000b1', '１', '٣'],
];

/** Texts that are JSON arrays, or nearly. */
export const ARRAY_TEXTS: readonly string[] = [
  ...[
    '[]',
    ' [ ] ',
    '[null]',
    '[""]',
    '["a","b"]',
    '["a/b", "~1", "~2"]',
    '[1.0,\n-0,\t1e5 ,true]',
    '[[],{}]',
  ],
  ...[
    '[{"sku":"x"},{"sku":"y"}]',
    raw`["\u00e9\ud83d\ude00","\"\\\/"]`,
    raw`["\u0000","a"]`,
    raw`["a","\ud83d"]`,
  ],
  ...['["a",]', "['a']", '["a"', '["a"]]', '[1 2]', '\ufeff["a"]', '["a"]\u00a0', '[01]', '[NaN]', '["\t"]'],
];

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const many = (count: number, element: string) => `[${Array(count).fill(element).join(', ')}]`;

/** Long arrays, and such at the bounds of depth and of how many elements there may be. */
export const LONG_ARRAYS: readonly string[] = [
  ...[nested(100), nested(101), `["${'['.repeat(200)}", ${nested(99)}]`, nested(5000), '['.repeat(5000)],
  ...[`["${'é'.repeat(100_000)}"]`, `["${raw`\u00e9/~`.repeat(12_500)}", 1]`, `["${'a'.repeat(100_000)}`],
  ...[`[${'9'.repeat(100_000)}]`, `[${' '.repeat(100_000)}1]`, `["${raw`\\`.repeat(100_000)}"]`],
  ...[many(1000, '"é"'), many(1001, '"é"'), `${many(1001, '1')}]`, many(1001, raw`"\ud83d"`), many(1001, '')],
];
