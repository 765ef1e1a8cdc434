/** Shapes of a column that are listed; one that has more is free text, and its shapes are not covered. */
export const MOST_SHAPES = 1000;
/** Rows that a scan for shapes brings along at most: one for each shape. */
export const MOST_EXAMPLES = 20_000;
/** Fields of a topic's messages that are read; each becomes a column. */
export const MOST_COLUMNS = 10_000;
