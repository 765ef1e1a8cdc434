/** Parameters of a step that maps values to others, whatever their letter case and the white space around them. */
export const mapping = (
  pairs: readonly (readonly [from: string, to: string])[],
): Record<string, unknown> => ({
  map: pairs.map(([from, to]) => ({ from, to })),
  otherwise: 'keep',
  ignoreCase: true,
  trim: true,
});
