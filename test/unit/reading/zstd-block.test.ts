import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { unpackBlock } from '../../../main/reading/avro-codecs';
import { xxh64 } from '../../../main/reading/xxh64';
import { unzstd } from '../../../main/reading/zstd-block';
import { LARGEST_BLOCK } from '../../../shared/reading/avro-file';
import { engineInFolder } from '../../doubles/native';
import { BROKEN_ZSTD, ZSTD_FRAMES, zstdBomb, zstdRaw } from '../../doubles/zstd';

const MOST = 2 ** 24;

test.each(ZSTD_FRAMES)(
  '$name: what was packed, and nothing where it is cut off',
  ({ packed, content, name }) => {
    expect(content.equals(unzstd(packed, MOST) ?? Buffer.alloc(0))).toBe(true);
    const cut = Array.from({ length: packed.length }, (_, end) => unzstd(packed.subarray(0, end), MOST));
    const parts = new Set(cut.flatMap((one) => (one === null ? [] : Buffer.from(one).toString())));
    // It may end between two frames.
    expect([...parts]).toEqual(name.startsWith('several') ? ['', 'one, '] : ['']);
  },
);

test.each(Object.entries(BROKEN_ZSTD))('%s is refused', (_, packed) => {
  expect(unzstd(packed, MOST)).toBeNull();
});

test('a checksum is that of the content', () => {
  expect(xxh64(Buffer.alloc(0))).toBe(0xef46db3751d8e999n);
  expect(xxh64(Buffer.from('abc'))).toBe(0x44bc2cf5ad770999n);
  const { packed } = ZSTD_FRAMES.find(({ name }) => name === 'a run of one byte') ?? { packed: zstdBomb(1) };
  for (let bit = 0; bit < 32; bit++) {
    const other = Buffer.from(packed);
    const at = packed.length - 1 - (bit >> 3);
    other[at] = (other[at] ?? 0) ^ (1 << (bit & 7));
    expect(unzstd(other, MOST)).toBeNull();
  }
});

test('content is bounded, whatever few bytes say', async () => {
  const blocks = LARGEST_BLOCK / (128 * 1024);
  expect((await unpackBlock('zstandard', zstdBomb(blocks)))?.length).toBe(LARGEST_BLOCK);
  expect(await unpackBlock('zstandard', zstdBomb(blocks + 1))).toBeNull();
  // A window that nobody has memory for is not asked for.
  expect(unzstd(zstdRaw(Buffer.from('abc'), { window: 41 }), 3)).toEqual(Buffer.from('abc'));
});

test('many blocks, as DuckDB packs them', async () => {
  const { engine, folder, close } = await engineInFolder();
  try {
    const rows = `SELECT i AS id, 'Person ' || (i * 7919 % 700) AS name, md5(CAST(i AS VARCHAR)) AS h FROM range(30000) t(i)`;
    const [plain, packed] = [path.join(folder, 'a.csv'), path.join(folder, 'a.csv.zst')];
    await engine.execute(`COPY (${rows}) TO '${plain}' (FORMAT csv)`);
    await engine.execute(`COPY (${rows}) TO '${packed}' (FORMAT csv, COMPRESSION zstd)`);
    const content = unzstd(await readFile(packed), MOST) ?? Buffer.alloc(0);
    expect((await readFile(plain)).equals(content)).toBe(true);
  } finally {
    await close();
  }
});
