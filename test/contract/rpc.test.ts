import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { bytes, call, event, type Handlers } from '../../shared/contract/define';
import { Fault } from '../../shared/contract/errors';
import { type Client, createClient } from '../../shared/rpc/client';
import { encodeFrame } from '../../shared/rpc/codec';
import type { FailureRecord } from '../../shared/rpc/failure';
import { createServer, type Server } from '../../shared/rpc/server';
import { limits } from '../../shared/rpc/wire';
import { faultOf } from '../doubles/outcome';
import { ipcPair, type LinePair, memoryPair, socketPair } from '../doubles/rpc-lines';

const contract = {
  calls: {
    add: call({ input: z.strictObject({ left: z.number(), right: z.number() }), output: z.number() }),
    echo: call({
      input: z.strictObject({ value: z.unknown() }),
      output: z.strictObject({ value: z.unknown() }),
    }),
    // A plain object, which `call` makes strict.
    loose: call({ input: z.object({ size: z.number().default(7) }), output: z.number() }),
    fail: call({ input: z.enum(['fault', 'bug', 'odd', 'wrong output']), output: z.number() }),
    count: call({ input: z.strictObject({ to: z.int() }), output: z.int(), progress: z.int() }),
    wait: call({ input: z.strictObject({ key: z.string() }), output: z.void() }),
    reverse: call({
      input: z.strictObject({ parts: z.array(bytes) }),
      output: z.strictObject({ parts: z.array(bytes) }),
    }),
    announce: call({ input: z.strictObject({ times: z.int() }), output: z.void() }),
  },
  events: { tick: event(z.strictObject({ at: z.int() })) },
};
type TestContract = typeof contract;

const SECRET = 'Ann Example';

describe.each([
  ['memory', memoryPair],
  ['WebSocket', socketPair],
  ['Electron IPC', ipcPair],
])('the contract over %s', (_name, makePair) => {
  let pair: LinePair;
  let server: Server<TestContract>;
  let client: Client<TestContract>;
  let log: FailureRecord[];
  let aborted: string[];
  let release: Map<string, () => void>;

  const handlers: Handlers<TestContract> = {
    add: async ({ left, right }) => left + right,
    echo: async ({ value }) => ({ value }),
    loose: async ({ size }) => size,
    fail: async (how) => {
      if (how === 'fault') {
        throw new Fault({
          code: 'test.expected',
          message: 'The file is missing.',
          unaffected: 'The rules.',
          advice: 'Choose another.',
          place: { file: 'a.csv', row: 3, column: 'name' },
          details: { tries: 2 },
        });
      }
      if (how === 'bug')
        throw new TypeError(`cannot read ${SECRET}`, { cause: new Error(`inner ${SECRET}`) });
      if (how === 'odd') throw SECRET;
      return SECRET as unknown as number;
    },
    count: async ({ to }, { progress }) => {
      for (let value = 1; value <= to; value++) {
        progress(value);
        if (value % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      }
      return to;
    },
    wait: ({ key }, { signal }) =>
      new Promise((resolve, reject) => {
        release.set(key, resolve);
        signal.addEventListener('abort', () => {
          aborted.push(key);
          reject(new Error('aborted'));
        });
      }),
    reverse: async ({ parts }) => ({ parts: parts.map(reverseWithin).reverse() }),
    announce: async ({ times }, { emit }) => {
      for (let at = 0; at < times; at++) emit('tick', { at });
    },
  };

  beforeEach(async () => {
    log = [];
    aborted = [];
    release = new Map();
    pair = await makePair();
    server = createServer(pair.host, contract, handlers, {
      log: (record) => log.push(record),
      checkOutputs: true,
    });
    client = createClient(pair.window, contract);
  });

  afterEach(() => pair.stop());

  test('answers a call', async () => {
    expect(await client.call('add', { left: 2, right: 40 })).toBe(42);
    expect(await client.call('loose', {})).toBe(7);
  });

  test.each([
    ['text', 'Zoë \u{1f600} \0 "quoted" \\'],
    ['a lone surrogate', '\ud800'],
    ['numbers', [0, -1.5, 1e300, Number.MAX_SAFE_INTEGER]],
    ['null and booleans', [null, true, false]],
    ['empty things', [{}, [], '', new Uint8Array(0)]],
    ['awkward keys', JSON.parse('{"__proto__": {"x": 1}, "constructor": 1, "": 2, "a.b": 3}')],
    ['bytes deep inside', { a: [{ b: new Uint8Array([1, 2]) }, null, { '0': new Uint8Array([3]) }] }],
  ])('carries %s unchanged', async (_what, value) => {
    expect((await client.call('echo', { value })).value).toStrictEqual(value);
  });

  test('leaves out keys without a value', async () => {
    const { value } = await client.call('echo', { value: { a: 1, b: undefined } });
    expect(value).toEqual({ a: 1 });
  });

  test.each([
    ['a date', new Date(0), 'a Date at $.value.here'],
    ['a map', new Map(), 'a Map at $.value.here'],
    ['a bigint', 1n, 'a bigint at $.value.here'],
    ['a function', () => 1, 'a function at $.value.here'],
    ['not a number', Number.NaN, 'a number that is not finite at $.value.here'],
    ['an unset element', [undefined], 'a undefined at $.value.here[0]'],
    ['other arrays of numbers', new Float64Array(1), 'a Float64Array at $.value.here'],
  ])('refuses to send %s', async (_what, value, said) => {
    const fault = await faultOf(client.call('echo', { value: { here: value } }));
    expect(fault.code).toBe('rpc.invalid-input');
    expect(fault.message).toContain(said);
  });

  test('refuses what is too large or too deep before sending it', async () => {
    let deep: unknown = 1;
    for (let level = 0; level <= limits.depth; level++) deep = [deep];
    expect((await faultOf(client.call('echo', { value: deep }))).message).toContain('nested deeper');
    const large = new Uint8Array(limits.requestBytes);
    expect((await faultOf(client.call('echo', { value: large }))).message).toContain('more than');
    expect(await client.call('add', { left: 1, right: 1 })).toBe(2);
  });

  test('carries megabytes as bytes, each with a buffer of its own', async () => {
    const large = new Uint8Array(5_000_000).map((_, index) => index % 251);
    const view = new Uint8Array([9, 8, 7, 6]).subarray(1, 3);
    const { parts } = await client.call('reverse', { parts: [large, Buffer.from('abc'), view] });
    expect(parts.map((part) => part.byteLength)).toEqual([2, 3, 5_000_000]);
    expect([...(parts[0] ?? [])]).toEqual([7, 8]);
    expect(Buffer.from(parts[1] ?? []).toString()).toBe('cba');
    expect(Buffer.compare(parts[2] ?? Buffer.alloc(0), Uint8Array.from(large).reverse())).toBe(0);
    for (const part of parts) {
      expect(Object.getPrototypeOf(part)).toBe(Uint8Array.prototype);
      expect(part.buffer.byteLength).toBe(part.byteLength);
    }
  });

  test('answers a fault whole', async () => {
    const fault = await faultOf(client.call('fail', 'fault'));
    expect(fault.toJSON()).toEqual({
      name: 'Fault',
      code: 'test.expected',
      message: 'The file is missing.',
      unaffected: 'The rules.',
      advice: 'Choose another.',
      place: { file: 'a.csv', row: 3, column: 'name' },
      details: { tries: 2 },
    });
    expect(log).toEqual([]);
  });

  test.each(['bug', 'odd', 'wrong output'] as const)(
    'answers %s without values, and logs it',
    async (how) => {
      const fault = await faultOf(client.call('fail', how));
      expect(fault.code).toBe('internal');
      expect(JSON.stringify([fault, log])).not.toContain(SECRET);
      expect(log).toHaveLength(1);
      expect(log[0]?.call).toBe('fail');
      expect(fault.advice).toContain(log[0]?.reference);
      expect(log[0]?.reference).toMatch(/^[0-9a-f]{8}$/);
      const named = {
        bug: 'TypeError < Error',
        odd: 'string',
        'wrong output': 'output of fail: Invalid input',
      }[how];
      expect(log[0]?.error).toContain(named);
    },
  );

  test.each([
    ['a missing key', 'add', { left: 1 }, 'right'],
    ['a wrong type', 'add', { left: 1, right: SECRET }, 'right'],
    ['an unknown key', 'add', { left: 1, right: 1, extra: SECRET }, 'extra'],
    ['an unknown key of a plain object', 'loose', { extra: 1 }, 'extra'],
    ['no input at all', 'add', undefined, 'expected object'],
  ])('refuses %s', async (_what, name, input, said) => {
    const fault = await faultOf(client.call(name as 'add', input as { left: number; right: number }));
    expect(fault.code).toBe('rpc.invalid-input');
    expect(fault.message).toContain(said);
    expect(fault.message).not.toContain(SECRET);
  });

  test.each(['missing', '__proto__', 'constructor', 'toString'])('knows no call %s', async (name) => {
    expect((await faultOf(client.call(name as 'add', { left: 1, right: 1 }))).code).toBe('rpc.unknown-call');
    expect(await client.call('add', { left: 1, right: 1 })).toBe(2);
  });

  test('tells progress in order, before the answer', async () => {
    const told: number[] = [];
    const answer = await client.call('count', { to: 10 }, { onProgress: (value) => told.push(value) });
    expect(answer).toBe(10);
    expect(told).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('cancels one call and leaves the others', async () => {
    const controller = new AbortController();
    const one = faultOf(client.call('wait', { key: 'one' }, { signal: controller.signal }));
    const two = client.call('wait', { key: 'two' });
    await until(() => release.size === 2);
    controller.abort();
    expect((await one).code).toBe('cancelled');
    await until(() => aborted.length > 0);
    expect(aborted).toEqual(['one']);
    release.get('two')?.();
    await two;
    expect(log).toEqual([]);
  });

  test('does not send a call cancelled beforehand', async () => {
    const fault = await faultOf(client.call('wait', { key: 'x' }, { signal: AbortSignal.abort() }));
    expect(fault.code).toBe('cancelled');
    await client.call('add', { left: 1, right: 1 });
    expect(release.size).toBe(0);
  });

  test('cancelling after the answer does nothing', async () => {
    const controller = new AbortController();
    expect(await client.call('add', { left: 1, right: 1 }, { signal: controller.signal })).toBe(2);
    controller.abort();
    expect(await client.call('add', { left: 1, right: 2 })).toBe(3);
  });

  test('answers many calls at once, each its own', async () => {
    const sums = await Promise.all(
      Array.from({ length: 200 }, (_, index) => client.call('add', { left: index, right: index })),
    );
    expect(sums).toEqual(Array.from({ length: 200 }, (_, index) => 2 * index));
  });

  test('answers a quick call while a slow one runs', async () => {
    const slow = client.call('wait', { key: 'slow' });
    expect(await client.call('add', { left: 1, right: 1 })).toBe(2);
    await until(() => release.has('slow'));
    release.get('slow')?.();
    await slow;
  });

  test('refuses more calls at once than it can hold', async () => {
    const waiting = Array.from({ length: limits.calls }, (_, index) =>
      client.call('wait', { key: `${index}` }),
    );
    const settled = Promise.allSettled(waiting);
    expect((await faultOf(client.call('add', { left: 1, right: 1 }))).code).toBe('rpc.busy');
    for (const resolve of release.values()) resolve();
    expect((await settled).every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(await client.call('add', { left: 1, right: 1 })).toBe(2);
  });

  test('brings events in order, until one stops listening', async () => {
    const heard: number[] = [];
    const stop = client.on('tick', ({ at }) => heard.push(at));
    await client.call('announce', { times: 50 });
    expect(heard).toEqual(Array.from({ length: 50 }, (_, at) => at));
    stop();
    server.emit('tick', { at: 99 });
    await client.call('add', { left: 1, right: 1 });
    expect(heard).toHaveLength(50);
  });

  test('holds its own events against the contract', () => {
    expect(() => server.emit('tick', { at: SECRET as unknown as number })).toThrow('event tick: at');
  });

  test('closing from the window aborts what runs and rejects what waits', async () => {
    const waiting = faultOf(client.call('wait', { key: 'open' }));
    await until(() => release.has('open'));
    client.close();
    expect((await waiting).code).toBe('rpc.closed');
    await until(() => aborted.length > 0);
    expect((await faultOf(client.call('add', { left: 1, right: 1 }))).code).toBe('rpc.closed');
  });

  test('closing from the host rejects what waits', async () => {
    const waiting = faultOf(client.call('wait', { key: 'open' }));
    await until(() => release.has('open'));
    const reason = new Promise<Fault>((resolve) => client.onClose(resolve));
    server.close();
    expect((await waiting).code).toBe('rpc.closed');
    expect((await reason).code).toBe('rpc.closed');
    expect(aborted).toEqual(['open']);
    expect((await faultOf(client.call('add', { left: 1, right: 1 }))).code).toBe('rpc.closed');
  });

  test.each([
    ['nonsense', 'hello'],
    ['a number', 7],
    ['nothing', undefined],
    ['an empty object', {}],
    ['an unknown kind', { kind: 'reboot', id: 1 }],
    ['an answer', { kind: 'result', id: 1, output: 1 }],
    ['an id that is no number', { kind: 'call', id: '1', name: 'add', input: {} }],
    ['an id of nothing', { kind: 'call', id: 0, name: 'add', input: {} }],
    ['a call without a name', { kind: 'call', id: 1, input: {} }],
    ['a key too many', { kind: 'cancel', id: 1, extra: true }],
    ['bytes cut off', new Uint8Array([0, 0])],
    ['a head longer than the message', new Uint8Array([255, 255, 255, 255, 1])],
    ['a head that is not JSON', new Uint8Array([0, 0, 0, 1, 123])],
    ['a head that is not UTF-8', new Uint8Array([0, 0, 0, 1, 255])],
    ['a head of another form', withHead({ frame: { kind: 'cancel', id: 1 } })],
    [
      'bytes too few',
      withHead({
        frame: { kind: 'call', id: 1, name: 'echo', input: null },
        parts: [{ path: ['input'], length: 9 }],
      }),
    ],
    ['bytes too many', withHead({ frame: { kind: 'cancel', id: 1 }, parts: [] }, 5)],
    [
      'bytes without a place',
      withHead({ frame: { kind: 'cancel', id: 1 }, parts: [{ path: ['input', 'x'], length: 0 }] }),
    ],
    [
      'bytes in a prototype',
      withHead({ frame: { kind: 'cancel', id: 1 }, parts: [{ path: ['__proto__', 'x'], length: 0 }] }),
    ],
    [
      'bytes over a value',
      withHead({ frame: { kind: 'cancel', id: 1 }, parts: [{ path: ['kind'], length: 0 }] }),
    ],
  ])('closes the connection on %s', async (_what, message) => {
    const closed = new Promise<void>((resolve) => client.onClose(() => resolve()));
    // Only the socket carries text or bytes by themselves; it cannot carry anything else.
    await client.call('add', { left: 1, right: 1 });
    pair.sendRaw(makePair === socketPair && !(message instanceof Uint8Array) ? `${message}` : message);
    await closed;
    expect(log.map(({ call: where }) => where)).toEqual(['connection']);
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('x');
  });

  test('closes the connection when a call id comes again', async () => {
    const closed = new Promise<void>((resolve) => client.onClose(() => resolve()));
    await client.call('add', { left: 1, right: 1 });
    const frame = { kind: 'call', id: 1, name: 'add', input: { left: 1, right: 1 } } as const;
    pair.sendRaw(makePair === ipcPair ? frame : encodeFrame(frame));
    await closed;
    expect(log[0]?.error).toContain('used before');
  });

  test('closes the connection on a message over the limit', async () => {
    const closed = new Promise<void>((resolve) => client.onClose(() => resolve()));
    await client.call('add', { left: 1, right: 1 });
    pair.sendRaw(new Uint8Array(limits.requestBytes + 1));
    await closed;
  });
});

/** The bytes the other way round, as a view into a larger buffer; they must have come without one. */
function reverseWithin(part: Uint8Array): Uint8Array<ArrayBuffer> {
  if (part.buffer.byteLength !== part.byteLength)
    throw new Fault({ code: 'test.view', message: 'A view came.' });
  const whole = new Uint8Array(part.byteLength + 8).fill(255);
  whole.set(Uint8Array.from(part).reverse(), 4);
  return whole.subarray(4, -4);
}

/** A message with this head and so many further bytes. */
function withHead(head: unknown, more = 0): Uint8Array {
  const text = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.byteLength);
  return Uint8Array.from(Buffer.concat([length, text, Buffer.alloc(more)]));
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}
