import { LONGEST_SHAPE, SHAPE_CLASSES, SHAPE_GOES_ON, SHAPED_POINTS } from '../expression/shape-classes';

/** The mark of each code point that has one, by `SHAPE_CLASSES`. */
function marksOf(): (point: number) => string | undefined {
  const marks = SHAPE_CLASSES.map(({ mark }) => mark);
  // One more than the place of its class; zero for what stands as it is.
  const places = new Uint8Array(0x110000);
  for (const [place, { ranges }] of SHAPE_CLASSES.entries())
    for (const [first, last] of ranges) places.fill(place + 1, first, last + 1);
  return (point) => marks[(places[point] ?? 0) - 1];
}

let known: ReturnType<typeof marksOf> | undefined;

/**
 * The shape of a text, as the primitive `valueShape` has it on every engine: `Ann Lee` is `Aa Aa`,
 * `+1 (212) 555-0147` is `+9 (9) 9-9`.
 */
export function shapeOf(text: string): string {
  known ??= marksOf();
  let shape = '';
  let [points, length] = [0, 0];
  let before: string | undefined;
  for (const character of text) {
    if (points++ === SHAPED_POINTS || length > LONGEST_SHAPE) break;
    const mark = known(character.codePointAt(0) ?? 0);
    if (mark !== undefined && mark === before) continue;
    before = mark;
    shape += mark ?? character;
    length++;
  }
  if (length > LONGEST_SHAPE) return [...shape].slice(0, LONGEST_SHAPE).join('') + SHAPE_GOES_ON;
  return points > SHAPED_POINTS ? shape + SHAPE_GOES_ON : shape;
}
