import { type AppContract, contract } from '../../shared/contract/contract';
import { type Client, createClient } from '../../shared/rpc/client';
import type { Transport } from '../../shared/rpc/transport';
import { type Bridge, createIpcTransport } from './ipc';
import { createSocketTransport } from './socket';

declare global {
  interface Window {
    /** Offered by the preload script; there is none in the web shell. */
    readonly hostBridge?: Bridge;
  }
}

export type HostClient = Client<AppContract>;

/** The code with which the web shell closes connections when the window is to load itself anew. */
const RELOAD_CODE = 4001;
const TOKEN_KEY = 'token';

/** Connects the window to its host, whichever shell it runs in. Called once. */
export function connect(): HostClient {
  const bridge = window.hostBridge;
  return createClient(bridge === undefined ? connectWeb() : createIpcTransport(bridge), contract);
}

function connectWeb(): Transport {
  const address = new URL('/rpc', window.location.href);
  address.protocol = 'ws:';
  address.searchParams.set('token', takeToken());
  const socket = new WebSocket(address);
  socket.addEventListener('close', ({ code }) => {
    if (code === RELOAD_CODE) window.location.reload();
    else if (import.meta.env.MODE === 'development') reloadWhenBack();
  });
  return createSocketTransport(socket);
}

/** For `npm run dev`, which starts the shell anew after a change. */
async function reloadWhenBack(): Promise<void> {
  const isBack = () =>
    fetch('/').then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isBack())) await new Promise((resolve) => setTimeout(resolve, 300));
  window.location.reload();
}

/**
 * Takes the token out of the address, so that it stays out of the history and of copied addresses, and keeps it
 * for reloads. Session storage belongs to one tab and one port, where a cookie goes to every port of the machine.
 */
function takeToken(): string {
  const address = new URL(window.location.href);
  const token = address.searchParams.get('token');
  if (token === null) return window.sessionStorage.getItem(TOKEN_KEY) ?? '';
  window.sessionStorage.setItem(TOKEN_KEY, token);
  address.searchParams.delete('token');
  window.history.replaceState(null, '', address);
  return token;
}
