import { appCalls } from './calls/app';
import { keyCalls } from './calls/keys';
import { projectCalls } from './calls/project';
import { publishCalls, publishEvents } from './calls/publish';
import { runCalls } from './calls/runs';
import { sourceCalls } from './calls/sources';

/** Everything the window may ask of the host, and what the host tells unasked. */
export const contract = {
  calls: { ...appCalls, ...projectCalls, ...sourceCalls, ...runCalls, ...publishCalls, ...keyCalls },
  events: { ...publishEvents },
} as const;
export type AppContract = typeof contract;
