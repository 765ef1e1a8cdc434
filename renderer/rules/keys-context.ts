import { createContext, useContext, useSyncExternalStore } from 'react';
import type { KeyState, Keys } from '../state/keys';

const KeysContext = createContext<Keys | null>(null);
export const KeysProvider = KeysContext;

/** The window's keys. */
export function useKeys(): Keys {
  const keys = useContext(KeysContext);
  if (!keys) throw new Error('There are no keys around this component.');
  return keys;
}

/** What is known of a key; the component repaints when that changes. */
export function useKeyState(name: string): KeyState {
  const keys = useKeys();
  return useSyncExternalStore(keys.subscribe, () => keys.state(name));
}
