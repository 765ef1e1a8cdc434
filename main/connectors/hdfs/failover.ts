import { setTimeout as wait } from 'node:timers/promises';
import { Fault, isFault } from '../../../shared/contract/errors';
import { RETRY } from './meanings';

/** During a failover no NameNode is active for a moment. */
const PAUSE = 1_000;

/** Faults of a NameNode on which another one may well serve. */
const ELSEWHERE = ['hdfs.standby', 'hdfs.unreachable'];
/** Those of requests that may be repeated. */
const REPEATABLE = [...ELSEWHERE, 'hdfs.timeout', 'hdfs.connection-lost'];

type Task = { signal?: AbortSignal | undefined; repeatable: boolean; unaffected: string };

function noneServes(bases: readonly URL[], faults: readonly Fault[], unaffected: string): Fault {
  const standby = faults.some((fault) => isFault(fault, 'hdfs.standby'));
  const said = faults.map(({ code, message }, index) =>
    code === 'hdfs.standby' ? `${bases[index]?.host} is on standby.` : message,
  );
  return new Fault({
    code: standby ? 'hdfs.standby' : (faults[0]?.code ?? 'hdfs.unreachable'),
    message: `None of the ${bases.length} NameNodes serves requests. ${said.join(' ')}`,
    unaffected,
    advice: standby ? RETRY : "Check the connection's addresses and that the cluster is running.",
    details: { hosts: bases.map(({ host }) => host), codes: faults.map(({ code }) => code) },
    cause: faults[0],
  });
}

/**
 * Sends requests to the NameNode that served last, and to the next one when that is on standby, can't be reached or,
 * where the request may be repeated, does not answer. Each NameNode is asked once; while all that can be reached are
 * on standby, twice.
 */
export function createFailover(bases: readonly URL[]) {
  let active = 0;

  async function round<T>(
    attempt: (base: URL) => Promise<T>,
    { signal, repeatable }: Task,
  ): Promise<{ answer: T } | { faults: Fault[] }> {
    const faults: Fault[] = [];
    for (let tried = 0; tried < bases.length; tried++) {
      const index = (active + tried) % bases.length;
      try {
        const answer = await attempt(bases[index] as URL);
        active = index;
        return { answer };
      } catch (error) {
        signal?.throwIfAborted();
        if (!isFault(error, ...(repeatable ? REPEATABLE : ELSEWHERE))) throw error;
        faults[index] = error;
      }
    }
    return { faults };
  }

  return {
    /** The NameNode that served last. */
    active: () => bases[active] as URL,

    async send<T>(task: Task, attempt: (base: URL) => Promise<T>): Promise<T> {
      if (bases.length === 1) return attempt(bases[0] as URL);
      const first = await round(attempt, task);
      if ('answer' in first) return first.answer;
      if (first.faults.every((fault) => !isFault(fault, 'hdfs.standby'))) {
        throw noneServes(bases, first.faults, task.unaffected);
      }
      await wait(PAUSE, undefined, task.signal && { signal: task.signal }).catch(() => {});
      task.signal?.throwIfAborted();
      const second = await round(attempt, task);
      if ('answer' in second) return second.answer;
      throw noneServes(bases, second.faults, task.unaffected);
    },
  };
}
