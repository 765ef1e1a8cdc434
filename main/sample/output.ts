import { createHash } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';

const BATCH_CHARACTERS = 1 << 18;

/** A file under another name until `publish` gives it its own. */
export type Output = {
  /** Adds text; true when enough has gathered to be written. */
  add(text: string): boolean;
  flush(): Promise<void>;
  /** Writes what is left and closes; the file is complete, but not there under its name yet. May be called again. */
  close(): Promise<{ bytes: number; sha256: string }>;
  publish(): Promise<void>;
  discard(): Promise<void>;
};

/** Starts a file at a path. Throws as node:fs does. */
export async function createOutput(file: string): Promise<Output> {
  const partial = `${file}.partial`;
  const handle: FileHandle = await open(partial, 'w');
  const hash = createHash('sha256');
  let gathered: string[] = [];
  let characters = 0;
  let bytes = 0;
  let closed = false;
  let sha256: string | undefined;

  async function flush(): Promise<void> {
    if (gathered.length === 0) return;
    const chunk = Buffer.from(gathered.join(''), 'utf8');
    gathered = [];
    characters = 0;
    hash.update(chunk);
    bytes += chunk.length;
    await handle.appendFile(chunk);
  }
  async function closeHandle(): Promise<void> {
    if (closed) return;
    closed = true;
    await handle.close();
  }
  return {
    add(text) {
      gathered.push(text);
      characters += text.length;
      return characters >= BATCH_CHARACTERS;
    },
    flush,
    async close() {
      await flush();
      await closeHandle();
      sha256 ??= hash.digest('hex');
      return { bytes, sha256 };
    },
    publish: () => rename(partial, file),
    async discard() {
      await closeHandle();
      await rm(partial, { force: true });
    },
  };
}
