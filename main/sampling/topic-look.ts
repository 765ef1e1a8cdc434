import { type MessagesDialect, messagesDialectSchema } from '../../shared/messages/dialect';
import { messageReader, schemaIdOf } from '../../shared/messages/message';
import type { CancelSignal } from '../../shared/ports/signal';
import type { Message, SchemaRegistry, Topics } from '../../shared/ports/topics';
import { stretchesOf } from './topic-stretches';

const LOOKED_AT = 200;
/** Share of messages that must fit for a guess. */
const ENOUGH = 0.8;

/** The last messages of a topic. */
export async function lastMessages(topics: Topics, topic: string, signal?: CancelSignal): Promise<Message[]> {
  const partitions = await topics.partitions(topic, signal);
  const sampling = { method: 'last', isolation: 'committed', rows: LOOKED_AT } as const;
  const stretches = await stretchesOf(topics, topic, sampling, partitions, signal);
  const found: Message[] = [];
  for await (const { messages } of topics.read(topic, { stretches, isolation: 'committed', signal }))
    found.push(...messages);
  return found;
}

type Bytes = readonly (Uint8Array | null)[];

const filled = (parts: Bytes): Uint8Array[] => parts.filter((one) => one !== null);

/** Whether most bytes name a schema that the registry has. */
async function namesSchemas(parts: Bytes, registry: SchemaRegistry | null, signal?: CancelSignal) {
  const all = filled(parts);
  const ids = all.map(schemaIdOf).filter((id) => id !== null);
  if (registry === null || all.length === 0 || ids.length < all.length * ENOUGH) return false;
  const [first] = ids;
  return first !== undefined && (await registry.schema(first, signal)) !== null;
}

const isText = (bytes: Uint8Array) =>
  messageReader(messagesDialectSchema.parse({ format: 'messages', value: 'text', key: 'none' }))({
    key: null,
    value: bytes,
  }).kind === 'row';

const isJson = (bytes: Uint8Array) =>
  messageReader(messagesDialectSchema.parse({ format: 'messages', value: 'json', key: 'none' }))({
    key: null,
    value: bytes,
  }).kind === 'row';

const most = (parts: Bytes, test: (bytes: Uint8Array) => boolean) => {
  const all = filled(parts);
  return all.length > 0 && all.filter(test).length >= all.length * ENOUGH;
};

/** Guesses how a topic's messages are read, from its last ones, for the steward to confirm. */
export async function guessMessages(
  messages: readonly Message[],
  registry: SchemaRegistry | null,
  signal?: CancelSignal,
): Promise<{ dialect: MessagesDialect; notes: string[] }> {
  const values = messages.map(({ value }) => value);
  const keys = messages.map(({ key }) => key);
  const notes: string[] = [];
  const byRegistry = await namesSchemas(values, registry, signal);
  const value = byRegistry ? 'registry' : most(values, isJson) ? 'json' : 'text';
  if (messages.length === 0) notes.push('The topic holds no messages now; what they look like is a guess.');
  if (!byRegistry && registry === null && most(values, (bytes) => schemaIdOf(bytes) !== null))
    notes.push('The messages seem to name schemas of a registry, which the connection does not have.');
  const keyByRegistry = await namesSchemas(keys, registry, signal);
  const hasKeys = filled(keys).length > 0;
  const key = keyByRegistry ? 'registry' : hasKeys && most(keys, isText) ? 'text' : 'none';
  if (hasKeys && key === 'none') notes.push('Keys are not text; they are left out.');
  const tombstones = values.filter((one) => one === null).length;
  if (tombstones > 0)
    notes.push(
      tombstones === 1
        ? `${messages.length === 1 ? 'The last message' : `One of the last ${messages.length} messages`} is a tombstone (without a value): it is counted, and is no row.`
        : `${tombstones} of the last ${messages.length} messages are tombstones (without a value): they are counted, and are no rows.`,
    );
  return { dialect: messagesDialectSchema.parse({ format: 'messages', value, key }), notes };
}
