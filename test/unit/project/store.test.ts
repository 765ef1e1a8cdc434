import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { openStore } from '../../../main/host/data-folder';

test('settings that cannot be read or written are a fault that names the file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dh-store-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const at = (name: string) => openStore(join(folder, name), z.array(z.string()), []);
  const store = at('new/list.json');
  expect(await store.read()).toEqual([]);
  await store.write(['a']);
  expect(await store.read()).toEqual(['a']);
  await writeFile(join(folder, 'broken.json'), '["a"');
  await expect(at('broken.json').read()).rejects.toMatchObject({ code: 'settings.damaged' });
  await writeFile(join(folder, 'other.json'), '[1]');
  await expect(at('other.json').read()).rejects.toMatchObject({
    code: 'settings.damaged',
    message: expect.stringMatching(/other\.json: .*\[0\]: must be text\.$/),
  });
  await mkdir(join(folder, 'folder.json'));
  await expect(at('folder.json').read()).rejects.toMatchObject({ code: 'local.not-a-file' });
  await expect(at('broken.json/x/list.json').write([])).rejects.toMatchObject({
    code: 'local.no-folder',
    place: { path: join(folder, 'broken.json/x/list.json') },
  });
});
