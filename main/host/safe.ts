import { join } from 'node:path';
import { z } from 'zod';
import { openStore } from './data-folder';

/** Locks texts with a secret of the system's, such as Electron's safeStorage; the same user unlocks them. */
export type Vault = { lock(text: string): Buffer; unlock(locked: Buffer): string };

/**
 * Where secrets last from one session to the next, by name: keys of rules by their own, secrets of connections by
 * `connection/ID/PART`, which no key's name can be.
 */
export type Safe = {
  find(name: string): Promise<string | null>;
  keep(secrets: Readonly<Record<string, string>>): Promise<void>;
  forget(names: readonly string[]): Promise<void>;
};

const fileSchema = z.strictObject({
  format: z.literal('dataharmonize/keys'),
  version: z.literal(1),
  /** What the vault has locked, in base 64, by name. */
  keys: z.record(z.string().min(1), z.base64()),
});

/** Opens the safe in a folder, locked by a vault; null without one, as nothing else would hold a secret. */
export function openSafe(folder: string, vault: Vault | undefined): Safe | null {
  if (vault === undefined) return null;
  const store = openStore(join(folder, 'keys.json'), fileSchema, {
    format: 'dataharmonize/keys',
    version: 1,
    keys: {},
  });
  return {
    async find(name) {
      const { keys } = await store.read();
      const locked = Object.hasOwn(keys, name) ? keys[name] : undefined;
      if (locked === undefined) return null;
      try {
        return vault.unlock(Buffer.from(locked, 'base64'));
      } catch {
        // The system's secret has changed: the steward is asked anew.
        return null;
      }
    },
    keep(secrets) {
      const locked = Object.entries(secrets).map(
        ([name, text]) => [name, vault.lock(text).toString('base64')] as const,
      );
      return store.edit((file) => ({ ...file, keys: { ...file.keys, ...Object.fromEntries(locked) } }));
    },
    async forget(names) {
      const { keys } = await store.read();
      if (!names.some((name) => Object.hasOwn(keys, name))) return;
      await store.edit((file) => ({
        ...file,
        keys: Object.fromEntries(Object.entries(file.keys).filter(([name]) => !names.includes(name))),
      }));
    },
  };
}
