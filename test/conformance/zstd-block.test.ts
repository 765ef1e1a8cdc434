// Frames of zstd straight through the job's module: no Spark is started.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { unzstd } from '../../main/reading/zstd-block';
import { zstandardPeople } from '../doubles/avro';
import { BROKEN_ZSTD, ZSTD_FRAMES, zstdBomb } from '../doubles/zstd';
import { damaged } from './damaged';
import { askPython } from './python-module';

const SCRIPT = `
import base64, hashlib, json, sys
from dataharmonize.zstd_block import unzstd

def told(packed, most):
    content = unzstd(base64.b64decode(packed), most)
    return None if content is None else hashlib.sha256(content).hexdigest()

json.dump([told(*one) for one in json.load(sys.stdin)], sys.stdout)
`;

const told = (packed: Buffer, most: number) => {
  const content = unzstd(packed, most);
  return content && createHash('sha256').update(content).digest('hex');
};

const alike = (given: readonly (readonly [Buffer, number])[]) => {
  const there = askPython<(string | null)[]>(
    SCRIPT,
    given.map(([packed, most]) => [packed.toString('base64'), most]),
  );
  const here = given.map(([packed, most]) => told(packed, most));
  for (const [i, one] of here.entries())
    expect(there[i], `frame ${i}: ${given[i]?.[0].toString('base64').slice(0, 4000)}`).toBe(one);
  return here;
};

/** The frame again and again, each time with another bit of it changed. */
const changed = (frame: Buffer) =>
  Array.from({ length: frame.length * 8 }, (_, bit) => {
    const made = Buffer.from(frame);
    made[bit >> 3] = (made[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return made;
  });

test('frames, whole and damaged, are unpacked alike, or refused alike', () => {
  const whole = [...ZSTD_FRAMES.map(({ packed }) => packed), ...Object.values(BROKEN_ZSTD)];
  // The first blocks of files.
  const more = [1, 9].map((level) => {
    const file = zstandardPeople(level);
    const start = file.indexOf(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]));
    return file.subarray(start, file.indexOf(file.subarray(-16), start));
  });
  const frames = [...whole, ...more];
  const found = alike(
    [
      ...frames,
      ...frames.flatMap((one, i) => Array.from({ length: 100 }, (_, n) => damaged(one, i * 100 + n))),
      ...frames.filter(({ length }) => length < 500).flatMap(changed),
    ].map((one) => [one, 2 ** 20]),
  );
  const count = found.filter((one) => one !== null).length;
  expect(count).toBeGreaterThan(1000);
  expect(found.length - count).toBeGreaterThan(5000);
});

test('content as large as it may be, and a byte larger', () => {
  const given = [...ZSTD_FRAMES, { packed: zstdBomb(3), content: Buffer.alloc(3 * 128 * 1024) }].flatMap(
    ({ packed, content }) => [content.length, content.length - 1].map((most) => [packed, most] as const),
  );
  const found = alike(given);
  expect(found.map((one) => one !== null)).toEqual(given.map((_, i) => i % 2 === 0));
});
