import { contract } from '../../shared/contract/contract';
import { Fault } from '../../shared/contract/errors';
import type { Host, HostOptions } from './host';

// A placeholder until the composition root is here: it knows every call and answers none but the first.
export async function createHost({ shell, version }: HostOptions): Promise<Host> {
  const notReady = async () => {
    throw new Fault({ code: 'not-ready', message: 'This part of the host is not there yet.' });
  };
  const handlers = Object.fromEntries(Object.keys(contract.calls).map((name) => [name, notReady]));
  const info = { version, shell, duckdb: '', spark: null, phoneMetadata: '', cores: 1 };
  return {
    handlers: { ...handlers, 'app.info': async () => info } as unknown as Host['handlers'],
    subscribe: () => () => {},
    close: async () => {},
  };
}
