import { type FindKey, type Key, keyCheck } from '../../shared/lookup/key';
import type { HostClient } from './host';

/** What the window knows of a key. `check` tells one key from another, not what it is. */
export type KeyState =
  | { readonly status: 'asking' }
  | { readonly status: 'missing'; readonly keyring: boolean }
  | { readonly status: 'known'; readonly check: string; readonly keyring: boolean };

/** The secret keys of rules, in the window's memory for as long as it is open. */
export type Keys = {
  /** What is known of a key by now; the host is asked the first time. */
  state(name: string): KeyState;
  readonly find: FindKey;
  /** Rejects with the host's fault where it does not take the key. */
  give(name: string, key: Key, keep: boolean): Promise<void>;
  /** Tells that a key has become known, or turned out to be missing. */
  subscribe(listener: () => void): () => void;
};

const ASKING: KeyState = { status: 'asking' };

/** Keys of a host. */
export function createKeys(host: HostClient): Keys {
  const known = new Map<string, Key>();
  const states = new Map<string, KeyState>();
  const listeners = new Set<() => void>();
  const set = (name: string, key: Key | null, keyring: boolean) => {
    if (key === null) known.delete(name);
    else known.set(name, key);
    states.set(
      name,
      key === null ? { status: 'missing', keyring } : { status: 'known', check: keyCheck(key), keyring },
    );
    for (const listener of listeners) listener();
  };
  return {
    state(name) {
      const state = states.get(name);
      if (state) return state;
      states.set(name, ASKING);
      host.call('keys.find', { name }).then(
        ({ key, keyring }) => set(name, key, keyring),
        () => set(name, null, false),
      );
      return ASKING;
    },
    find: async (name) => known.get(name) ?? null,
    async give(name, key, keep) {
      await host.call('keys.give', { name, key, keep });
      const state = states.get(name);
      set(name, key, state !== undefined && state.status !== 'asking' && state.keyring);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
