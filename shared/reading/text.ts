/** The one column of a file of lines. A line is text, even an empty one; a carriage return before its end is no part. */
export const TEXT_COLUMN = 'line';
