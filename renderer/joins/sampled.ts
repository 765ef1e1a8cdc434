import { compilePlan } from '../../shared/compile/compile';
import type { Drawn } from '../../shared/contract/calls/source';
import type { Join } from '../../shared/document/join';
import type { RuleSet } from '../../shared/document/rule-set';
import { keepsWholeGroups } from '../../shared/sampling/whole-groups';
import { drawnWords } from '../../shared/sampling/words';
import type { WorkspaceSource } from '../analysis/workspace';
import { count, roughCount } from '../shell/words';

type Sampled = Pick<WorkspaceSource, 'source' | 'rows' | 'total' | 'complete' | 'drawn' | 'rawColumns'>;
type RuleSets = ReadonlyMap<string, RuleSet>;

/** How much of a source is looked at: `20,000 of about 499,962 rows of events.csv (first rows)`. */
export function partWords({ source, rows, total, complete, drawn }: Sampled): string {
  if (complete) return `all ${count(rows)} rows of ${source.name}`;
  const how = drawn ? ` (${drawnWords(drawn)})` : '';
  const of = total ? ` of ${total.exact ? '' : 'about '}${roughCount(total.rows)}` : '';
  return `${count(rows)}${of} rows of ${source.name}${how}`;
}

const groupsOf = (drawn: Drawn | null) =>
  drawn?.how === 'whole-groups' && drawn.sampling.method === 'groups'
    ? { keys: drawn.sampling.keys, seed: drawn.sampling.seed, share: drawn.share ?? drawn.sampling.share }
    : null;

/**
 * Whether every row of `to` that has a key of a row of `from` was drawn too: both drew the same groups of that key, and
 * their rules keep these whole.
 */
export function holdsWholeGroups(join: Join, from: Sampled, to: Sampled, ruleSets: RuleSets): boolean {
  const [one, other] = [groupsOf(from.drawn), groupsOf(to.drawn)];
  if (!one || !other || one.seed !== other.seed || one.share > other.share) return false;
  const same = (drawn: readonly string[], key: readonly string[]) =>
    drawn.length === key.length && drawn.every((name, i) => name === key[i]);
  const kept = ({ source, rawColumns }: Sampled, keys: readonly string[]) => {
    const ruleSet = ruleSets.get(source.id);
    return !ruleSet || keepsWholeGroups(compilePlan(ruleSet, rawColumns), keys);
  };
  if (!same(one.keys, join.from.columns) || !same(other.keys, join.to.columns)) return false;
  return kept(from, one.keys) && kept(to, other.keys);
}
