import { useEffect, useState } from 'react';
import { useWorkbench } from '../../state/context';
import type { HostOutput } from '../../state/host';

/** From the first look to the second, and between later ones, in ms. */
const [SOON_MS, LATER_MS] = [3_000, 10_000];
/** Topics that are asked for at a time. */
const MOST = 1_000;

const NONE: ReadonlyMap<string, number> = new Map();

/** Messages a second from one look to the next, of the topics that both know. */
function ratesOf(
  before: HostOutput<'topics.ends'>,
  after: HostOutput<'topics.ends'>,
): ReadonlyMap<string, number> {
  const seconds = Math.max(0.001, (after.at - before.at) / 1000);
  return new Map(
    Object.entries(after.ends).flatMap(([name, end]) => {
      const begin = before.ends[name];
      // A topic that was made anew begins again.
      return begin === undefined || end < begin ? [] : [[name, (end - begin) / seconds]];
    }),
  );
}

/** Messages a second by topic, as long as this is shown; none before the second look, nor after one that failed. */
export function useRates(connection: string, topics: readonly string[]): ReadonlyMap<string, number> {
  const { host } = useWorkbench();
  const [rates, setRates] = useState(NONE);
  const names = JSON.stringify(topics.slice(0, MOST));
  useEffect(() => {
    const asked: string[] = JSON.parse(names);
    if (asked.length === 0) return;
    const controller = new AbortController();
    const { signal } = controller;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let before: HostOutput<'topics.ends'> | null = null;
    const look = async () => {
      const after = await host.call('topics.ends', { connection, topics: asked }, { signal });
      if (signal.aborted) return;
      if (before) setRates(ratesOf(before, after));
      timer = setTimeout(again, before ? LATER_MS : SOON_MS);
      before = after;
    };
    // The list itself tells what is wrong with the brokers; a rate is an extra.
    const again = () => void look().catch(() => setRates(NONE));
    again();
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
  }, [host, connection, names]);
  return rates;
}
