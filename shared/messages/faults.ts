import type { Damaged } from '../ports/topics';
import { JSON_FAULT_WORDS, JSON_FAULTS } from '../reading/flatten';

/** Elements of all arrays and maps of a message that are read. */
export const MOST_ELEMENTS = 1_000_000;

/** Why a key or a value cannot be read. */
export const MESSAGE_FAULTS = [
  ...JSON_FAULTS,
  'utf8',
  'magic',
  'unknown-schema',
  'schema-kind',
  'schema',
  'cut',
  'rest',
  'value',
  'time',
  'size',
] as const;
export type MessageFault = (typeof MESSAGE_FAULTS)[number];

export const MESSAGE_FAULT_WORDS: Readonly<Record<MessageFault, string>> = {
  ...JSON_FAULT_WORDS,
  utf8: 'not valid UTF-8',
  magic: 'no schema id before it',
  'unknown-schema': 'a schema id that the registry does not know',
  'schema-kind': 'a schema that is neither Avro nor JSON Schema',
  schema: 'a schema that can’t be understood',
  cut: 'it ends too early',
  rest: 'bytes after its end',
  value: 'a value that its schema does not allow',
  time: 'a date or time outside of the years 0001 to 9999',
  size: `more than ${MOST_ELEMENTS.toLocaleString('en')} elements`,
};

/** The reason as it stands in lists and in the quarantine. */
export const reasonOf = (part: 'key' | 'value', fault: MessageFault): string =>
  part === 'key' ? `key: ${MESSAGE_FAULT_WORDS[fault]}` : MESSAGE_FAULT_WORDS[fault];

/** Why messages cannot be taken out of what the brokers hold. */
export const DAMAGE_WORDS: Readonly<Record<Damaged['why'], string>> = {
  checksum: 'damaged on the broker: the checksum of its batch does not match',
  packing: 'in a batch that is packed in a way that is not understood',
};

/** Thrown while one message is read; it never leaves this folder. */
export class Unreadable extends Error {
  constructor(readonly fault: MessageFault) {
    super(fault);
  }
}
