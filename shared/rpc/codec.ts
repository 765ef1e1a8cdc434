// One frame as bytes: the length of the head (4 bytes, big-endian), the head as JSON in UTF-8, then the bytes
// that stand in the frame, one after the other. In the head null stands in their place, and `parts` says where.
import { z } from 'zod';
import type { Frame } from './frames';
import { malformed } from './malformed';
import { limits } from './wire';

declare const TextEncoder: new () => { encode(text: string): Uint8Array };
declare const TextDecoder: new (
  label: string,
  options: { fatal: boolean },
) => { decode(bytes: Uint8Array): string };

type Step = string | number;
type Part = { path: Step[]; length: number };

const LENGTH_BYTES = 4;
const head = z.strictObject({
  frame: z.unknown().optional(),
  parts: z.array(
    z.strictObject({
      path: z.array(z.union([z.string(), z.int().nonnegative()])).max(limits.depth + 1),
      length: z.int().nonnegative(),
    }),
  ),
});

/** Encodes a frame whose values pass `findUnfit`. */
export function encodeFrame(frame: Frame): Uint8Array<ArrayBuffer> {
  const parts: Part[] = [];
  const payloads: Uint8Array[] = [];
  const bare = takeOut(frame, [], (path, bytes) => {
    parts.push({ path, length: bytes.byteLength });
    payloads.push(bytes);
  });
  const text = new TextEncoder().encode(JSON.stringify({ frame: bare, parts }));
  const total = payloads.reduce((sum, bytes) => sum + bytes.byteLength, LENGTH_BYTES + text.byteLength);
  const message = new Uint8Array(total);
  new DataView(message.buffer).setUint32(0, text.byteLength);
  message.set(text, LENGTH_BYTES);
  let offset = LENGTH_BYTES + text.byteLength;
  for (const bytes of payloads) {
    message.set(bytes, offset);
    offset += bytes.byteLength;
  }
  return message;
}

function takeOut(value: unknown, path: Step[], take: (path: Step[], bytes: Uint8Array) => void): unknown {
  if (value instanceof Uint8Array) {
    take(path, value);
    return null;
  }
  if (Array.isArray(value)) return value.map((part, index) => takeOut(part, [...path, index], take));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, takeOut(part, [...path, key], take)]),
  );
}

/**
 * Decodes what `encodeFrame` made; the frame itself is still to be read by `readRequest` or `readResponse`.
 * Its bytes are copies, each with a buffer of its own.
 * @throws Fault `rpc.malformed`
 */
export function decodeFrame(message: Uint8Array): unknown {
  const { frame, parts, payload } = split(message);
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  if (total !== payload.byteLength) throw malformed('its bytes are more or fewer than announced');
  const whole = { frame };
  let offset = 0;
  for (const { path, length } of parts) {
    putBack(whole, ['frame', ...path], payload.slice(offset, offset + length));
    offset += length;
  }
  return whole.frame;
}

function split(message: Uint8Array): { frame: unknown; parts: Part[]; payload: Uint8Array } {
  if (message.byteLength < LENGTH_BYTES) throw malformed('it is cut off');
  const length = new DataView(message.buffer, message.byteOffset).getUint32(0);
  const end = LENGTH_BYTES + length;
  if (end > message.byteLength) throw malformed('it is cut off');
  const outcome = head.safeParse(parseJson(message.subarray(LENGTH_BYTES, end)));
  if (!outcome.success) throw malformed('its head is not as it should be');
  return { frame: outcome.data.frame, parts: outcome.data.parts, payload: message.subarray(end) };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw malformed('its head is not JSON');
  }
}

function putBack(whole: object, path: readonly Step[], bytes: Uint8Array): void {
  let holder: object = whole;
  for (const [index, step] of path.entries()) {
    if (!Object.hasOwn(holder, step)) throw malformed('bytes have no place in it');
    const found: unknown = Reflect.get(holder, step);
    if (index === path.length - 1) {
      if (found !== null) throw malformed('bytes have no place in it');
      Object.defineProperty(holder, step, {
        value: bytes,
        enumerable: true,
        writable: true,
        configurable: true,
      });
      return;
    }
    if (typeof found !== 'object' || found === null) throw malformed('bytes have no place in it');
    holder = found;
  }
}
