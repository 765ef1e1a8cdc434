import type { AppContract } from '../../shared/contract/contract';
import type { Emit, Handlers, Input, Output } from '../../shared/contract/define';
import type { FailureRecord } from '../../shared/rpc/failure';
import type { Vault } from './safe';

/** The program without a window: it answers every call and tells of events. */
export type Host = {
  handlers: Handlers<AppContract>;
  /** Hands every event of the host to the listener until the returned function is called. */
  subscribe: (listener: Emit<AppContract>) => () => void;
  /** Has the window open a project, in place of the one it shows. */
  askForProject: (path: string) => void;
  /** Ends runs in progress, saves and lets go of files. Safe to call twice. */
  close: () => Promise<void>;
};

/** What a shell gives its host. */
export type HostOptions = {
  shell: 'electron' | 'web';
  /** The program's version. */
  version: string;
  /** A project file to open at the start; one that cannot be opened is a Fault of `createHost`. */
  project?: string;
  /** The system's file dialog, where the shell has one. */
  choosePath?: ChoosePath;
  /** Where the system keeps secrets, if it does. */
  vault?: Vault;
  log: (record: FailureRecord) => void;
};

/** Answers the chosen path, or null when the dialog was closed without a choice. */
export type ChoosePath = (
  input: Input<AppContract, 'app.choosePath'>,
) => Promise<Output<AppContract, 'app.choosePath'>['path']>;
