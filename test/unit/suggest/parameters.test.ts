import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerLookup } from '../../../main/engine/lookups';
import type { NativeEngine } from '../../../main/engine/native';
import { parseDate } from '../../../shared/operations/dates/parse-date';
import { parseTimestamp } from '../../../shared/operations/dates/parse-timestamp';
import { parseMoney } from '../../../shared/operations/numbers/parse-money';
import { parseNumber } from '../../../shared/operations/numbers/parse-number';
import { personName } from '../../../shared/operations/person-name';
import { postalCode } from '../../../shared/operations/postal-code';
import { findOperation } from '../../../shared/operations/registry';
import { removeCharacters } from '../../../shared/operations/text/remove-characters';
import { createLooks } from '../../../shared/suggest/look';
import { detectors } from '../../../shared/suggest/registry';
import type { SuggestionKind } from '../../../shared/suggest/suggestion';
import { engineInFolder } from '../../doubles/native';

let engine: NativeEngine;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ engine, close } = await engineInFolder());
});
afterAll(() => close());

/** Operations that may not be in the library yet; what is proposed must be what they take all the same. */
const others = [parseDate, parseTimestamp, parseMoney, parseNumber, personName, postalCode, removeCharacters];
const operationOf = (id: string) => findOperation(id) ?? others.find((one) => one.id === id);

const many = (...cells: string[]) => Array.from({ length: 24 }, (_, i) => cells[i % cells.length] ?? null);
const CASES: readonly [SuggestionKind, string, readonly (string | null)[]][] = [
  ['email', 'e-mail', many('A@x.org', 'b@y.org')],
  ['phone', 'phone', many('+44 20 7946 0018', '(212) 555-0147')],
  ['date', 'born', many('31.12.1999', '1/2/2000', '2001-02-03')],
  ['timestamp', 'time', many('2024-01-02T03:04:05Z', '31.12.2024 10:11', '2024-01-02 03:04:05.123')],
  ['currency', 'currency', many('EUR', 'usd', '€', 'GBP', 'EUR', 'EUR', 'EUR')],
  ['yes-no', 'newsletter', many('yes', 'no', 'Y', 'FALSE')],
  ['money', 'price', many('EUR 12.50', '€3.20', '17.00')],
  ['money', 'amount', many('12,50', '1.234,50')],
  ['number', 'weight', many('1,234.5', '12.5', '-3.5')],
  ['postal-code', 'postal code', many('SW1A 1AA', '10115')],
  ['person-name', 'full name', many('Ann Lee', 'JOHN SMITH')],
  ['null-tokens', 'x', many('a b', 'N/A', '-')],
  ['letter-case', 'segment', many('consumer', 'consumer', 'consumer', 'consumer', 'BUSINESS')],
  ['near-duplicates', 'city', many('Lake Amber', 'amber, lake')],
  ['white-space', 'x', many(' a  b')],
  ['invisible', 'x', many('a\u200bb')],
];

test.each(CASES)('%s: what is proposed for %s is what its operation takes', async (kind, name, cells) => {
  const countries = many('GB', 'DE', 'US', 'FR');
  await engine.load('cells', ['c0', 'c1'], [cells, countries]);
  const looks = createLooks({
    engine,
    answer: answerLookup,
    columns: [name, 'country'],
    rows: cells.length,
    table: 'cells',
  });
  const candidates = await detectors.find((one) => one.kind === kind)?.detect(await looks.at(name));
  await looks.close();
  expect(candidates?.length).toBeGreaterThan(0);
  for (const { operation: id, columns, parameters } of candidates ?? []) {
    const operation = operationOf(id);
    // A step whose operation is still to come is not offered.
    if (!operation) continue;
    const parsed = operation.parameters.safeParse(parameters);
    expect(parsed.error?.issues ?? []).toEqual([]);
    expect(columns.length).toBeGreaterThanOrEqual(operation.targets.least);
  }
});
