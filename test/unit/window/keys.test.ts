import { expect, test } from 'vitest';
import { createLookups, type LookupQuestion, type LookupReply } from '../../../renderer/engine/lookups';
import { createKeys, type Keys } from '../../../renderer/state/keys';
import { createPreview } from '../../../renderer/state/preview/preview';
import { createWorkbench } from '../../../renderer/state/workbench';
import { hmacDigest } from '../../../shared/lookup/key';
import { answerHere } from '../../../shared/lookup/registry';
import { ruleSetOf } from '../../conformance/rule-sets';
import { engineInPlace } from './engine';
import { projectWith, standInHost, until } from './host';

const [FIRST, SECOND] = ['the first of two secret keys', 'the second of two secret keys'];
const ruleSet = ruleSetOf('keys', [
  { operation: 'trim', columns: ['name'], parameters: {} },
  { operation: 'hash', columns: ['name'], parameters: { algorithm: 'hmac-sha256', keyRef: 'people' } },
  { operation: 'mask', columns: ['mail'], parameters: {} },
]);

test('the preview stops before a step whose key is missing, and goes on with the key that is given', async () => {
  const host = standInHost(['name', 'mail'], [[' Ann ', 'ann@example.com']]);
  const given = new Map<string, string>();
  const keys: Keys = createKeys({
    ...host,
    call: (async (name: string, input: { name: string; key: string }) => {
      if (name === 'keys.give') given.set(input.name, input.key);
      return { key: given.get(input.name) ?? null, keyring: false };
    }) as typeof host.call,
  });
  const asked: LookupQuestion[] = [];
  const lookups = createLookups(() => {
    let tell = (_: LookupReply) => {};
    return {
      ask(question) {
        asked.push(question);
        void answerHere(question.kind, question.inputs, async () => question.key ?? null).then((answers) =>
          tell({ id: question.id, answers }),
        );
      },
      listen(listener) {
        tell = listener;
      },
      end() {},
    };
  }, keys.find);
  const engine = await engineInPlace();
  const workbench = createWorkbench({
    host,
    engine: async () => engine,
    createPreview: (store) => createPreview({ store, engine: async () => engine, lookups, keys }),
  });
  const shown = async () => (await workbench.preview.rows([1]))?.[0]?.after;
  workbench.openProject(projectWith(ruleSet));
  await until(workbench, ({ preview }) => preview.stopsAt?.messages[0]?.includes('not known') ?? false);
  expect(workbench.store.getState().preview.stopsAt?.step).toBe('s2');
  await until(workbench, ({ preview }) => preview.status === 'current');
  expect(await shown()).toEqual(['Ann', 'ann@example.com']);
  for (const key of [FIRST, SECOND]) {
    await keys.give('people', key, false);
    await until(workbench, ({ preview }) => preview.status === 'current' && preview.stopsAt === null);
    expect((await shown())?.[0]).toBe(hmacDigest(key, 'Ann'));
  }
  expect(asked.length).toBeGreaterThan(0);
  expect(
    JSON.stringify([workbench.store.getState().preview.plan, asked.map(({ kind }) => kind)]),
  ).not.toContain('secret key');
});
