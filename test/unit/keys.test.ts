import { createHmac } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findKey, forgetKeys, giveKey, setKeyring } from '../../main/engine/keys';
import { answerLookup } from '../../main/engine/lookups';
import { createKeyHandlers } from '../../main/host/keys';
import { openSafe, type Vault } from '../../main/host/safe';
import { runLocally } from '../../main/run/local-run';
import { compilePlan } from '../../shared/compile/compile';
import { checkKeys, keysOf } from '../../shared/compile/keys';
import { pysparkScript } from '../../shared/compile/pyspark';
import { compileSpark } from '../../shared/compile/spark';
import { csvDialectSchema } from '../../shared/document/dialect';
import { hmacDigest, keyCheck } from '../../shared/lookup/key';
import { ruleSetOf } from '../conformance/rule-sets';

const SECRET = 'correct horse battery staple 0123456789';
const ruleSet = ruleSetOf('keys', [
  { operation: 'hash', columns: ['a'], parameters: { algorithm: 'hmac-sha256', keyRef: 'some-people' } },
]);
const plan = compilePlan(ruleSet, ['a']);
const CSV = csvDialectSchema.parse({ format: 'csv' });
const context = { signal: new AbortController().signal, progress: () => {}, emit: () => {} };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dataharmonize-keys-'));
});
afterEach(async () => {
  forgetKeys();
  setKeyring(null);
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

test('digests are those of RFC 4231, and of Node for any text', () => {
  expect(hmacDigest('Jefe', 'what do ya want for nothing?')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  );
  for (const [key, text] of [
    [SECRET, ''],
    ['ключ😀'.repeat(40), 'é\0\ufeff😀'],
    ['k'.repeat(64), 'x'.repeat(1000)],
  ] as const)
    expect(hmacDigest(key, text)).toBe(createHmac('sha256', key).update(text, 'utf8').digest('hex'));
});

test('a key comes from the session, the environment, a file that it names, or the keyring', async () => {
  expect(await findKey('some-people')).toBeNull();
  setKeyring({ find: async () => 'from the keyring', keep: async () => {} });
  expect(await findKey('some-people')).toBe('from the keyring');
  const file = path.join(folder, 'key');
  await writeFile(file, `${SECRET}\n`);
  vi.stubEnv('DATAHARMONIZE_KEYFILE_SOME_PEOPLE', file);
  expect(await findKey('some-people')).toBe(SECRET);
  vi.stubEnv('DATAHARMONIZE_KEY_SOME_PEOPLE', 'from the environment');
  expect(await findKey('some-people')).toBe('from the environment');
  giveKey('some-people', 'from the session');
  expect(await findKey('some-people')).toBe('from the session');
  vi.stubEnv('DATAHARMONIZE_KEYFILE_OTHER', path.join(folder, 'none'));
  await expect(findKey('other')).rejects.toMatchObject({ code: 'key.file' });
});

test('a plan tells which key is meant, and nothing of it; another one answers nothing', async () => {
  expect(keysOf(plan)).toEqual(['some-people']);
  await expect(checkKeys(plan, findKey)).rejects.toMatchObject({ code: 'key.missing' });
  await expect(checkKeys(plan, async () => 'fifteen bytes !')).rejects.toMatchObject({ code: 'key.short' });
  const checked = await checkKeys(plan, async () => SECRET);
  const script = pysparkScript(compileSpark(checked, CSV));
  expect(script).toContain('load_keys(spark');
  const written = JSON.stringify([checked, compileSpark(checked, CSV), script]);
  expect(written).toContain(keyCheck(SECRET));
  expect(written).not.toContain(SECRET);
  const [lookup] = checked.actions;
  if (lookup?.kind !== 'lookup') throw new Error('The plan does not begin with its lookup.');
  await expect(answerLookup(lookup, [['x']])).rejects.toMatchObject({ code: 'key.missing' });
  giveKey('some-people', `${SECRET}!`);
  await expect(answerLookup(lookup, [['x']])).rejects.toMatchObject({ code: 'key.wrong' });
  giveKey('some-people', SECRET);
  expect(await answerLookup(lookup, [['x', null]])).toEqual([[hmacDigest(SECRET, 'x'), null]]);
});

test('a run without its key writes nothing; with it, neither result nor report nor quarantine tell it', async () => {
  const [input, output] = [path.join(folder, 'in.csv'), path.join(folder, 'out.csv')];
  await writeFile(input, 'a\nAnn\nBob\n');
  const rejects = { path: path.join(folder, 'left.csv'), format: 'csv' as const };
  const report = path.join(folder, 'report.json');
  const checks = [
    ...ruleSet.steps,
    ...ruleSetOf('more', [
      { operation: 'check', columns: ['a'], parameters: { kind: 'pattern', pattern: '[0-9a-f]{5}1.*' } },
    ]).steps.map((step) => ({ ...step, id: 's2' })),
  ];
  const run = {
    ruleSet: { ...ruleSet, steps: checks },
    input,
    dialect: CSV,
    output: { path: output, format: 'csv' as const },
    rejects,
    report,
  };
  await expect(runLocally(run)).rejects.toMatchObject({ code: 'key.missing' });
  await expect(stat(output)).rejects.toThrow();
  giveKey('some-people', SECRET);
  expect((await runLocally(run)).counts).toMatchObject({ read: 2 });
  const texts = await Promise.all([output, rejects.path, report].map((file) => readFile(file, 'utf8')));
  for (const text of texts) for (const hidden of [SECRET, 'Ann', 'Bob']) expect(text).not.toContain(hidden);
  expect(texts.slice(0, 2).join()).toContain(hmacDigest(SECRET, 'Ann'));
});

test('the keyring holds what its vault has locked, and gives it back in another session', async () => {
  const vault: Vault = {
    lock: (text) => Buffer.from([...Buffer.from(text)].map((byte) => byte ^ 0x5a)),
    unlock: (locked) => Buffer.from([...locked].map((byte) => byte ^ 0x5a)).toString(),
  };
  const name = 'some-people';
  const first = createKeyHandlers(openSafe(folder, vault));
  expect(await first['keys.find']({ name }, context)).toEqual({ key: null, keyring: true });
  await expect(first['keys.give']({ name, key: 'short', keep: true }, context)).rejects.toMatchObject({
    code: 'key.short',
  });
  await first['keys.give']({ name, key: SECRET, keep: true }, context);
  expect(await readFile(path.join(folder, 'keys.json'), 'utf8')).not.toContain(SECRET);
  forgetKeys();
  const second = createKeyHandlers(openSafe(folder, vault));
  expect(await second['keys.find']({ name }, context)).toEqual({ key: SECRET, keyring: true });
  forgetKeys();
  const without = createKeyHandlers(openSafe(folder, undefined));
  expect(await without['keys.find']({ name }, context)).toEqual({ key: null, keyring: false });
  await expect(without['keys.give']({ name, key: SECRET, keep: true }, context)).rejects.toMatchObject({
    code: 'key.keyring',
  });
});
