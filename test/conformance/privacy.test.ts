import { afterAll, beforeAll, expect, test } from 'vitest';
import { compilePlan } from '../../shared/compile/compile';
import type { Engine } from '../../shared/ports/engine';
import { disagreement } from './agreement';
import { answerLookups } from './answer';
import { rows, texts } from './corpus';
import { openHost, openWasm } from './engines';
import { ruleSetOf, type StepGiven } from './rule-sets';
import { type SparkServer, startSparkServer } from './spark-server';
import { runAllOnSparkServer, runOnDuckdb } from './trace';

let wasm: Engine;
let native: Engine;
let spark: SparkServer;
beforeAll(async () => {
  [wasm, native, spark] = await Promise.all([openWasm(), openHost(), startSparkServer()]);
});
afterAll(() => Promise.all([wasm?.close(), native?.close(), spark?.close()]));

const HEADER = ['a', 'b', 'c'];
const on = (operation: string, parameters: object, columns = ['a']): StepGiven => ({
  ...{ operation, columns },
  parameters: { ...parameters },
});
const short = texts.filter((text) => text.length < 300);
const map = short.map((from, i) => ({ from, to: short[(i * 5 + 1) % short.length] ?? null }));
const REDACTED = ['email', 'phone', 'card', 'ssn'];

const CASES: Record<string, StepGiven[]> = {
  'what is hidden, after rows have left': [
    on('trim', {}),
    on('check', { kind: 'not-empty' }, ['b']),
    on('check', { kind: 'unique', normalize: 'trim-lower' }, ['c']),
    on('mask', { keepFirst: 1, keepLast: 1 }),
    on('hash', {}, ['b']),
    on('hash', { algorithm: 'hmac-sha256', keyRef: 'example' }, ['b']),
    on('redact', { patterns: [...REDACTED, 'custom'], custom: '[a-z]{3}', ignoreCase: true }, ['c']),
    on('check', { kind: 'length', least: 2, most: 40 }),
  ],
  'every awkward text, mapped': [
    on('map-values', { map, ignoreCase: false, trim: false, otherwise: 'null' }),
    on('map-values', { map: map.slice(0, 3), otherwise: 'reject' }, ['b']),
    on('check', { kind: 'in-list', values: short.slice(0, 200) }, ['c']),
  ],
  'looked up by two keys': [
    on(
      'lookup',
      {
        table: {
          columns: ['k', 'l', 'v'],
          rows: rows
            .filter(([a, b]) => a !== null && b !== null && (a?.length ?? 0) + (b?.length ?? 0) < 300)
            .map(([a = '', b = ''], i) => [a, b, short[i % short.length] ?? null]),
        },
        on: [
          { column: 'a', equals: 'k' },
          { column: 'b', equals: 'l' },
        ],
        take: [
          { from: 'v', into: 'd' },
          { from: 'l', into: 'c' },
        ],
        ...{ ignoreCase: false, trim: false, otherwise: 'keep' },
      },
      [],
    ),
    on('fill-missing', { with: 'column', column: 'd', missing: 'blank' }, ['b', 'c']),
  ],
};

test('nothing that a step hides is in the output or the quarantine, and all engines agree', async () => {
  const cases = Object.entries(CASES).map(([name, steps]) => ({
    ...{ name, rows, partitions: 3, seed: 5 },
    plan: compilePlan(ruleSetOf(name, steps), HEADER),
  }));
  const onSpark = await runAllOnSparkServer(spark, cases);
  for (const [i, { name, plan }] of cases.entries()) {
    const expected = { rows, outcome: await runOnDuckdb(native, plan, rows, answerLookups) };
    const preview = { rows, outcome: await runOnDuckdb(wasm, plan, rows, answerLookups) };
    const production = onSpark[i];
    expect(disagreement(plan, expected, preview), `${name}: wasm`).toEqual([]);
    const found =
      production instanceof Error ? production : { rows, outcome: production ?? expected.outcome };
    expect(disagreement(plan, expected, found), `${name}: Spark`).toEqual([]);
    if (i > 0) continue;
    const left = expected.outcome.rows.flatMap((row, r) =>
      'left' in row ? [{ row, input: rows[r] ?? [] }] : [],
    );
    expect(left.length).toBeGreaterThan(20);
    for (const { row, input } of left) {
      const [a = null, b = null] = row.quarantined;
      expect(b === null ? null : /^[0-9a-f]{64}$/.test(b)).toBe(input[1] === null ? null : true);
      if ((a?.length ?? 0) > 4) expect(a).toMatch(/^.{1,2}\*+.{1,2}$/su);
    }
  }
});
