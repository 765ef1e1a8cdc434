/**
 * Finds the records of a JSON document as its bytes come: the elements of the array that the document is, or that
 * stands at a path of keys in it. Records are read one by one afterwards, so that one that is broken within leaves the
 * others alone. Where brackets do not match or the document ends too early, all from the last record on is one that
 * cannot be read. The job has the same in json_documents.py.
 */
export type DocumentSpan = {
  readonly start: number;
  readonly length: number;
  /** From 1. */
  readonly line: number;
  readonly fault: DocumentFault | null;
};

export const DOCUMENT_FAULTS = ['document', 'path'] as const;
export type DocumentFault = (typeof DOCUMENT_FAULTS)[number];
export const DOCUMENT_FAULT_WORDS: Readonly<Record<DocumentFault, string>> = {
  document: 'the JSON document is broken here',
  path: 'there is no array where the records should be',
};

const [LF, QUOTE, BACKSLASH, COMMA, COLON] = [0x0a, 0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const isSpace = (byte: number) => byte === 0x20 || byte === 0x09 || byte === LF || byte === 0x0d;

/** Keys are compared as they are written; one with an escape matches none. */
const keyBytes = (records: string): readonly string[] => (records === '' ? [] : records.split('.'));

// In browsers and in Node alike.
declare const TextEncoder: new () => { encode(text: string): Uint8Array };

/**
 * Splits a document. `span` is called for each record.
 * @param records the path of the array's keys, as `data.items`; empty where the document is the array
 * @param origin offset of the first byte that is pushed
 */
export function documentSplitter(
  records: string,
  span: (record: DocumentSpan) => void,
  origin = 0,
): { push(bytes: Uint8Array): void; end(): void } {
  const path = keyBytes(records).map((key) => [...new TextEncoder().encode(key)]);
  const target = path.length + 1;
  const open: number[] = [];
  /** How many keys of the path lead to where we are. */
  let matched = 0;
  /** Bytes of the string just read, where it may be a key on the path; null where it may not. */
  let key: number[] | null = null;
  /** Whether the next value is the one that the path leads on to. */
  let onPath = path.length === 0;
  let found = false;
  let inside = false; // the records' array
  let inString = false;
  let escaped = false;
  let [at, line] = [origin, 1];
  /** Start and line of the record under way, and the end of its last byte that is no white space; -1 where none. */
  let [start, startLine, last] = [-1, 1, -1];
  let afterComma = false;
  let broken = -1;
  let brokenLine = 1;
  let root = false; // the document's value has begun
  let total = 0;

  const breakHere = () => {
    if (broken >= 0) return;
    const within = inside && start >= 0;
    broken = within ? start : at;
    brokenLine = within ? startLine : line;
  };
  const finish = (mayBeNone: boolean) => {
    if (start >= 0) span({ start, length: last - start, line: startLine, fault: null });
    else if (!mayBeNone) span({ start: at, length: 0, line, fault: null });
    [start, last] = [-1, -1];
  };
  const mark = () => {
    if (!inside) return;
    if (start < 0) [start, startLine] = [at, line];
    last = at + 1;
  };
  const leadsOn = (byte: number) => {
    if (!onPath || found) return;
    onPath = false;
    if (byte === OPEN_LIST && matched === path.length) {
      found = true;
      inside = true;
    } else if (byte !== OPEN_OBJECT || matched === path.length) matched = Number.NaN;
  };
  const begin = (byte: number) => {
    if (open.length === 0) {
      if (root) return breakHere();
      root = true;
    }
    const outside = !inside;
    leadsOn(byte);
    if (outside && inside) {
      afterComma = false;
      open.push(byte);
      return;
    }
    mark();
    open.push(byte);
  };
  const close = (byte: number) => {
    const opened = open.at(-1);
    if (opened !== (byte === CLOSE_LIST ? OPEN_LIST : OPEN_OBJECT)) return breakHere();
    if (inside && open.length === target) {
      finish(!afterComma);
      inside = false;
    } else mark();
    open.pop();
  };
  const comma = () => {
    if (inside && open.length === target) {
      finish(false);
      afterComma = true;
    } else if (open.length === 0) breakHere();
    else mark();
    key = null;
    onPath = false;
  };
  const colon = () => {
    if (open.length === 0) return breakHere();
    mark();
    const level = open.length - 1;
    const wanted = path[level];
    const here = !found && level === matched && open[level] === OPEN_OBJECT;
    onPath = here && wanted !== undefined && key !== null && wanted.join() === key.join();
    if (onPath) matched++;
    key = null;
  };

  return {
    push(bytes) {
      for (let i = 0; i < bytes.length && broken < 0; i++, at++) {
        const byte = bytes[i] as number;
        if (byte === LF) line++;
        if (inString) {
          mark();
          if (escaped) escaped = false;
          else if (byte === BACKSLASH) {
            escaped = true;
            key = null;
            continue;
          } else if (byte === QUOTE) {
            inString = false;
            continue;
          }
          if (key && key.length < 1000) key.push(byte);
          continue;
        }
        if (isSpace(byte)) continue;
        if (byte === QUOTE) {
          if (open.length === 0) {
            if (root) breakHere();
            root = true;
          }
          leadsOn(byte);
          mark();
          inString = true;
          key = found ? null : [];
        } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) begin(byte);
        else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) close(byte);
        else if (byte === COMMA) comma();
        else if (byte === COLON) colon();
        else if (open.length === 0) breakHere();
        else {
          leadsOn(byte);
          mark();
        }
      }
      total += bytes.length;
    },
    end() {
      if (broken < 0 && (open.length > 0 || inString)) breakHere();
      if (!found && broken < 0) span({ start: origin, length: total, line: 1, fault: 'path' });
      else if (broken >= 0)
        span({ start: broken, length: origin + total - broken, line: brokenLine, fault: 'document' });
    },
  };
}
