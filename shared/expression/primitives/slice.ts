import { operand, primitive } from '../primitive';

type Slice = {
  from: 'start' | 'end';
  /** Characters to leave out at that side. */
  skip: number;
  /** Characters to take from there on; all that are left where negative. */
  take: number;
};

// Neither engine's substring() is asked for a place before the text: they count on in two ways.
const sliceOf = ([value]: readonly string[], { from, skip, take }: Slice, integer: (n: number) => string) => {
  if (from === 'start')
    return take < 0
      ? `substring(${value}, ${integer(skip + 1)})`
      : `substring(${value}, ${integer(skip + 1)}, ${integer(take)})`;
  const kept = `greatest(length(${value}) - ${integer(skip)}, 0)`;
  if (take < 0) return `substring(${value}, 1, ${kept})`;
  const start = `greatest(length(${value}) - ${integer(skip)} - ${integer(take)}, 0)`;
  return `substring(${value}, ${start} + 1, ${kept} - ${start})`;
};

export const slice = primitive<Slice>({
  takes: ['text'],
  returns: 'text',
  nulls: 'propagates',
  meaning:
    'The characters of the text from a side on: so many left out, so many taken, in their order; fewer, or none, ' +
    'where the text is shorter.',
  duckdb: ({ operands, constants, quote }) => sliceOf([operand(operands, 0)], constants, quote.integer),
  spark: ({ operands, constants, quote }) => sliceOf([operand(operands, 0)], constants, quote.integer),
  samples: [
    { from: 'start', skip: 0, take: 2 },
    { from: 'start', skip: 3, take: -1 },
    { from: 'start', skip: 1, take: 0 },
    { from: 'end', skip: 0, take: 3 },
    { from: 'end', skip: 2, take: -1 },
    { from: 'end', skip: 2, take: 4 },
  ],
});
