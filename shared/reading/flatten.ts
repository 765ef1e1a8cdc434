/**
 * The one definition of how a JSON object becomes a row, whatever carried it: a line of a file, an element of an
 * array, a message. `shared/messages/examples.json` holds cases that every language's reader is tested by.
 *
 * - A nested object's members become columns by path: `{"a": {"b": 1}}` has the column `a.b`. An empty object is kept
 *   as the text `{}`, an array as it stands in the source.
 * - Strings are decoded; numbers, `true` and `false` are kept as they stand in the source; `null` is null.
 * - Refused, the first of these that is true naming the fault: brackets nested deeper than `DEEPEST` (those within
 *   quotes don't count, whether or not the text is JSON otherwise); not JSON by RFC 8259; not an object; an empty key;
 *   a key twice in one object, or two members with one path (`{"a.b": 1, "a": {"b": 2}}`); half of a surrogate pair in
 *   a key or a string. What stands within arrays must be JSON, and is not looked at otherwise.
 */
export type FlatRecord = {
  /** Paths in the order of the text, each once. */
  readonly keys: readonly string[];
  readonly values: readonly (string | null)[];
};

/** Brackets in brackets that are read, the record's own among them. */
export const DEEPEST = 100;

export const JSON_FAULTS = ['depth', 'syntax', 'object', 'key', 'duplicate', 'surrogate'] as const;
export type JsonFault = (typeof JSON_FAULTS)[number];

export const JSON_FAULT_WORDS: Readonly<Record<JsonFault, string>> = {
  depth: `nested more than ${DEEPEST} deep`,
  syntax: 'not valid JSON',
  object: 'not a JSON object',
  key: 'an empty key',
  duplicate: 'a key that stands there twice',
  surrogate: 'half of a surrogate pair',
};

const STRING = '"((?:[^"\\\\\\u0000-\\u001f]|\\\\(?:["\\\\/bfnrt]|u[0-9a-fA-F]{4}))*)"';
export const JSON_NUMBER = '-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?';
export const JSON_GAP = '[ \\t\\n\\r]*';
const OPEN = new RegExp(`${JSON_GAP}\\{`, 'y');
const CLOSE = new RegExp(`${JSON_GAP}\\}`, 'y');
const REST = new RegExp(`${JSON_GAP}$`, 'y');
// Groups: key, string, number or boolean, null, what opens a nested value.
const MEMBER = new RegExp(
  `${JSON_GAP}${STRING}${JSON_GAP}:${JSON_GAP}(?:${STRING}|(${JSON_NUMBER}|true|false)|(null)|([[{]))`,
  'y',
);
const FOLLOWS = new RegExp(`${JSON_GAP}([,}])`, 'y');
// The same for strings that are too long for a pattern.
const QUOTE = new RegExp(`${JSON_GAP}"`, 'y');
const COLON = new RegExp(`${JSON_GAP}:${JSON_GAP}`, 'y');
const UNQUOTED = new RegExp(`(${JSON_NUMBER}|true|false)|(null)|([[{])`, 'y');
const HALF = /\p{Surrogate}/u;

const unescaped = (text: string): string => (text.includes('\\') ? JSON.parse(`"${text}"`) : text);

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Offset of the quote that ends what a quote at `at` begins, or -1. */
export function endOfQuoted(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5c) i++;
    else if (code === 0x22) return i;
  }
  return -1;
}

function isTooDeep(text: string): boolean {
  let [depth, quotes] = [0, true];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x22 && quotes) {
      const end = endOfQuoted(text, i);
      // Where one does not end, no other one does.
      if (end < 0) quotes = false;
      else i = end;
    } else if (code === 0x5b || code === 0x7b) depth++;
    else if (code === 0x5d || code === 0x7d) depth--;
    if (depth > DEEPEST) return true;
  }
  return false;
}

/** Offset after the array that begins at `at`, or -1 where it does not end. */
function endOfArray(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    const character = text[i];
    if (character === '"') {
      const end = endOfQuoted(text, i);
      if (end < 0) return -1;
      i = end;
    } else if (character === '[') depth++;
    else if (character === ']' && --depth === 0) return i + 1;
  }
  return -1;
}

/** Whether a text is JSON by RFC 8259. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A string at `at`, its text as it stands there, or null. */
function longString(text: string, at: number): { raw: string; end: number } | null {
  const open = matchAt(QUOTE, text, at);
  if (!open) return null;
  const start = at + open[0].length;
  const end = endOfQuoted(text, start - 1);
  return end >= 0 && isJson(text.slice(start - 1, end + 1))
    ? { raw: text.slice(start, end), end: end + 1 }
    : null;
}

/** As MEMBER matches. */
function longMember(text: string, at: number): (string | undefined)[] | null {
  const key = longString(text, at);
  const colon = key && matchAt(COLON, text, key.end);
  if (!key || !colon) return null;
  const from = key.end + colon[0].length;
  const string = longString(text, from);
  if (string) return [text.slice(at, string.end), key.raw, string.raw];
  const value = matchAt(UNQUOTED, text, from);
  return value && [text.slice(at, from + value[0].length), key.raw, undefined, ...value.slice(1)];
}

/** What MEMBER matches at an offset, however long. */
function memberAt(text: string, at: number): (string | undefined)[] | null {
  try {
    return matchAt(MEMBER, text, at);
  } catch (error) {
    // A string of some million characters is more than a pattern can hold in its stack.
    if (error instanceof RangeError) return longMember(text, at);
    throw error;
  }
}

/** Reads one object; `at` is where its text goes on. */
class Reader {
  readonly keys: string[] = [];
  readonly values: (string | null)[] = [];
  empty = false;
  duplicate = false;

  constructor(readonly text: string) {}

  /** Reads members up to the closing bracket; answers the offset after it, or -1 where it is no JSON. */
  members(from: number, prefix: string): number {
    const names = new Set<string>();
    let at = from;
    for (;;) {
      const member = memberAt(this.text, at);
      if (!member) return -1;
      const [whole = '', key = '', string, plain, , nested] = member;
      at += whole.length;
      const name = unescaped(key);
      if (name === '') this.empty = true;
      if (names.has(name)) this.duplicate = true;
      names.add(name);
      const path = prefix + name;
      if (nested === '{') at = this.nested(at, path);
      else if (nested === '[') at = this.array(at - 1, path);
      else this.add(path, string === undefined ? (plain ?? null) : unescaped(string));
      const follows = at < 0 ? null : matchAt(FOLLOWS, this.text, at);
      if (!follows) return -1;
      at += follows[0].length;
      if (follows[1] === '}') return at;
    }
  }

  private add(path: string, value: string | null) {
    this.keys.push(path);
    this.values.push(value);
  }

  private nested(at: number, path: string): number {
    const close = matchAt(CLOSE, this.text, at);
    if (!close) return this.members(at, `${path}.`);
    this.add(path, '{}');
    return at + close[0].length;
  }

  private array(at: number, path: string): number {
    const end = endOfArray(this.text, at);
    if (end < 0) return -1;
    const text = this.text.slice(at, end);
    if (!isJson(text)) return -1;
    this.add(path, text);
    return end;
  }
}

/** Whether a text holds half of a surrogate pair. */
export const hasHalf = (text: string | null): boolean => text !== null && HALF.test(text);

/** Makes a row of an object's text, or tells why it can't. */
export function flattenJson(text: string): FlatRecord | JsonFault {
  if (isTooDeep(text)) return 'depth';
  const open = matchAt(OPEN, text, 0);
  if (!open) return isJson(text) ? 'object' : 'syntax';
  const reader = new Reader(text);
  const close = matchAt(CLOSE, text, open[0].length);
  const end = close ? open[0].length + close[0].length : reader.members(open[0].length, '');
  if (end < 0 || !matchAt(REST, text, end)) return 'syntax';
  const { keys, values } = reader;
  if (reader.empty) return 'key';
  if (reader.duplicate || new Set(keys).size !== keys.length) return 'duplicate';
  // A text that was decoded from UTF-8 holds halves only where they are escaped.
  if (text.includes('\\u') && (keys.some(hasHalf) || values.some(hasHalf))) return 'surrogate';
  return { keys, values };
}

/**
 * Gathers the columns of records: paths in the order in which they first appear. A path that is null wherever it
 * appears is no column of its own where others lie below it (`"address": null` beside `"address": {"city": …}`).
 */
export function gatherColumns(): {
  add(record: FlatRecord): void;
  /** How many paths have appeared. */
  readonly size: number;
  columns(): string[];
} {
  /** Paths, and whether each has ever been anything but null. */
  const filled = new Map<string, boolean>();
  let last: readonly string[] = [];
  let unfilled = 0;
  return {
    add({ keys, values }) {
      const known = keys === last;
      if (known && unfilled === 0) return;
      last = keys;
      for (const [i, key] of keys.entries()) {
        const before = filled.get(key);
        const now = values[i] !== null;
        if (before === undefined && !now) unfilled++;
        if (before === false && now) unfilled--;
        if (before === undefined || (now && !before)) filled.set(key, now);
      }
    },
    get size() {
      return filled.size;
    },
    columns() {
      const parents = new Set<string>();
      for (const key of filled.keys())
        for (let dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1))
          parents.add(key.slice(0, dot));
      return [...filled].filter(([key, has]) => has || !parents.has(key)).map(([key]) => key);
    },
  };
}

/** The columns of a set of records, as `gatherColumns` finds them. */
export function columnsOfRecords(records: Iterable<FlatRecord>): string[] {
  const gathered = gatherColumns();
  for (const record of records) gathered.add(record);
  return gathered.columns();
}
