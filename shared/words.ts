const grouped = new Intl.NumberFormat('en-GB');

/** `17311` as `17,311`. */
export const count = (n: number): string => grouped.format(n);

/** `1 row`, `2 rows`. */
export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${count(n)} ${n === 1 ? one : many}`;
