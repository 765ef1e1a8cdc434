import type { Drawn } from '../../shared/contract/calls/source';
import type { Join } from '../../shared/document/join';
import { drawnWords } from '../../shared/sampling/words';
import type { WorkspaceSource } from '../analysis/workspace';
import { count, roughCount } from '../shell/words';

type Sampled = Pick<WorkspaceSource, 'source' | 'rows' | 'total' | 'complete' | 'drawn'>;

/** How much of a source is looked at: `20,000 first rows of about 499,962 of events.csv`. */
export function partWords({ source, rows, total, complete, drawn }: Sampled): string {
  if (complete) return `all ${count(rows)} rows of ${source.name}`;
  const how = drawn ? drawnWords(drawn) : 'rows';
  const of = total ? ` of ${total.exact ? '' : 'about '}${roughCount(total.rows)}` : '';
  return `${count(rows)} ${how}${of} of ${source.name}`;
}

const groupsOf = (drawn: Drawn | null) =>
  drawn?.how === 'whole-groups' && drawn.sampling.method === 'groups'
    ? { keys: drawn.sampling.keys, seed: drawn.sampling.seed, share: drawn.share ?? drawn.sampling.share }
    : null;

/** Whether every row of `to` that has a key of a row of `from` was drawn too: both drew the same groups of that key. */
export function holdsWholeGroups(join: Join, from: Sampled, to: Sampled): boolean {
  const [one, other] = [groupsOf(from.drawn), groupsOf(to.drawn)];
  if (!one || !other || one.seed !== other.seed || one.share > other.share) return false;
  const same = (drawn: readonly string[], key: readonly string[]) =>
    drawn.length === key.length && drawn.every((name, i) => name === key[i]);
  return same(one.keys, join.from.columns) && same(other.keys, join.to.columns);
}
