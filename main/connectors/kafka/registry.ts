import { z } from 'zod';
import { Fault } from '../../../shared/contract/errors';
import type { RegisteredSchema } from '../../../shared/messages/message';
import type { CancelSignal } from '../../../shared/ports/signal';
import type { SchemaRegistry } from '../../../shared/ports/topics';
import { abortable } from '../../http/abortable';
import { transportFailure } from '../../http/failure';
import { UNAFFECTED } from './faults';
import type { KafkaSettings } from './settings';

const ANSWER_MS = 8_000;
const MOST_REFERENCES = 100;
const UNKNOWN_SCHEMA = new Set([40401, 40402, 40403]);

const answered = z.object({
  schema: z.string(),
  schemaType: z.enum(['AVRO', 'JSON', 'PROTOBUF']).default('AVRO'),
  references: z.array(z.object({ name: z.string(), subject: z.string(), version: z.number() })).default([]),
});
type Answered = z.output<typeof answered>;

const fault = (code: string, message: string, advice: string, cause?: unknown) =>
  new Fault({ code: `registry.${code}`, message, unaffected: UNAFFECTED, advice, cause });

function refused(url: string, status: number): Fault {
  if (status === 401 || status === 403) {
    return fault(
      'sign-in',
      `The schema registry ${url} did not accept the sign-in (status ${status}).`,
      'Check the user and the password of the schema registry in the connection.',
    );
  }
  return fault(
    'status',
    `The schema registry ${url} answered with status ${status}.`,
    'Check its address: it is the part before /subjects and /schemas.',
  );
}

/** Makes a client of a registry with Confluent's API. Schemas never change, so each is asked for once. */
export function createRegistry({
  url,
  username,
  password = '',
}: NonNullable<KafkaSettings['registry']>): SchemaRegistry {
  const known = new Map<number, Promise<RegisteredSchema | null>>();
  const base = url.replace(/\/+$/, '');
  const headers = {
    accept: 'application/vnd.schemaregistry.v1+json, application/json',
    ...(username !== undefined && {
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
    }),
  };

  /** The answer to a question; null for something that the registry does not have. */
  async function ask(path: string, signal?: CancelSignal): Promise<unknown> {
    const stop = abortable(signal);
    const limit = AbortSignal.timeout(ANSWER_MS);
    const options = {
      headers,
      // A redirect would carry the password along.
      redirect: 'manual' as const,
      signal: stop ? AbortSignal.any([stop, limit]) : limit,
    };
    try {
      const answer = await fetch(`${base}${path}`, options);
      const body: unknown = await answer.json().catch(() => null);
      const code = z.object({ error_code: z.number() }).safeParse(body);
      if (code.success && UNKNOWN_SCHEMA.has(code.data.error_code)) return null;
      if (!answer.ok) throw refused(url, answer.status);
      return body;
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (error instanceof Fault) throw error;
      const reason = limit.aborted ? 'it did not answer in time' : transportFailure(error).reason;
      throw fault(
        'unreachable',
        `The schema registry ${url} can't be reached: ${reason}.`,
        'Check its address in the connection, and that it runs.',
        error,
      );
    }
  }

  async function read(path: string, signal?: CancelSignal): Promise<Answered | null> {
    const body = await ask(path, signal);
    if (body === null) return null;
    const parsed = answered.safeParse(body);
    if (parsed.success) return parsed.data;
    throw fault(
      'answer',
      `The schema registry ${url} gave an answer that is not understood.`,
      "Check its address; some registries have Confluent's API below a path of their own, such as /apis/ccompat/v7.",
    );
  }

  /** Texts of what a schema names, each after those that it names itself. */
  async function referencesOf(schema: Answered, signal?: CancelSignal): Promise<string[]> {
    const texts = new Map<string, string>();
    const follow = async (of: Answered): Promise<void> => {
      for (const { subject, version } of of.references) {
        const key = `${subject} ${version}`;
        if (texts.has(key) || texts.size > MOST_REFERENCES) continue;
        const found = await read(`/subjects/${encodeURIComponent(subject)}/versions/${version}`, signal);
        if (!found) continue;
        await follow(found);
        texts.set(key, found.schema);
      }
    };
    await follow(schema);
    return [...texts.values()];
  }

  async function fetchSchema(id: number, signal?: CancelSignal): Promise<RegisteredSchema | null> {
    const found = await read(`/schemas/ids/${id}`, signal);
    if (!found) return null;
    const references = await referencesOf(found, signal);
    return { type: found.schemaType, schema: found.schema, references };
  }

  return {
    schema(id, signal) {
      const asked = known.get(id) ?? fetchSchema(id, signal);
      known.set(id, asked);
      asked.catch(() => known.delete(id));
      return asked;
    },
    async subjects(signal) {
      const parsed = z.array(z.string()).safeParse(await ask('/subjects', signal));
      if (parsed.success) return parsed.data;
      throw fault(
        'answer',
        `The schema registry ${url} gave an answer that is not understood.`,
        'Check its address; some registries have their API below a path, such as /apis/ccompat/v7.',
      );
    },
  };
}
