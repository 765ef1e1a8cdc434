import { readFile } from 'node:fs/promises';
import { Fault } from '../../shared/contract/errors';
import { environmentName, type Key } from '../../shared/lookup/key';

/** Keeps keys from one session to the next, such as the system's keyring. */
export type Keyring = {
  find(name: string): Promise<Key | null>;
  keep(name: string, key: Key): Promise<void>;
};

const session = new Map<string, Key>();
let keyring: Keyring | null = null;

/** Keys given from now on may be kept here. */
export function setKeyring(one: Keyring | null): void {
  keyring = one;
}

/** Remembers a key until this process ends; in memory only. */
export function giveKey(name: string, key: Key): void {
  session.set(name, key);
}

export function forgetKeys(): void {
  session.clear();
}

async function fromFile(name: string, file: string): Promise<Key> {
  try {
    return (await readFile(file, 'utf8')).replace(/\r?\n$/, '');
  } catch (cause) {
    throw new Fault({
      code: 'key.file',
      message: `The file that ${environmentName(name, 'DATAHARMONIZE_KEYFILE_')} names cannot be read.`,
      unaffected: 'Nothing was written.',
      advice: 'Correct the name, or the permissions of the file.',
      details: { key: name },
      cause,
    });
  }
}

/**
 * A key by its name: one given in this session, else the environment's `DATAHARMONIZE_KEY_NAME`, else the content of
 * the file named by `DATAHARMONIZE_KEYFILE_NAME` (without the line break at its end), else the keyring's.
 */
export async function findKey(name: string): Promise<Key | null> {
  const given = session.get(name) ?? process.env[environmentName(name)];
  if (given !== undefined) return given;
  const file = process.env[environmentName(name, 'DATAHARMONIZE_KEYFILE_')];
  if (file !== undefined) return fromFile(name, file);
  return (await keyring?.find(name)) ?? null;
}
