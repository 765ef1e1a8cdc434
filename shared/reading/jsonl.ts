/**
 * The one definition of a readable JSON Lines record: one flat object a line (RFC 8259), with no key twice, no empty
 * key and no half of a surrogate pair. Its cells are text: strings as they are, numbers, booleans and nested values
 * as they stand in the source, null and missing keys as null.
 */
export type JsonRecord = {
  readonly keys: readonly string[];
  readonly values: readonly (string | null)[];
};

export const JSON_FAULTS = ['syntax', 'object', 'duplicate', 'key', 'surrogate'] as const;
export type JsonFault = (typeof JSON_FAULTS)[number];

export const JSON_FAULT_WORDS: Record<JsonFault, string> = {
  syntax: 'not valid JSON',
  object: 'not a JSON object',
  duplicate: 'a key that stands there twice',
  key: 'an empty key',
  surrogate: 'half of a surrogate pair',
};

const STRING = '"((?:[^"\\\\\\u0000-\\u001f]|\\\\(?:["\\\\/bfnrt]|u[0-9a-fA-F]{4}))*)"';
const NUMBER = '-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?';
const GAP = '[ \\t\\n\\r]*';
// Groups: key, string, number or boolean, null, what opens a nested value, what follows.
const MEMBER = new RegExp(
  `${GAP}${STRING}${GAP}:${GAP}(?:${STRING}|(${NUMBER}|true|false)|(null)|([[{]))${GAP}([,}]?)`,
  'y',
);
const OPEN = new RegExp(`${GAP}\\{`, 'y');
const CLOSE = new RegExp(`${GAP}\\}${GAP}$`, 'y');
const REST = new RegExp(`${GAP}$`, 'y');
const AFTER_NESTED = new RegExp(`${GAP}([,}])`, 'y');
const HALF = /\p{Surrogate}/u;

const unescaped = (text: string): string => (text.includes('\\') ? JSON.parse(`"${text}"`) : text);

/** Offset after the nested value that begins at `at`, or -1. */
function endOfNested(line: string, at: number): number {
  let depth = 0;
  for (let i = at; i < line.length; i++) {
    const character = line[i];
    if (character === '"') {
      for (i++; i < line.length && line[i] !== '"'; i++) if (line[i] === '\\') i++;
    } else if (character === '[' || character === '{') depth++;
    else if ((character === ']' || character === '}') && --depth === 0) return i + 1;
  }
  return -1;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const kindOfFault = (line: string): JsonFault =>
  !line.trimStart().startsWith('{') && isJson(line) ? 'object' : 'syntax';

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Reads one line. A line of nothing but white space is no record; ask `isBlankLine` before. */
export function parseJsonRecord(line: string): JsonRecord | JsonFault {
  const open = matchAt(OPEN, line, 0);
  if (!open) return kindOfFault(line);
  const keys: string[] = [];
  const values: (string | null)[] = [];
  let at = open[0].length;
  if (matchAt(CLOSE, line, at)) return { keys, values };
  for (;;) {
    const member = matchAt(MEMBER, line, at);
    if (!member) return 'syntax';
    const [whole, key = '', string, plain, , nested, follows = ''] = member;
    let next: string = follows;
    at += whole.length;
    keys.push(unescaped(key));
    if (nested !== undefined) {
      // The bracket is the last character matched, apart from white space after it.
      const begin = line.lastIndexOf(nested, at - 1);
      const end = endOfNested(line, begin);
      const text = end < 0 ? '' : line.slice(begin, end);
      const after = end < 0 ? null : matchAt(AFTER_NESTED, line, end);
      if (!after || !isJson(text)) return 'syntax';
      values.push(text);
      next = after[1] ?? '';
      at = end + after[0].length;
    } else values.push(string !== undefined ? unescaped(string) : (plain ?? null));
    if (next === '}') break;
    if (next !== ',') return 'syntax';
  }
  if (!matchAt(REST, line, at)) return 'syntax';
  if (keys.includes('')) return 'key';
  if (new Set(keys).size !== keys.length) return 'duplicate';
  if (line.includes('\\u') && [...keys, ...values].some((text) => text !== null && HALF.test(text)))
    return 'surrogate';
  return { keys, values };
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
const PLAIN_VALUE = `(?:"([^"\\\\\\u0000-\\u001f]*)"|(${NUMBER}|true|false)|null)`;
const WIDEST_SHAPE = 200;

/** Matches lines with just these keys, in this order, whose strings hold no escape. */
function shapeOf(keys: readonly string[]): RegExp | null {
  if (keys.length === 0 || keys.length > WIDEST_SHAPE) return null;
  const members = keys.map((key) => `${GAP}"${escaped(key)}"${GAP}:${GAP}${PLAIN_VALUE}${GAP}`);
  return keys.some((key) => /[\\"\u0000-\u001f]/.test(key))
    ? null
    : new RegExp(`^${GAP}\\{${members.join(',')}\\}${GAP}$`);
}

/**
 * A reader of many lines. It means the same as `parseJsonRecord` and is several times faster where lines have the
 * keys of the line before.
 */
export function jsonRecordReader(): (line: string) => JsonRecord | JsonFault {
  let keys: readonly string[] = [];
  let shape: RegExp | null = null;
  return (line) => {
    const found = shape?.exec(line);
    if (found) {
      const values = keys.map((_, i) => found[2 * i + 1] ?? found[2 * i + 2] ?? null);
      return { keys, values };
    }
    const record = parseJsonRecord(line);
    if (typeof record === 'string') return record;
    const same = record.keys.length === keys.length && record.keys.every((key, i) => key === keys[i]);
    if (same) return record;
    keys = record.keys;
    shape = shapeOf(keys);
    return record;
  };
}

/** Whether a line holds nothing but JSON’s white space. */
export const isBlankLine = (line: string): boolean => /^[ \t\r\n]*$/.test(line);
