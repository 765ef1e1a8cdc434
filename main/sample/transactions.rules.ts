import { NULL_TOKENS } from '../../shared/operations/nullify';
import { type StarterStep, starterRuleSet } from './starter';

const steps: StarterStep[] = [
  {
    operation: 'trim',
    columns: ['customer_id', 'time', 'amount', 'currency', 'channel', 'status', 'payment'],
    parameters: { sides: 'both' },
  },
  {
    operation: 'nullify',
    columns: ['customer_id', 'channel', 'payment'],
    parameters: { values: [...NULL_TOKENS], ignoreCase: true },
  },
  {
    operation: 'change-case',
    columns: ['customer_id', 'currency'],
    parameters: { to: 'upper' },
    note: 'Ids in lower case find no customer.',
  },
  { operation: 'change-case', columns: ['channel', 'status'], parameters: { to: 'lower' } },
  { operation: 'deduplicate', columns: [], parameters: { keys: ['transaction_id'], keep: 'any' } },
];

/** The rules that the sample project begins with, for transactions. */
export const transactionsRules = starterRuleSet('transactions', steps);
