import { join } from 'node:path';
import { z } from 'zod';
import type { AppContract } from '../../shared/contract/contract';
import type { Handlers } from '../../shared/contract/define';
import { Fault } from '../../shared/contract/errors';
import { isLongEnough, keyNameSchema, shortKey } from '../../shared/lookup/key';
import { findKey, giveKey, type Keyring, setKeyring } from '../engine/keys';
import { openStore } from './data-folder';

type Calls = Pick<Handlers<AppContract>, 'keys.find' | 'keys.give'>;

/** Locks texts with a secret of the system's, such as Electron's safeStorage; the same user unlocks them. */
export type Vault = { lock(text: string): Buffer; unlock(locked: Buffer): string };

const fileSchema = z.strictObject({
  format: z.literal('dataharmonize/keys'),
  version: z.literal(1),
  /** What the vault has locked, in base 64, by name. */
  keys: z.record(keyNameSchema, z.base64()),
});

function openKeyring(folder: string, vault: Vault): Keyring {
  const store = openStore(join(folder, 'keys.json'), fileSchema, {
    format: 'dataharmonize/keys',
    version: 1,
    keys: {},
  });
  return {
    async find(name) {
      const locked = (await store.read()).keys[name];
      if (locked === undefined) return null;
      try {
        return vault.unlock(Buffer.from(locked, 'base64'));
      } catch {
        // The system's secret has changed: the steward is asked anew.
        return null;
      }
    },
    async keep(name, key) {
      const current = await store.read();
      const locked = vault.lock(key).toString('base64');
      await store.write({ ...current, keys: { ...current.keys, [name]: locked } });
    },
  };
}

/** The calls about secret keys. Without a vault keys last as long as the session. */
export function createKeyHandlers(folder: string, vault: Vault | undefined): Calls {
  const keyring = vault ? openKeyring(folder, vault) : null;
  setKeyring(keyring);
  return {
    'keys.find': async ({ name }) => ({ key: await findKey(name), keyring: keyring !== null }),
    'keys.give': async ({ name, key, keep }) => {
      if (!isLongEnough(key)) throw shortKey(name);
      if (keep && keyring === null) {
        throw new Fault({
          code: 'key.keyring',
          message: 'There is no keyring on this computer that would keep the key.',
          unaffected: 'The rules are as they were.',
          advice: 'Use the key for this session only.',
        });
      }
      if (keep) await keyring?.keep(name, key);
      giveKey(name, key);
      return {};
    },
  };
}
