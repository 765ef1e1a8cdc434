import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { messagesDialectSchema } from '../../../shared/messages/dialect';
import { reasonOf } from '../../../shared/messages/faults';
import { messageReader, type Reading } from '../../../shared/messages/message';

/** Bytes: UTF-8 of a text, or hexadecimal with spaces. */
const bytes = z.union([
  z.strictObject({ text: z.string() }).transform(({ text }) => new Uint8Array(Buffer.from(text, 'utf8'))),
  z.strictObject({ hex: z.string() }).transform(({ hex }) => {
    return new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
  }),
]);
const schema = z.strictObject({
  type: z.enum(['AVRO', 'JSON', 'PROTOBUF']),
  schema: z.string(),
  references: z.array(z.string()),
});
const examples = z.strictObject({
  cases: z.array(
    z.strictObject({
      name: z.string(),
      dialect: messagesDialectSchema,
      /** What the registry holds, by id. */
      schemas: z.record(z.string(), schema).default({}),
      message: z.strictObject({ key: bytes.nullable(), value: bytes.nullable() }),
      reading: z.union([
        z.strictObject({ columns: z.array(z.string()), cells: z.array(z.string().nullable()) }),
        z.strictObject({ tombstone: z.literal(true) }),
        z.strictObject({ unreadable: z.string() }),
      ]),
    }),
  ),
});

const file = path.resolve(import.meta.dirname, '../../../shared/messages/examples.json');
const { cases } = examples.parse(JSON.parse(readFileSync(file, 'utf8')));

function told(reading: Reading) {
  switch (reading.kind) {
    case 'row':
      return { columns: reading.row.keys, cells: reading.row.values };
    case 'tombstone':
      return { tombstone: true };
    case 'unreadable':
      return { unreadable: reasonOf(reading.part, reading.fault) };
  }
}

test.each(cases)('$name', ({ dialect, schemas, message, reading }) => {
  const read = messageReader(dialect, (id) => schemas[id] ?? null);
  expect(told(read(message))).toEqual(reading);
  // Again, when everything that is prepared once has been.
  expect(told(read(message))).toEqual(reading);
});
