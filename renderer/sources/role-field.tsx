import { useId } from 'react';
import type { SourceRole } from '../../shared/document/project';

const roles: readonly (readonly [role: SourceRole, label: string])[] = [
  ['customers', 'Customers'],
  ['transactions', 'Transactions'],
  ['events', 'Events'],
  ['other', 'Something else'],
];

/** What a file probably holds, after its name. */
export function roleOf(name: string): SourceRole {
  if (/customer|client|contact|account|person|people/i.test(name)) return 'customers';
  if (/transaction|order|sale|purchase|invoice/i.test(name)) return 'transactions';
  if (/event|click|visit|session|behaviou?r/i.test(name)) return 'events';
  return 'other';
}

/** What a source holds; ready analyses go by it. */
export function RoleField({ role, onChange }: { role: SourceRole; onChange: (role: SourceRole) => void }) {
  const id = useId();
  return (
    <div className="field inline">
      <label htmlFor={id}>It holds</label>
      <select
        id={id}
        className="select"
        value={role}
        onChange={(event) => {
          const found = roles.find(([value]) => value === event.target.value);
          if (found) onChange(found[0]);
        }}
      >
        {roles.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}
