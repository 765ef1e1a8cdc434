import {
  type FlatRecord,
  flattenJson,
  JSON_GAP as GAP,
  type JsonFault,
  JSON_NUMBER as NUMBER,
} from './flatten';

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
const PLAIN_VALUE = `(?:"([^"\\\\\\u0000-\\u001f]*)"|(${NUMBER}|true|false)|null)`;
const WIDEST_SHAPE = 200;

/** Matches texts with just these keys, in this order, none nested, whose strings hold no escape. */
function shapeOf(keys: readonly string[]): RegExp | null {
  if (keys.length === 0 || keys.length > WIDEST_SHAPE) return null;
  const members = keys.map((key) => `${GAP}"${escaped(key)}"${GAP}:${GAP}${PLAIN_VALUE}${GAP}`);
  return keys.some((key) => /[\\"\u0000-\u001f]/.test(key))
    ? null
    : new RegExp(`^${GAP}\\{${members.join(',')}\\}${GAP}$`);
}

/**
 * A reader of many records. It means the same as `flattenJson` and is several times faster where flat records have the
 * keys of the one before; it answers with the very same array of keys then.
 */
export function jsonRecordReader(): (text: string) => FlatRecord | JsonFault {
  let keys: readonly string[] = [];
  let shape: RegExp | null = null;
  return (text) => {
    const found = shape?.exec(text);
    if (found) {
      const values = keys.map((_, i) => found[2 * i + 1] ?? found[2 * i + 2] ?? null);
      return { keys, values };
    }
    const record = flattenJson(text);
    if (typeof record === 'string') return record;
    const same = record.keys.length === keys.length && record.keys.every((key, i) => key === keys[i]);
    if (same) return { keys, values: record.values };
    keys = record.keys;
    shape = shapeOf(keys);
    return record;
  };
}

/** Whether a line holds nothing but JSON’s white space. */
export const isBlankLine = (line: string): boolean => /^[ \t\r\n]*$/.test(line);
