import type { ConnectionKind } from '../../../shared/connections/connection';
import type { ConnectionForm } from './form';
import { hdfsForm } from './hdfs';
import { kafkaForm } from './kafka';

/** How each kind of connection is set up; this computer needs no setting up. */
const forms: Readonly<Record<Exclude<ConnectionKind, 'local'>, ConnectionForm>> = {
  hdfs: hdfsForm,
  kafka: kafkaForm,
};

/** Every kind of connection that can be added. */
export const allForms: readonly ConnectionForm[] = Object.values(forms);

/** The form of a kind; null for this computer. */
export const formOf = (kind: ConnectionKind): ConnectionForm | null =>
  kind === 'local' ? null : forms[kind];
