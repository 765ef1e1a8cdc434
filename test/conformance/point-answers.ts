/** Answers for code points as engines tell them: `POINT:HEX,…` in order, with UTF-8 in hex, or `null`. */
export type PointAnswers = string;

/** Those answers one by one. */
export const answersOf = (told: PointAnswers): [point: number, hex: string | null][] =>
  told === ''
    ? []
    : told.split(',').map((one) => {
        const [point, hex] = one.split(':');
        return [Number(point), hex === 'null' ? null : (hex ?? null)];
      });
