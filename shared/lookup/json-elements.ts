import { z } from 'zod';
import { arrayElements } from '../reading/array-elements';
import { lookup } from './lookup';

/**
 * How the elements of an array stand in one text: joined by a slash, which an element itself has as ~1, and ~ as ~0,
 * as in a JSON Pointer (RFC 6901). ~2, which no text becomes, is a missing element.
 */
export const ELEMENT_SEPARATOR = '/';
export const NO_ELEMENT = '~2';
/** What to put back in an element, in this order. */
export const ELEMENT_ESCAPES = [
  { find: '~1', replacement: '/' },
  { find: '~0', replacement: '~' },
] as const;

const escaped = (element: string | null): string =>
  element === null ? NO_ELEMENT : element.replaceAll('~', '~0').replaceAll('/', '~1');

/** Why a text has no elements: it is no array that can be read, or one of too many elements. */
export type ElementsFault = 'array' | 'many';
type Options = { readonly most: number };

function answerElements(text: string, { most }: Options): [string, null] | [null, ElementsFault] {
  const elements = arrayElements(text);
  if (elements === null) return [null, 'array'];
  if (elements.length > most) return [null, 'many'];
  return [elements.length === 0 ? NO_ELEMENT : elements.map(escaped).join(ELEMENT_SEPARATOR), null];
}

export const jsonElementsLookup = lookup<'text', 'elements' | 'fault', Options>({
  id: 'json-elements',
  meaning:
    'The elements of a JSON array, escaped and joined, an empty array’s as one that is missing; without any, the reason.',
  inputs: ['text'],
  outputs: ['elements', 'fault'],
  options: z.strictObject({ most: z.int().min(1) }),
  heavy: false,
  async load() {
    return ([text = null], options) => (text === null ? [null, null] : answerElements(text, options));
  },
  samples: [{ most: 1000 }, { most: 2 }],
});
