import { NULL_TOKENS } from '../../shared/operations/nullify';
import { type StarterStep, starterRuleSet } from './starter';

const steps: StarterStep[] = [
  {
    operation: 'trim',
    columns: ['customer_id', 'type', 'page', 'product', 'device'],
    parameters: { sides: 'both' },
  },
  {
    operation: 'nullify',
    columns: ['product', 'device'],
    parameters: { values: [...NULL_TOKENS], ignoreCase: true },
  },
  { operation: 'change-case', columns: ['customer_id'], parameters: { to: 'upper' } },
  { operation: 'change-case', columns: ['type', 'page', 'product', 'device'], parameters: { to: 'lower' } },
  { operation: 'deduplicate', columns: [], parameters: { keys: ['event_id'], keep: 'any' } },
];

/** The rules that the sample project begins with, for events. */
export const eventsRules = starterRuleSet('events', steps);
