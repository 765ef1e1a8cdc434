import type { AppContract } from '../../shared/contract/contract';
import type { Emit, Handlers } from '../../shared/contract/define';

/** The program without a window: it answers every call and tells of events. */
export type Host = {
  handlers: Handlers<AppContract>;
  /** Hands every event of the host to the listener until the returned function is called. */
  subscribe: (listener: Emit<AppContract>) => () => void;
  /** Ends runs in progress, saves and lets go of files. Safe to call twice. */
  close: () => Promise<void>;
};
