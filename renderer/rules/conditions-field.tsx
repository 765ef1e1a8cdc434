import { Icon } from '../shell/icons';

type Condition = {
  readonly column: string;
  readonly test: string;
  readonly value?: string;
  readonly values?: readonly string[];
  readonly ignoreCase?: boolean;
};

const TESTS: readonly (readonly [test: string, words: string, takes: 'nothing' | 'value' | 'values'])[] = [
  ['is-empty', 'is empty', 'nothing'],
  ['is-not-empty', 'is not empty', 'nothing'],
  ['equals', 'is', 'value'],
  ['not-equals', 'is not', 'value'],
  ['contains', 'contains', 'value'],
  ['not-contains', 'does not contain', 'value'],
  ['starts-with', 'starts with', 'value'],
  ['ends-with', 'ends with', 'value'],
  ['in-list', 'is one of', 'values'],
  ['not-in-list', 'is none of', 'values'],
  ['matches', 'matches the pattern', 'value'],
  ['not-matches', 'does not match the pattern', 'value'],
];
const takes = (test: string) => TESTS.find(([id]) => id === test)?.[2] ?? 'nothing';

function readWhere(value: unknown): { join: 'all' | 'any'; conditions: readonly Condition[] } {
  const where = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const join = Array.isArray(where.any) ? 'any' : 'all';
  const list = where[join];
  return { join, conditions: Array.isArray(list) ? (list as Condition[]) : [] };
}

/** A condition with another test; what it no longer takes is dropped. */
function withTest({ column, value, values, ignoreCase }: Condition, test: string): Condition {
  switch (takes(test)) {
    case 'nothing':
      return { column, test };
    case 'value':
      return { column, test, value: value ?? values?.[0] ?? '', ignoreCase: ignoreCase ?? false };
    case 'values':
      return { column, test, values: values ?? [value ?? ''], ignoreCase: ignoreCase ?? false };
  }
}

type Props = { columns: readonly string[]; value: unknown; onChange: (value: unknown) => void };

/** Conditions on columns, joined by “all” or “any”. */
export function ConditionsField({ columns, value, onChange }: Props) {
  const { join, conditions } = readWhere(value);
  const set = (next: readonly Condition[], by = join) => onChange({ [by]: next });
  const change = (at: number, condition: Condition) => set(conditions.with(at, condition));
  return (
    <div className="conditions">
      {conditions.length > 1 && (
        <select
          className="select"
          aria-label="How the conditions go together"
          value={join}
          onChange={(event) => set(conditions, event.target.value as 'all' | 'any')}
        >
          <option value="all">All of these hold</option>
          <option value="any">Any of these holds</option>
        </select>
      )}
      {conditions.map((condition, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no name of their own
        <div key={at} className="condition">
          <select
            className="select"
            aria-label="Column"
            value={condition.column}
            onChange={(event) => change(at, { ...condition, column: event.target.value })}
          >
            {[...new Set([...columns, condition.column])].map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
          <select
            className="select"
            aria-label="Test"
            value={condition.test}
            onChange={(event) => change(at, withTest(condition, event.target.value))}
          >
            {TESTS.map(([test, words]) => (
              <option key={test} value={test}>
                {words}
              </option>
            ))}
          </select>
          <ConditionValue condition={condition} onChange={(next) => change(at, next)} />
          <button
            type="button"
            className="button quiet icon-only"
            aria-label="Remove the condition"
            disabled={conditions.length === 1}
            onClick={() => set(conditions.toSpliced(at, 1))}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      <button
        type="button"
        className="link small"
        onClick={() => set([...conditions, { column: columns[0] ?? '', test: 'is-not-empty' }])}
      >
        Add a condition
      </button>
    </div>
  );
}

function ConditionValue({
  condition,
  onChange,
}: {
  condition: Condition;
  onChange: (next: Condition) => void;
}) {
  const kind = takes(condition.test);
  if (kind === 'nothing') return <span />;
  return (
    <>
      {kind === 'value' ? (
        <input
          className="input"
          aria-label="Value"
          spellCheck={false}
          value={condition.value ?? ''}
          onChange={(event) => onChange({ ...condition, value: event.target.value })}
        />
      ) : (
        <textarea
          className="input"
          aria-label="Values, one a line"
          rows={Math.min(5, (condition.values?.length ?? 0) + 1)}
          value={(condition.values ?? []).join('\n')}
          onChange={(event) => onChange({ ...condition, values: event.target.value.split('\n') })}
        />
      )}
      <label className="check-field small">
        <input
          type="checkbox"
          checked={condition.ignoreCase ?? false}
          onChange={(event) => onChange({ ...condition, ignoreCase: event.target.checked })}
        />
        any case
      </label>
    </>
  );
}
