import { z } from 'zod';

const MOST = 8;
const keyOf = (connection: string) => `dataharmonize.places.${connection}`;
const schema = z.array(z.string());

/** The folders of a connection from which something was chosen last, newest first. */
export function lastPlaces(connection: string): readonly string[] {
  try {
    return schema.parse(JSON.parse(localStorage.getItem(keyOf(connection)) ?? '[]'));
  } catch {
    return [];
  }
}

/** Remembers a folder in this window's storage. */
export function rememberPlace(connection: string, path: string): void {
  const places = [path, ...lastPlaces(connection).filter((place) => place !== path)].slice(0, MOST);
  localStorage.setItem(keyOf(connection), JSON.stringify(places));
}
