import { type AnyOperation, operations } from '../../shared/operations/registry';

/** Where words are looked for; what is found in an earlier place comes first. */
const PLACES: readonly ((operation: AnyOperation) => string)[] = [
  ({ title, id }) => `${title} ${id}`,
  ({ title, id, also = '' }) => `${title} ${id} ${also}`,
  ({ title, id, also = '', summary, family }) => `${title} ${id} ${also} ${summary} ${family}`,
  ({ title, id, also = '', summary, family, documentation }) =>
    `${title} ${id} ${also} ${summary} ${family} ${documentation}`,
];

/** The operations in which all words are found: in their names first, in other words for them, then in what they say they do. */
export function searchOperations(words: string): readonly AnyOperation[] {
  const wanted = words.toLowerCase().trim();
  if (wanted === '') return operations;
  const isIn = (text: string) => wanted.split(/\s+/).every((word) => text.toLowerCase().includes(word));
  const rank = (operation: AnyOperation) => {
    if (operation.title.toLowerCase().startsWith(wanted) || operation.id.startsWith(wanted)) return -1;
    const place = PLACES.findIndex((text) => isIn(text(operation)));
    return place < 0 ? null : place;
  };
  return operations
    .flatMap((operation) => {
      const place = rank(operation);
      return place === null ? [] : [{ operation, place }];
    })
    .sort((a, b) => a.place - b.place)
    .map(({ operation }) => operation);
}
