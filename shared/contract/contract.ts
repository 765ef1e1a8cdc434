import { appCalls, appEvents } from './calls/app';
import { connectionCalls } from './calls/connections';
import { fileCalls } from './calls/files';
import { joinCalls } from './calls/joins';
import { keyCalls } from './calls/keys';
import { projectCalls } from './calls/project';
import { publishCalls, publishEvents } from './calls/publish';
import { runCalls } from './calls/runs';
import { sourceCalls } from './calls/source';
import { streamCalls, streamEvents } from './calls/streams';
import { topicCalls } from './calls/topics';

/** Everything the window may ask of the host, and what the host tells unasked. */
export const contract = {
  calls: {
    ...appCalls,
    ...projectCalls,
    ...connectionCalls,
    ...fileCalls,
    ...sourceCalls,
    ...topicCalls,
    ...joinCalls,
    ...runCalls,
    ...publishCalls,
    ...streamCalls,
    ...keyCalls,
  },
  events: { ...appEvents, ...publishEvents, ...streamEvents },
} as const;
export type AppContract = typeof contract;
