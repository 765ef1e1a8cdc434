import { isLike, isMostly } from './detecting';
import type { Detector, Look } from './suggestion';

const POINT = '[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\\.[0-9]+)?';
const COMMA = '[+-]?(?:[0-9]+|[0-9]{1,3}(?:\\.[0-9]{3})+)(?:,[0-9]+)?';

/** Which sign parts the decimals: that of most cells that have any. */
export async function decimalOf(look: Look): Promise<'.' | ','> {
  const { point, comma } = await look.count({
    point: isLike(look.trimmed, '.*[0-9]\\.[0-9]{1,2}[^0-9]*|.*,[0-9]{3}\\.[0-9]+'),
    comma: isLike(look.trimmed, '.*[0-9],[0-9]{1,2}[^0-9]*|.*\\.[0-9]{3},[0-9]+'),
  });
  return comma > point ? ',' : '.';
}

/** Decimals that most cells are written with, where they agree. */
async function scaleOf(look: Look): Promise<number | null> {
  for (const scale of [1, 2, 3, 4])
    if (await isMostly(look, isLike(look.trimmed, `.*[.,][0-9]{${scale}}`))) return scale;
  return null;
}

export const number: Detector = {
  kind: 'number',
  operations: ['parse-number'],
  async detect(look) {
    // A code in digits that begins with a zero is no number.
    if (await isMostly(look, isLike(look.trimmed, '0[0-9]+'), 0.01)) return [];
    // Nor is one of seven digits and more after a plus: it is dialled.
    if (await isMostly(look, isLike(look.trimmed, '\\+[1-9][0-9]{6,14}'), 0.5)) return [];
    if (!(await isMostly(look, isLike(look.trimmed, `(?:${POINT})|(?:${COMMA})`), 0.8))) return [];
    const decimal = await decimalOf(look);
    const scale = await scaleOf(look);
    return [
      {
        operation: 'parse-number',
        columns: [look.column],
        parameters: {
          decimal,
          grouping: decimal === '.' ? ',' : '.',
          ...(scale !== null && { scale }),
          invalid: 'keep',
        },
        wrong: 'are not plain numbers with a point',
        cannotBe: 'read as a number',
        remarks: [`Most decimals are written with a ${decimal === '.' ? 'point' : 'comma'}.`],
      },
    ];
  },
};
