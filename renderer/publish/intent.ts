/**
 * Ids of runs that a steward means to start. An id is made once for an intent and kept, also over a reload of the
 * window, until the host has answered that the run is there: whatever is clicked or lost meanwhile is one run.
 */
const key = (source: string, connection: string, planHash: string) =>
  `dataharmonize.intent.${JSON.stringify([source, connection, planHash])}`;

const made = new Map<string, string>();

function read(name: string): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

/** The id for publishing this plan of a source to a connection. */
export function intentId(source: string, connection: string, planHash: string): string {
  const name = key(source, connection, planHash);
  const id = made.get(name) ?? read(name) ?? crypto.randomUUID();
  made.set(name, id);
  try {
    sessionStorage.setItem(name, id);
  } catch {
    // Without storage the id lives as long as the window.
  }
  return id;
}

/** The run is there: the next time is another intent. */
export function settleIntent(source: string, connection: string, planHash: string): void {
  const name = key(source, connection, planHash);
  made.delete(name);
  try {
    sessionStorage.removeItem(name);
  } catch {
    // As above.
  }
}
