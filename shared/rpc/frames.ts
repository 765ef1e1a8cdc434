import { z } from 'zod';
import type { FaultJson } from '../contract/errors';
import { decodeFrame } from './codec';
import { malformed } from './malformed';
import { findUnfit } from './wire';

const place = z.strictObject({
  file: z.string().optional(),
  row: z.number().optional(),
  column: z.union([z.number(), z.string()]).optional(),
  offset: z.number().optional(),
  path: z.string().optional(),
});

const fault: z.ZodType<FaultJson> = z.strictObject({
  name: z.literal('Fault'),
  code: z.string(),
  message: z.string(),
  unaffected: z.string().optional(),
  advice: z.string().optional(),
  place: place.optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});

const id = z.int().positive();
const name = z.string().min(1).max(200);

const request = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('call'), id, name, input: z.unknown().optional() }),
  z.strictObject({ kind: z.literal('cancel'), id }),
]);

const response = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('result'), id, output: z.unknown().optional() }),
  z.strictObject({ kind: z.literal('error'), id, fault }),
  z.strictObject({ kind: z.literal('progress'), id, value: z.unknown().optional() }),
  z.strictObject({ kind: z.literal('event'), name, data: z.unknown().optional() }),
]);

/** What the renderer sends. Ids grow by one with each call of a connection. */
export type Request = z.infer<typeof request>;
/** What the host sends. */
export type Response = z.infer<typeof response>;
export type Frame = Request | Response;

/**
 * Reads a message: a frame, or a frame as the bytes that `encodeFrame` makes.
 * @throws Fault `rpc.malformed`
 */
export function readRequest(message: unknown, maxBytes: number): Request {
  return read(request, message, maxBytes);
}

/** As `readRequest`, on the other side. */
export function readResponse(message: unknown, maxBytes: number): Response {
  return read(response, message, maxBytes);
}

function read<T>(schema: z.ZodType<T>, message: unknown, maxBytes: number): T {
  if (message instanceof Uint8Array) {
    if (message.byteLength > maxBytes) throw malformed(`more than ${maxBytes} bytes`);
    return read(schema, decodeFrame(message), maxBytes);
  }
  const unfit = findUnfit(message, maxBytes);
  if (unfit !== null) throw malformed(unfit);
  const outcome = schema.safeParse(message);
  if (!outcome.success) throw malformed(outcome.error.issues.map(describeIssue).join('; '));
  return outcome.data;
}

/** What a zod issue says and where, as one phrase. */
export function describeIssue(issue: { path: readonly PropertyKey[]; message: string }): string {
  const text =
    issue.path.length === 0 ? issue.message : `${issue.path.map(String).join('.')}: ${issue.message}`;
  return text.slice(0, 300);
}
