import { Fault } from '../../shared/contract/errors';
import type { MessagesDialect } from '../../shared/messages/dialect';
import {
  messageReader,
  type RawMessage,
  type Reading,
  type RegisteredSchema,
  schemaIdsIn,
} from '../../shared/messages/message';
import type { CancelSignal } from '../../shared/ports/signal';
import type { SchemaRegistry } from '../../shared/ports/topics';

/** Ids that the registry does not know and is asked for: any four bytes may look like one. */
const MOST_UNKNOWN = 100;

/** Reads messages as rows, asking the registry for the schemas that they name. */
export type MessageDecoder = {
  read(messages: readonly RawMessage[], signal?: CancelSignal): Promise<Reading[]>;
};

/** Makes a decoder; a Fault `registry.missing` where messages need a registry and there is none. */
export function createDecoder(dialect: MessagesDialect, registry: SchemaRegistry | null): MessageDecoder {
  const schemas = new Map<number, RegisteredSchema | null>();
  let unknown = 0;
  const reader = messageReader(dialect, (id) => schemas.get(id) ?? null);
  if (dialect.value !== 'registry' && dialect.key !== 'registry')
    return { read: async (messages) => messages.map(reader) };
  if (registry === null) {
    throw new Fault({
      code: 'registry.missing',
      message: 'These messages name schemas of a registry, and the connection has none.',
      unaffected: 'Nothing on Kafka was changed.',
      advice: 'Add the address of the schema registry to the connection, or choose another encoding.',
    });
  }
  return {
    async read(messages, signal) {
      const wanted = new Set(messages.flatMap((message) => schemaIdsIn(message, dialect)));
      for (const id of wanted) {
        if (schemas.has(id) || unknown >= MOST_UNKNOWN) continue;
        const schema = await registry.schema(id, signal);
        schemas.set(id, schema);
        if (schema === null) unknown++;
      }
      return messages.map(reader);
    },
  };
}
