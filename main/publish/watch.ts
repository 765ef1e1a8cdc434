type Options = {
  /** Milliseconds between looks; 0 leaves looking to `follow`. */
  pollMs: number;
  /** Whether anything has not ended yet. */
  goesOn(): boolean;
  /** Ids of what is to be looked at now. */
  open(): readonly string[];
  lookAt(id: string): Promise<unknown>;
  /** Told of errors nobody waits for. */
  trouble(error: unknown): void;
};

/** What runs on clusters, looked at again and again until it ends; one thing at a time for each. */
export type Watch = {
  /** Aborted once the watch is closed. */
  readonly signal: AbortSignal;
  /** One thing at a time for each id: what was seen must not overwrite what was seen later. */
  inTurn<T>(id: string, work: () => Promise<T>): Promise<T>;
  tell(error: unknown): void;
  /** Looks at everything that is open, once. */
  follow(): Promise<void>;
  /** Goes on looking while anything has not ended. */
  schedule(): void;
  /** Resolved when no turn is going on any more. */
  close(): Promise<void>;
};

/** Begins nothing by itself: `schedule` does. */
export function createWatch({ pollMs, goesOn, open, lookAt, trouble }: Options): Watch {
  const turns = new Map<string, Promise<unknown>>();
  const closing = new AbortController();
  const { signal } = closing;
  let timer: NodeJS.Timeout | null = null;

  const tell = (error: unknown) => {
    if (!signal.aborted) trouble(error);
  };
  function inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const turn = (turns.get(id) ?? Promise.resolve()).then(work, work);
    turns.set(
      id,
      turn.catch(() => undefined),
    );
    return turn;
  }
  async function follow(): Promise<void> {
    const looks = await Promise.allSettled(open().map((id) => inTurn(id, () => lookAt(id))));
    for (const look of looks) if (look.status === 'rejected') tell(look.reason);
  }
  function schedule(): void {
    if (signal.aborted || timer || pollMs === 0 || !goesOn()) return;
    timer = setTimeout(async () => {
      await follow().catch(tell);
      timer = null;
      schedule();
    }, pollMs);
    timer.unref();
  }
  return {
    signal,
    inTurn,
    tell,
    follow,
    schedule,
    async close() {
      closing.abort();
      if (timer) clearTimeout(timer);
      await Promise.all(turns.values());
    },
  };
}
