import {
  PROJECT_FORMAT,
  PROJECT_VERSION,
  type Project,
  type SourceRole,
} from '../../shared/document/project';
import { USUAL_SAMPLING } from '../../shared/document/sampling';
import { customersRules } from './customers.rules';
import { eventsRules } from './events.rules';
import { transactionsRules } from './transactions.rules';

export const SAMPLE_PROJECT_FILE = 'shop.dhz';

const source = (role: Exclude<SourceRole, 'other'>) => ({
  id: role,
  name: `${role}.csv`,
  role,
  connection: 'local',
  path: `${role}.csv`,
  dialect: {
    format: 'csv' as const,
    delimiter: ',',
    header: true,
    quote: 'double' as const,
    lineBreaks: false,
    encoding: 'utf-8' as const,
    compression: 'none' as const,
  },
  sampling: USUAL_SAMPLING,
});

const refersToCustomers = (source: 'transactions' | 'events') => ({
  id: `${source}-customers`,
  from: { source, columns: ['customer_id'] },
  to: { source: 'customers', columns: ['customer_id'] },
  cardinality: 'many-to-one' as const,
});

/** The sample project. Its paths are relative to the folder of the project file. */
export const sampleProject = (): Project => ({
  format: PROJECT_FORMAT,
  version: PROJECT_VERSION,
  name: 'Sample shop',
  sources: [source('customers'), source('transactions'), source('events')],
  ruleSets: { customers: customersRules, transactions: transactionsRules, events: eventsRules },
  joins: [refersToCustomers('transactions'), refersToCustomers('events')],
});
