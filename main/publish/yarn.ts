import { z } from 'zod';
import { isFault } from '../../shared/contract/errors';
import { createRest, type RestOptions } from '../http/rest';

const STATES = [
  'NEW',
  'NEW_SAVING',
  'SUBMITTED',
  'ACCEPTED',
  'RUNNING',
  'FINISHED',
  'FAILED',
  'KILLED',
] as const;
const OUTCOMES = ['UNDEFINED', 'SUCCEEDED', 'FAILED', 'KILLED', 'ENDED'] as const;

/** The states an application never leaves. */
export const FINAL_STATES: ReadonlySet<YarnState> = new Set(['FINISHED', 'FAILED', 'KILLED']);

export type YarnState = (typeof STATES)[number];

const appJson = z.object({
  id: z.string(),
  name: z.string(),
  user: z.string(),
  queue: z.string(),
  state: z.enum(STATES),
  finalStatus: z.enum(OUTCOMES),
  progress: z.number().catch(0),
  diagnostics: z.string().nullish(),
  trackingUrl: z.string().nullish(),
  applicationTags: z.string().nullish(),
  amContainerLogs: z.string().nullish(),
  startedTime: z.number(),
  finishedTime: z.number(),
});

/** An application. `progress` in percent, times ISO 8601 UTC, tags in lower case as YARN keeps them. */
export type YarnApp = {
  id: string;
  name: string;
  user: string;
  queue: string;
  state: YarnState;
  finalStatus: (typeof OUTCOMES)[number];
  progress: number;
  /** Why it failed, in YARN's words, without Java stack traces; empty while all is well. */
  diagnostics: string;
  trackingUrl: string | null;
  /** Address of the page with the driver's log. */
  logPage: string | null;
  tags: string[];
  started: string;
  finished: string | null;
};

// an empty result is {"apps": null} or {"apps": {}}, by version
const appList = z.object({ apps: z.object({ app: z.array(appJson).nullish() }).nullish() });
const oneApp = z.object({ app: appJson });
// the ResourceManager's inner states, such as KILLING, besides those above
const stateAnswer = z.object({ state: z.string() });

type Cancel = { signal?: AbortSignal | undefined };

/** YARN's ResourceManager. Failures are `Fault`s with a `yarn.` code; an abort throws its signal's reason. */
export type Yarn = ReturnType<typeof createYarn>;

export function createYarn({ user, ...options }: RestOptions & { user: string }) {
  const rest = createRest({ name: 'YARN', prefix: 'yarn', errorWords }, options);
  const cluster = '/ws/v1/cluster/apps';
  const as = { 'user.name': user };
  const read = (path: string, { signal }: Cancel) =>
    ({ method: 'GET', path, signal, unaffected: 'The run is not affected.' }) as const;

  /** The applications that carry a tag (letter case aside), oldest first. */
  async function findByTag(tag: string, cancel: Cancel = {}): Promise<YarnApp[]> {
    const query = { ...as, applicationTags: tag.toLowerCase() };
    const { apps } = await rest.ask({ ...read(cluster, cancel), query }, appList);
    return (apps?.app ?? [])
      .map(toApp)
      .filter((app) => app.tags.includes(tag.toLowerCase()))
      .sort((a, b) => a.started.localeCompare(b.started) || a.id.localeCompare(b.id));
  }

  /** An application by its id, or null when YARN does not know it (any more). */
  async function get(id: string, cancel: Cancel = {}): Promise<YarnApp | null> {
    try {
      const path = `${cluster}/${encodeURIComponent(id)}`;
      return toApp((await rest.ask({ ...read(path, cancel), query: as }, oneApp)).app);
    } catch (error) {
      if (isFault(error, 'yarn.not-found')) return null;
      throw error;
    }
  }

  /** Asks YARN to kill an application, which may still take a while; returns YARN's word for its state. */
  async function kill(id: string, { signal }: Cancel = {}): Promise<string> {
    const call = {
      method: 'PUT',
      path: `${cluster}/${encodeURIComponent(id)}/state`,
      query: as,
      json: { state: 'KILLED' },
      signal,
      unaffected: 'The run goes on as it was.',
    } as const;
    return (await rest.ask(call, stateAnswer)).state;
  }

  return { findByTag, get, kill, close: rest.close };
}

function toApp(app: z.infer<typeof appJson>): YarnApp {
  return {
    id: app.id,
    name: app.name,
    user: app.user,
    queue: app.queue,
    state: app.state,
    finalStatus: app.finalStatus,
    progress: app.progress,
    diagnostics: withoutStack(app.diagnostics ?? ''),
    trackingUrl: app.trackingUrl || null,
    logPage: app.amContainerLogs || null,
    tags: (app.applicationTags ?? '').split(',').filter((tag) => tag !== ''),
    started: new Date(app.startedTime).toISOString(),
    finished: app.finishedTime > 0 ? new Date(app.finishedTime).toISOString() : null,
  };
}

function withoutStack(diagnostics: string): string {
  return diagnostics.replace(/^\s+at \S+\(.*\)\s*$\n?/gm, '').trim();
}

function errorWords(body: unknown): string | undefined {
  const parsed = z.object({ RemoteException: z.object({ message: z.string() }) }).safeParse(body);
  return parsed.success
    ? parsed.data.RemoteException.message.replace(/^java\.lang\.Exception: /, '')
    : undefined;
}
