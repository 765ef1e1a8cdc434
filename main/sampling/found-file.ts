import type { Connector, Entry } from '../../shared/ports/connector';

/** A file of a source as it was found when drawing began. `size` in bytes. */
export type FoundFile = Pick<Entry, 'path' | 'size' | 'modified'> & {
  readonly connector: Connector;
  readonly signal?: AbortSignal | undefined;
};

/** A file's bytes, taken to be those that were found: when all is read, `assertSame` asks whether they still are. */
export const openFound = (
  { connector, path, size, modified, signal }: FoundFile,
  range: { readonly offset?: number; readonly length?: number } = {},
): AsyncIterable<Uint8Array> =>
  connector.open(path, { ...range, of: { size, modified }, assumed: true, signal });

/** A part of a file, in bytes. */
export async function bytesOf(file: FoundFile, offset: number, length: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of openFound(file, { offset, length })) parts.push(part.slice());
  return Buffer.concat(parts);
}

const AT_ONCE = 6;

/** Does a work for each of some items, a few at a time; answers in their order. */
export async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < items.length; i = next++) results[i] = await work(items[i] as T);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
  return results;
}
