import { expect, test } from 'vitest';
import { intentId, settleIntent } from '../../../renderer/publish/intent';

test('an intent keeps its id until its run is there', () => {
  const first = intentId('customers', 'cluster', 'hash');
  expect(first).toMatch(/^[a-z0-9-]{8,60}$/);
  expect(intentId('customers', 'cluster', 'hash')).toBe(first);
  expect(intentId('customers', 'cluster', 'other')).not.toBe(first);
  settleIntent('customers', 'cluster', 'hash');
  expect(intentId('customers', 'cluster', 'hash')).not.toBe(first);
});
