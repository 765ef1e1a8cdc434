import { describe, expect, test } from 'vitest';
import type { Connector } from '../../shared/ports/connector';
import { drain, faultOf } from '../doubles/outcome';

/** A connector, a folder of its own that exists and is empty at first, and a way to put a file there. */
export type ConnectorUnderTest = {
  connector: Connector;
  folder: string;
  write(name: string, content: Uint8Array): Promise<string>;
};

const text = new TextEncoder();

async function join(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await drain(chunks));
}

/** What every connector promises. `names` are file names that it must be able to show and read. */
export function testConnector(prepare: () => ConnectorUnderTest, names: string[]): void {
  describe('as a connector', () => {
    const code = (suffix: string) => `${prepare().connector.kind}.${suffix}`;

    test('describes a file and a folder, and null for nothing', async () => {
      const { connector, folder, write } = prepare();
      const path = await write('described.txt', text.encode('hello'));
      const before = Date.now() - 3_600_000;
      const file = await connector.stat(path);
      expect(file).toMatchObject({
        path,
        name: 'described.txt',
        kind: 'file',
        size: 5,
        modified: expect.any(String),
      });
      expect(file?.modified).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
      expect(Date.parse(file?.modified ?? '')).toBeGreaterThan(before);
      expect(await connector.stat(folder)).toMatchObject({ path: folder, kind: 'folder', size: 0 });
      expect(await connector.stat(`${folder}/nothing`)).toBeNull();
      expect(await connector.stat(`${path}/below-a-file`)).toBeNull();
    });

    test('begins browsing at a folder that is there', async () => {
      const { connector } = prepare();
      expect(await connector.stat(await connector.home())).toMatchObject({ kind: 'folder' });
    });

    test.each(names)('shows and reads a file named %j', async (name) => {
      const { connector, folder, write } = prepare();
      const content = text.encode(`this is ${name}`);
      const path = await write(name, content);
      const listed = await drain(connector.list(folder));
      expect(listed.filter((entry) => entry.name === name)).toMatchObject([
        { path, name, kind: 'file', size: content.byteLength, modified: expect.any(String) },
      ]);
      expect((await join(connector.open(path))).equals(content)).toBe(true);
    });

    test('reads ranges, and nothing from an empty range or file', async () => {
      const { connector, write } = prepare();
      const content = Uint8Array.from({ length: 700_001 }, (_, index) => index % 251);
      const path = await write('ranges.bin', content);
      for (const [offset, length] of [
        [0, 10],
        [699_990, 11],
        [699_990, 500],
        [300_000, 262_145],
      ] as const) {
        const expected = content.subarray(offset, offset + length);
        expect((await join(connector.open(path, { offset, length }))).equals(expected)).toBe(true);
      }
      expect((await join(connector.open(path))).equals(content)).toBe(true);
      expect(await join(connector.open(path, { offset: 700_001 }))).toHaveLength(0);
      expect(await join(connector.open(path, { length: 0 }))).toHaveLength(0);
      expect(await join(connector.open(await write('empty', new Uint8Array())))).toHaveLength(0);
      expect((await faultOf(drain(connector.open(path, { offset: 700_002 })))).code).toBe(code('range'));
    });

    test('a file that was replaced since it was found is told from the one it was', async () => {
      const { connector, write } = prepare();
      const path = await write('replaced.txt', text.encode('one'));
      const of = (await connector.stat(path)) ?? undefined;
      expect(await join(connector.open(path, { of, offset: 1 }))).toHaveLength(2);
      await write('replaced.txt', text.encode('another'));
      expect((await faultOf(drain(connector.open(path, { of, offset: 1 })))).code).toBe(code('changed'));
    });

    test('says what is missing or of the wrong kind', async () => {
      const { connector, folder, write } = prepare();
      const path = await write('file.txt', text.encode('x'));
      expect((await faultOf(drain(connector.open(`${folder}/nothing`)))).code).toBe(code('not-found'));
      expect((await faultOf(drain(connector.list(`${folder}/nothing`)))).code).toBe(code('not-found'));
      expect((await faultOf(drain(connector.open(folder)))).code).toBe(code('not-a-file'));
      expect((await faultOf(drain(connector.list(path)))).code).toBe(code('not-a-folder'));
      for (const wrong of ['relative', '', `${folder}/nul\0`]) {
        expect((await faultOf(connector.stat(wrong))).code).toBe(code('bad-name'));
        expect((await faultOf(drain(connector.list(wrong)))).code).toBe(code('bad-name'));
        expect((await faultOf(drain(connector.open(wrong)))).code).toBe(code('bad-name'));
      }
    });

    test('stops when told, and can be left early', async () => {
      const { connector, folder, write } = prepare();
      const path = await write('long.bin', new Uint8Array(3_000_000));
      const abort = new AbortController();
      const reading = (async () => {
        for await (const _ of connector.open(path, { signal: abort.signal }))
          abort.abort(new Error('enough'));
      })();
      await expect(reading).rejects.toThrow('enough');
      await expect(connector.stat(path, abort.signal)).rejects.toThrow('enough');
      await expect(drain(connector.list(folder, abort.signal))).rejects.toThrow('enough');
      for await (const chunk of connector.open(path)) {
        expect(chunk.byteLength).toBeGreaterThan(0);
        break;
      }
    });
  });
}
