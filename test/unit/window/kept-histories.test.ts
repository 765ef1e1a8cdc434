import { expect, test } from 'vitest';
import { keepHistories, keptHistory } from '../../../renderer/state/kept-histories';
import type { WorkbenchState } from '../../../renderer/state/model';
import { beginHistory, edit, undo } from '../../../shared/document/history';
import { emptyRuleSet } from '../../../shared/document/rule-set';
import { projectWith } from './host';

function storage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

const project = projectWith(emptyRuleSet('s'));
const named = ['a', 'b', 'c'].reduce(
  (history, name) => edit(history, { kind: 'rename', name }),
  beginHistory(emptyRuleSet('s')),
);
const history = undo(named)?.history ?? named;
const keep = () => {
  const place = storage();
  keepHistories(place, { project, histories: { s: history } } as unknown as WorkbenchState);
  return place;
};

test('undo and redo outlast a reload', () => {
  const again = keptHistory(keep(), project.path, 's', history.ruleSet);
  expect(again).toEqual(history);
  expect(undo(again)?.history.ruleSet.name).toBe('a');
});

test('they are of these very rules, or not at all', () => {
  const none = beginHistory(history.ruleSet);
  expect(keptHistory(storage(), project.path, 's', history.ruleSet)).toEqual(none);
  expect(keptHistory(keep(), '/other.dhz', 's', history.ruleSet)).toEqual(none);
  expect(keptHistory(keep(), project.path, 't', history.ruleSet)).toEqual(none);
  const changed = { ...history.ruleSet, name: 'z' };
  expect(keptHistory(keep(), project.path, 's', changed)).toEqual(beginHistory(changed));
});
