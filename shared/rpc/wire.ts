export const limits = {
  /** Most bytes of one frame that the host accepts. */
  requestBytes: 64 * 2 ** 20,
  /** Most bytes of one frame that the renderer accepts. */
  responseBytes: 1024 * 2 ** 20,
  /** Deepest nesting of a value. */
  depth: 200,
  /** Most calls that one renderer may have running. */
  calls: 256,
} as const;

// What a value of the smallest kind costs at least in memory, so that many empty values cannot pass as nothing.
const NODE_BYTES = 8;

/**
 * Looks for what cannot cross every transport with the same meaning. Fit are null, booleans, finite numbers,
 * text, lists, plain objects and Uint8Array; undefined only as a key that is left out.
 * @returns what is wrong and where, without values, or null if all is fit
 */
export function findUnfit(value: unknown, maxBytes: number): string | null {
  let budget = maxBytes;

  function visit(part: unknown, place: string, depth: number): string | null {
    budget -=
      NODE_BYTES +
      (typeof part === 'string' ? part.length : part instanceof Uint8Array ? part.byteLength : 0);
    if (budget < 0) return `more than ${maxBytes} bytes`;
    if (depth > limits.depth) return `nested deeper than ${limits.depth}`;
    if (
      part === null ||
      typeof part === 'string' ||
      typeof part === 'boolean' ||
      part instanceof Uint8Array
    ) {
      return null;
    }
    if (typeof part === 'number')
      return Number.isFinite(part) ? null : `a number that is not finite at ${place}`;
    if (Array.isArray(part)) return visitList(part, place, depth);
    if (typeof part === 'object' && isPlain(part)) return visitObject(part, place, depth);
    return `${kindOf(part)} at ${place}`;
  }

  function visitList(list: unknown[], place: string, depth: number): string | null {
    for (let index = 0; index < list.length; index++) {
      const unfit = visit(list[index], `${place}[${index}]`, depth + 1);
      if (unfit !== null) return unfit;
    }
    return null;
  }

  function visitObject(object: object, place: string, depth: number): string | null {
    for (const [key, part] of Object.entries(object)) {
      budget -= key.length;
      const unfit = part === undefined ? null : visit(part, `${place}.${key}`, depth + 1);
      if (unfit !== null) return unfit;
    }
    return null;
  }

  return value === undefined ? null : visit(value, '$', 0);
}

function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

function kindOf(value: unknown): string {
  return typeof value === 'object'
    ? `a ${value?.constructor?.name ?? 'strange object'}`
    : `a ${typeof value}`;
}

/**
 * The same value, in which no bytes are a view into a larger buffer: cloning such a view sends the whole buffer,
 * with whatever else is in it. Only Uint8Array, lists and plain objects are followed.
 */
export function compact(value: unknown): unknown {
  if (value instanceof Uint8Array)
    return value.byteLength === value.buffer.byteLength ? value : Uint8Array.from(value);
  if (Array.isArray(value)) return value.map(compact);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, compact(part)]));
}
