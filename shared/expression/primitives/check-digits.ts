import { operand, primitive } from '../primitive';

/** Longest text a check digit is computed for; no identifier is longer. */
const LONGEST = 64;
const LETTERS_AND_DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Whether a text is written in an alphabet of ASCII letters and digits, and not too long. */
const fits = (alphabet: string) => `\\A[${alphabet}]{1,${LONGEST}}\\z`;

type Weighted = {
  /** The value of a character is its place in the alphabet, from 0. ASCII letters and digits. */
  alphabet: string;
  /** Not negative; repeated as often as the text needs. */
  weights: readonly number[];
  from: 'start' | 'end';
  /** Whether the digits of each product are added up, as Luhn does; products are under 100. */
  digitSums: boolean;
  modulus: number;
};

export const weightedRemainder = primitive<Weighted>({
  takes: ['text'],
  returns: 'integer',
  nulls: 'propagates',
  meaning:
    'The remainder of the sum of each character’s value times its weight; -1 where a character is not in the ' +
    'alphabet, or for none, or over 64 of them.',
  duckdb: ({ operands, constants: { alphabet, weights, from, digitSums, modulus }, quote }) => {
    const value = operand(operands, 0);
    const place = from === 'start' ? 'i - 1' : `length(${value}) - i`;
    const weight = `([${weights.map(quote.integer).join(', ')}])[(${place}) % ${weights.length} + 1]`;
    const product = `(${weight} * (instr(${quote.text(alphabet)}, substring(${value}, i, 1)) - 1))`;
    const term = digitSums ? `(${product} // 10 + ${product} % 10)` : product;
    return (
      `CASE WHEN regexp_matches(${value}, ${quote.text(fits(alphabet))}) THEN ` +
      `list_reduce(list_transform(range(1, length(${value}) + 1), lambda i: ${term}), lambda a, b: a + b) ` +
      `% ${quote.integer(modulus)} WHEN ${value} IS NULL THEN NULL ELSE -1 END`
    );
  },
  // sequence(1, 0) counts down in Spark; the pattern keeps empty text away from it.
  spark: ({ operands, constants: { alphabet, weights, from, digitSums, modulus }, quote }) => {
    const value = operand(operands, 0);
    const place = from === 'start' ? 'i - 1' : `length(${value}) - i`;
    const weight = `element_at(array(${weights.map(quote.integer).join(', ')}), (${place}) % ${weights.length} + 1)`;
    const product = `(${weight} * (instr(${quote.text(alphabet)}, substring(${value}, i, 1)) - 1))`;
    const term = digitSums ? `(${product} DIV 10 + ${product} % 10)` : `CAST(${product} AS BIGINT)`;
    return (
      `CASE WHEN ${value} RLIKE ${quote.text(fits(alphabet))} THEN ` +
      `aggregate(sequence(1, length(${value})), CAST(0 AS BIGINT), (a, i) -> a + ${term}) ` +
      `% ${quote.integer(modulus)} WHEN ${value} IS NULL THEN NULL ELSE -1 END`
    );
  },
  samples: [
    { alphabet: '0123456789', weights: [1, 2], from: 'end', digitSums: true, modulus: 10 },
    { alphabet: '0123456789X', weights: [10, 9, 8, 7], from: 'start', digitSums: false, modulus: 11 },
    {
      alphabet: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
      weights: [10_000_000, 1],
      from: 'end',
      digitSums: false,
      modulus: 97,
    },
  ],
});

export const decimalRemainder = primitive<{ modulus: number; moved: number }>({
  takes: ['text'],
  returns: 'integer',
  nulls: 'propagates',
  meaning:
    'The remainder of the text read as one decimal number, A for 10 to Z for 35, after its first characters were ' +
    'moved to the end; -1 where there is another character, or none, or over 64 of them.',
  duckdb: ({ operands, constants, quote }) => {
    const value = operand(operands, 0);
    const moved = `(i - 1 + ${quote.integer(constants.moved)}) % length(${value}) + 1`;
    const places = `instr(${quote.text(LETTERS_AND_DIGITS)}, substring(${value}, ${moved}, 1)) - 1`;
    return (
      `CASE WHEN regexp_matches(${value}, ${quote.text(fits(LETTERS_AND_DIGITS))}) THEN ` +
      `list_reduce(list_transform(range(1, length(${value}) + 1), lambda i: ${places}), ` +
      `lambda a, b: (a * CASE WHEN b > 9 THEN 100 ELSE 10 END + b) % ${quote.integer(constants.modulus)}, ` +
      `CAST(0 AS BIGINT)) WHEN ${value} IS NULL THEN NULL ELSE -1 END`
    );
  },
  spark: ({ operands, constants, quote }) => {
    const value = operand(operands, 0);
    const moved = `(i - 1 + ${quote.integer(constants.moved)}) % length(${value}) + 1`;
    const place = `(instr(${quote.text(LETTERS_AND_DIGITS)}, substring(${value}, ${moved}, 1)) - 1)`;
    return (
      `CASE WHEN ${value} RLIKE ${quote.text(fits(LETTERS_AND_DIGITS))} THEN ` +
      `aggregate(sequence(1, length(${value})), CAST(0 AS BIGINT), (a, i) -> ` +
      `(a * CASE WHEN ${place} > 9 THEN 100 ELSE 10 END + ${place}) % ${quote.integer(constants.modulus)}) ` +
      `WHEN ${value} IS NULL THEN NULL ELSE -1 END`
    );
  },
  samples: [
    { modulus: 97, moved: 0 },
    { modulus: 97, moved: 4 },
    { modulus: 7, moved: 1 },
  ],
});

export const hybridRemainder = primitive<Record<string, never>>({
  takes: ['text'],
  returns: 'integer',
  nulls: 'propagates',
  meaning:
    'What ISO 7064’s MOD 11,10 comes to over all digits: 2 where the last is the check digit of the others; -1 ' +
    'where a character is no ASCII digit, or for none, or over 64 of them.',
  duckdb: ({ operands, quote }) => {
    const value = operand(operands, 0);
    const digits = `list_transform(range(1, length(${value}) + 1), lambda i: instr('0123456789', substring(${value}, i, 1)) - 1)`;
    const sum = '((a + b) % 10)';
    return (
      `CASE WHEN regexp_matches(${value}, ${quote.text(fits('0123456789'))}) THEN list_reduce(${digits}, ` +
      `lambda a, b: (CASE WHEN ${sum} = 0 THEN 10 ELSE ${sum} END * 2) % 11, CAST(10 AS BIGINT)) ` +
      `WHEN ${value} IS NULL THEN NULL ELSE -1 END`
    );
  },
  spark: ({ operands, quote }) => {
    const value = operand(operands, 0);
    const sum = `((a + instr('0123456789', substring(${value}, i, 1)) - 1) % 10)`;
    return (
      `CASE WHEN ${value} RLIKE ${quote.text(fits('0123456789'))} THEN aggregate(sequence(1, length(${value})), ` +
      `CAST(10 AS BIGINT), (a, i) -> (CASE WHEN ${sum} = 0 THEN 10 ELSE ${sum} END * 2) % 11) ` +
      `WHEN ${value} IS NULL THEN NULL ELSE -1 END`
    );
  },
  samples: [{}],
});
