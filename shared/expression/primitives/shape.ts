import { isAscii } from '../ascii';
import { classBody, javaClass } from '../characters';
import { operand, primitive } from '../primitive';
import { LONGEST_SHAPE, SHAPE_CLASSES, SHAPE_GOES_ON, SHAPED_POINTS } from '../shape-classes';

const IN_ASCII = [
  ['[0-9]+', '9'],
  ['[A-Z]+', 'A'],
  ['[a-z]+', 'a'],
] as const;
const DUCKDB_CLASSES = SHAPE_CLASSES.map(({ mark, ranges }) => [`[${classBody(ranges)}]+`, mark] as const);
const SPARK_CLASSES = SHAPE_CLASSES.map(({ mark, ranges }) => [`${javaClass(ranges)}+`, mark] as const);
const TOO_LONG = `(?s)\\A(.{${LONGEST_SHAPE}}).+\\z`;

type Pairs = readonly (readonly [pattern: string, mark: string])[];

export const valueShape = primitive<Record<string, never>>({
  takes: ['text'],
  returns: 'text',
  nulls: 'propagates',
  meaning:
    'The shape of a text: each run of digits as 9, of Latin letters as A or a, of letters of other scripts as Ж, ж ' +
    'or 字, of lone accents as ◌; all else as it is. Of a text over 1,000 characters, and of a shape over 100, the ' +
    'beginning and an ellipsis.',
  // Classes of hundreds of ranges are slow, and most texts are ASCII; a short text has no long shape.
  duckdb: ({ operands, quote }) => {
    const value = operand(operands, 0);
    const marked = (text: string, pairs: Pairs) =>
      pairs.reduce(
        (sql, [pattern, mark]) => `regexp_replace(${sql}, ${quote.text(pattern)}, ${quote.text(mark)}, 'g')`,
        text,
      );
    const shape = (text: string) =>
      `CASE WHEN ${isAscii(text)} THEN ${marked(text, IN_ASCII)} ELSE ${marked(text, DUCKDB_CLASSES)} END`;
    const beginning = `left(${value}, ${quote.integer(SHAPED_POINTS)})`;
    const goesOn = `CASE WHEN length(${value}) > ${quote.integer(SHAPED_POINTS)} THEN ${quote.text(SHAPE_GOES_ON)} ELSE '' END`;
    const cut = `regexp_replace((${shape(beginning)}) || (${goesOn}), ${quote.text(TOO_LONG)}, ${quote.text(`\\1${SHAPE_GOES_ON}`)})`;
    return `CASE WHEN length(${value}) <= ${quote.integer(LONGEST_SHAPE)} THEN ${shape(value)} ELSE ${cut} END`;
  },
  spark: ({ operands, quote }) => {
    const value = operand(operands, 0);
    const marked = (text: string, pairs: Pairs) =>
      pairs.reduce(
        (sql, [pattern, mark]) => `regexp_replace(${sql}, ${quote.text(pattern)}, ${quote.text(mark)})`,
        text,
      );
    const shape = (text: string) =>
      `CASE WHEN length(${text}) = octet_length(${text}) THEN ${marked(text, IN_ASCII)} ELSE ${marked(text, SPARK_CLASSES)} END`;
    const beginning = `left(${value}, ${quote.integer(SHAPED_POINTS)})`;
    const goesOn = `CASE WHEN length(${value}) > ${quote.integer(SHAPED_POINTS)} THEN ${quote.text(SHAPE_GOES_ON)} ELSE '' END`;
    const cut = `regexp_replace(concat(${shape(beginning)}, ${goesOn}), ${quote.text(TOO_LONG)}, ${quote.text(`$1${SHAPE_GOES_ON}`)})`;
    return `CASE WHEN length(${value}) <= ${quote.integer(LONGEST_SHAPE)} THEN ${shape(value)} ELSE ${cut} END`;
  },
  samples: [{}],
});
