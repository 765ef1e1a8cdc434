import { safeStorage } from 'electron';
import type { Vault } from '../host/safe';

/** The system's keyring; undefined where there is none that holds a secret. */
export function openVault(): Vault | undefined {
  if (!safeStorage.isEncryptionAvailable()) return undefined;
  // Without a keyring Chromium on Linux locks with a password that everybody knows.
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text')
    return undefined;
  return {
    lock: (text) => safeStorage.encryptString(text),
    unlock: (locked) => safeStorage.decryptString(locked),
  };
}
