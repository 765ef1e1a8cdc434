// Messages as rows in both languages, straight from the job's modules: no Spark is started.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { messagesDialectSchema } from '../../shared/messages/dialect';
import { MESSAGE_FAULTS } from '../../shared/messages/faults';
import { messageReader, type Reading, type RegisteredSchema } from '../../shared/messages/message';
import { askPython } from './python-module';

const SCRIPT = `
import json, sys
from dataharmonize.messages import message_reader
from dataharmonize.unreadable_message import Unreadable
def data(text):
    return None if text is None else bytes.fromhex(text)
def told(read, key, value):
    if value is None:
        return "tombstone"
    try:
        return list(read(data(key), data(value)))
    except Unreadable as error:
        return [error.part, error.fault]
answers = []
for one in json.load(sys.stdin):
    read = message_reader(one["dialect"], one["schemas"])
    answers.append([told(read, key, value) for key, value in one["messages"]])
json.dump(answers, sys.stdout)
`;

type Bytes = Uint8Array | null;
type Asked = {
  readonly dialect: unknown;
  readonly schemas: Readonly<Record<string, RegisteredSchema>>;
  readonly messages: readonly (readonly [key: Bytes, value: Bytes])[];
};

function told(reading: Reading) {
  if (reading.kind === 'tombstone') return 'tombstone';
  return reading.kind === 'row' ? [reading.row.keys, reading.row.values] : [reading.part, reading.fault];
}

/** Messages on which the languages differ, a few, and what ours says of all. */
function compare(asked: readonly Asked[]) {
  const ours = asked.map(({ dialect, schemas, messages }) => {
    const read = messageReader(messagesDialectSchema.parse(dialect), (id) => schemas[id] ?? null);
    return messages.map(([key, value]) => told(read({ key, value })));
  });
  const hex = (bytes: Bytes) => bytes && Buffer.from(bytes).toString('hex');
  const theirs = askPython<typeof ours>(
    SCRIPT,
    asked.map((one) => ({ ...one, messages: one.messages.map((parts) => parts.map(hex)) })),
  );
  const differing = ours.flatMap((answers, i) =>
    answers.flatMap((answer, k) =>
      JSON.stringify(answer) === JSON.stringify(theirs[i]?.[k])
        ? []
        : [{ value: hex(asked[i]?.messages[k]?.[1] ?? null), ours: answer, theirs: theirs[i]?.[k] }],
    ),
  );
  return { differing: differing.slice(0, 5), ours };
}

type Case = {
  readonly dialect: unknown;
  readonly schemas?: Readonly<Record<string, RegisteredSchema>>;
  readonly message: { readonly [part in 'key' | 'value']: { text: string } | { hex: string } | null };
};
const file = path.resolve(import.meta.dirname, '../../shared/messages/examples.json');
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly Case[] };

function bytesOf(part: { text: string } | { hex: string } | null): Bytes {
  if (part === null) return null;
  const bytes = 'text' in part ? Buffer.from(part.text) : Buffer.from(part.hex.replaceAll(' ', ''), 'hex');
  return new Uint8Array(bytes);
}
const asked = cases.map(({ dialect, schemas = {}, message }) => ({
  dialect,
  schemas,
  messages: [[bytesOf(message.key), bytesOf(message.value)] as const],
}));

test('the examples, which tell every language what a message means', () => {
  const { differing, ours } = compare(asked);
  expect(differing).toEqual([]);
  const faults = new Set(ours.flat().flatMap((answer) => (typeof answer[1] === 'string' ? [answer[1]] : [])));
  expect(MESSAGE_FAULTS.filter((fault) => !faults.has(fault))).toEqual([]);
});

/** A generator of whole numbers below a bound; the same on every run. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
const roll = dice(31);

/** Bytes with one of them changed, taken away or put in. */
function damaged(bytes: Bytes): Bytes {
  if (bytes === null || bytes.length === 0) return bytes;
  const at = roll(bytes.length);
  const put = roll(3) === 0 ? [] : [roll(256)];
  return new Uint8Array([...bytes.subarray(0, at), ...put, ...bytes.subarray(at + roll(2))]);
}

test('the examples with damaged bytes', () => {
  const { differing } = compare(
    asked.map((one) => ({
      ...one,
      messages: one.messages.flatMap(([key, value]) =>
        (value?.length ?? 0) > 100_000
          ? []
          : Array.from({ length: 60 }, () => [roll(4) ? key : damaged(key), damaged(value)] as const),
      ),
    })),
  );
  expect(differing).toEqual([]);
});

const NUMBERS = ['int', 'long', 'float', 'double'];
const LOGICAL = [
  ['int', 'date'],
  ['int', 'time-millis'],
  ['long', 'time-micros'],
  ...['timestamp', 'local-timestamp'].flatMap((name) =>
    ['millis', 'micros', 'nanos'].map((unit) => ['long', `${name}-${unit}`]),
  ),
];
type Schema = string | { type?: string; logicalType?: string; size?: number };
const fixed = (name: string, size: number, logicalType: string, scale = 0) => ({
  type: 'fixed',
  ...{ name, size, logicalType, scale },
});

test('numbers, dates and times of any bytes', () => {
  const types: Schema[] = [
    ...NUMBERS,
    ...LOGICAL.map(([type, logicalType]) => ({ type, logicalType })),
    fixed('D', 9, 'decimal', 4),
    fixed('W', 2000, 'decimal', 4000),
    fixed('U', 16, 'uuid'),
    fixed('P', 12, 'duration'),
  ];
  const randomly = (length: number) => Uint8Array.from({ length }, () => roll(256));
  /** Zigzag numbers of all lengths: the last byte alone is below 128. */
  const number = () => {
    const length = 1 + roll(10);
    return Uint8Array.from({ length }, (_, i) =>
      i < length - 1 ? 128 + roll(128) : roll(i === 9 ? 2 : 128),
    );
  };
  const lengths = new Map([
    ['float', 4],
    ['double', 8],
  ]);
  const head = [0, 0, 0, 0, 1];
  const { differing, ours } = compare(
    types.map((type) => {
      const size = typeof type === 'string' ? lengths.get(type) : type.size;
      const whole = (i: number) => {
        // Floats with few bits are those that few digits mean.
        const bytes = size === undefined ? number() : randomly(size);
        if (type === 'float' && i % 2) bytes.set([0, roll(256) & 0xc0], 0);
        if (type === 'float' && i % 3 === 0) bytes[3] = 0x4a;
        return bytes;
      };
      return {
        dialect: messagesDialectSchema.parse({ format: 'messages', value: 'registry', key: 'none' }),
        schemas: { 1: { type: 'AVRO', schema: JSON.stringify(type), references: [] } },
        messages: Array.from(
          { length: size === 2000 ? 20 : 3000 },
          (_, i) => [null, new Uint8Array([...head, ...whole(i)])] as const,
        ),
      };
    }),
  );
  expect(differing).toEqual([]);
  for (const [i, answers] of ours.entries())
    expect(answers.filter(([part]) => part !== 'value').length, JSON.stringify(types[i])).toBeGreaterThan(10);
});
