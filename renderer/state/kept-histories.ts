import { z } from 'zod';
import { canonicalJson, hashOf } from '../../shared/compile/hash';
import { editSchema } from '../../shared/document/edit';
import { beginHistory, type History } from '../../shared/document/history';
import type { RuleSet } from '../../shared/document/rule-set';
import type { WorkbenchState } from './model';

const KEY = 'dataharmonize.histories';
/** Edits of each list that are kept, the latest ones. */
const MOST_EDITS = 200;

const keptSchema = z.strictObject({
  project: z.string(),
  sources: z.record(
    z.string(),
    z.strictObject({ rules: z.string(), past: z.array(editSchema), future: z.array(editSchema) }),
  ),
});

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;

/** Keeps what can be undone and redone for when the window is loaded anew. */
export function keepHistories(storage: Storage, { project, histories }: WorkbenchState): void {
  if (!project) return;
  const sources = Object.fromEntries(
    Object.entries(histories).map(([id, { ruleSet, past, future }]) => [
      id,
      { rules: hashOf(ruleSet), past: past.slice(-MOST_EDITS), future: future.slice(-MOST_EDITS) },
    ]),
  );
  try {
    storage.setItem(KEY, canonicalJson({ project: project.path, sources }));
  } catch {
    // There is no room for it: what was undone before stays what it is.
  }
}

/** The history of a source's rules as it was kept, if these are the very rules that it led to; else an empty one. */
export function keptHistory(storage: Storage, project: string, source: string, ruleSet: RuleSet): History {
  const begun = beginHistory(ruleSet);
  const text = storage.getItem(KEY);
  if (text === null) return begun;
  const kept = keptSchema.safeParse(JSON.parse(text)).data;
  const one = kept?.project === project ? kept.sources[source] : undefined;
  if (!one || one.rules !== hashOf(ruleSet)) return begun;
  return { ruleSet, past: one.past, future: one.future };
}
