import { expect, test } from 'vitest';
import type { HostClient } from '../../../renderer/state/host';
import type { SaveState } from '../../../renderer/state/model';
import { createEditQueue } from '../../../renderer/state/saving';
import { Fault } from '../../../shared/contract/errors';
import type { Edit } from '../../../shared/document/edit';

const rename = (name: string): Edit => ({ kind: 'rename', name });
const tick = () => new Promise((resolve) => setTimeout(resolve, 0));

/** A host whose saves are answered by hand. */
function harness() {
  const sent: { sequence: number; name: string; answer: (fault?: Fault) => void }[] = [];
  const states: SaveState[] = [];
  const waits: (() => void)[] = [];
  const call = (_: string, { sequence, edit }: { sequence: number; edit: { name: string } }) =>
    new Promise((resolve, reject) => {
      const answer = (fault?: Fault) => (fault ? reject(fault) : resolve({ saved: 'now' }));
      sent.push({ sequence, name: edit.name, answer });
    });
  const queue = createEditQueue(
    { call: call as unknown as HostClient['call'], on: () => () => {} },
    (state) => states.push(state),
    (task) => {
      waits.push(task);
      return () => {};
    },
  );
  return { queue, sent, states, waits };
}
const fault = new Fault({ code: 'disk.full', message: 'The disk is full.' });

test('edits go one by one, in order, with a running number', async () => {
  const { queue, sent, states } = harness();
  queue.reset('/p.dhz', 7);
  queue.push('s', rename('a'));
  queue.push('s', rename('b'));
  await tick();
  expect(sent.map(({ sequence, name }) => [sequence, name])).toEqual([[8, 'a']]);
  sent[0]?.answer();
  await tick();
  expect(sent.map(({ sequence, name }) => [sequence, name])).toEqual([
    [8, 'a'],
    [9, 'b'],
  ]);
  const settled = queue.settled();
  sent[1]?.answer();
  await settled;
  expect(states.at(-1)).toEqual({ status: 'saved', at: 'now' });
});

test('a failed save shows, keeps the edits, and tries the same number again', async () => {
  const { queue, sent, states, waits } = harness();
  queue.push('s', rename('a'));
  await tick();
  const settled = queue.settled();
  sent[0]?.answer(fault);
  await expect(settled).rejects.toBe(fault);
  expect(states.at(-1)).toMatchObject({ status: 'failed', pending: 1, fault });
  queue.push('s', rename('b'));
  expect(states.at(-1)).toMatchObject({ status: 'failed', pending: 2 });
  waits[0]?.();
  await tick();
  expect(sent.map(({ sequence, name }) => [sequence, name])).toEqual([
    [1, 'a'],
    [1, 'a'],
  ]);
  sent[1]?.answer();
  await tick();
  sent[2]?.answer();
  await queue.settled();
  expect(sent.at(-1)).toMatchObject({ sequence: 2, name: 'b' });
});

test('another project begins with nothing waiting', async () => {
  const { queue, sent } = harness();
  queue.push('s', rename('a'));
  await tick();
  queue.reset('/q.dhz', 0);
  sent[0]?.answer();
  await tick();
  queue.push('t', rename('b'));
  await tick();
  expect(sent.at(-1)).toMatchObject({ sequence: 1, name: 'b' });
});
