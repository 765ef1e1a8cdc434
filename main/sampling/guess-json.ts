import { type DialectOf, usualDialect } from '../../shared/document/dialect';
import { documentSplitter } from '../../shared/reading/json-document';

type JsonGuess = { readonly dialect: DialectOf<'json' | 'jsonl'>; readonly notes: readonly string[] };

const TOKEN = /"((?:[^"\\]|\\.)*)"|[[\]{}:,]|[^\s[\]{}:,"]+/gs;

/** The path of keys to the first array of objects in a document, or null where its start shows none. */
function pathOfRecords(text: string): string | null {
  const keys: string[] = [];
  let [last, afterList] = ['', false];
  const path: (string | null)[] = [];
  for (const [token, string] of text.matchAll(TOKEN)) {
    if (afterList && token === '{') return path.includes(null) ? null : path.join('.');
    afterList = false;
    if (string !== undefined) last = string;
    else if (token === ':') keys.push(last);
    else if (token === '{' || token === '[') {
      const key = keys.pop();
      if (key !== undefined) path.push(key);
      else if (path.length > 0) path.push(null);
      if (token === '[') afterList = true;
    } else if (token === '}' || token === ']') path.pop();
    else if (token === ',') keys.length = 0;
  }
  return null;
}

const isObjectLine = (line: string): boolean => {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
};

/**
 * Guesses whether a text is JSON: lines with an object each, or a document with an array of them.
 * @param start its first bytes, as UTF-8
 */
export function guessJson(start: Uint8Array, whole: boolean): JsonGuess | null {
  const text = Buffer.from(start)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  const first = text.trimStart()[0];
  if (!/^\s*(?:\{|\[\s*[{\]])/.test(text)) return null;
  if (first === '{') {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    const complete = whole ? lines : lines.slice(0, -1);
    const objects = complete.filter(isObjectLine).length;
    const alone = whole && lines.length === 1 && pathOfRecords(text) !== null;
    if (!alone && (objects > complete.length / 2 || (complete.length === 0 && !whole)))
      return { dialect: usualDialect('jsonl'), notes: [] };
  }
  const records = first === '[' ? '' : pathOfRecords(text);
  if (records === null) return null;
  let found = 0;
  documentSplitter(records, () => found++).push(start);
  const where = records === '' ? 'the document is an array' : `an array stands at “${records}”`;
  return {
    dialect: { ...usualDialect('json'), records },
    notes: [`Its records: ${where}${found > 0 ? '' : ', whose first record is long'}.`],
  };
}
