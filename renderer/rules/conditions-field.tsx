import { Rows } from './rows';
import { ColumnSelect, WordsSelect } from './selects';

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

const CHOICES = TESTS.map(([test, words]) => [test, words] as const);
const JOINS = [
  ['all', 'All of these hold'],
  ['any', 'Any of these holds'],
] as const;

/** Conditions on columns, joined by “all” or “any”. */
export function ConditionsField({ columns, value, onChange }: Props) {
  const { join, conditions } = readWhere(value);
  return (
    <Rows
      list={conditions}
      onChange={(next) => onChange({ [join]: next })}
      removeLabel={() => 'Remove the condition'}
      least={1}
      begun={{ column: columns[0] ?? '', test: 'is-not-empty' }}
      addLabel="Add a condition"
      row={(condition, set) => (
        <>
          <ColumnSelect
            columns={columns}
            value={condition.column}
            onChange={(column) => set({ ...condition, column })}
          />
          <WordsSelect
            label="Test"
            choices={CHOICES}
            value={condition.test}
            onChange={(test) => set(withTest(condition, test))}
          />
          <ConditionValue condition={condition} onChange={set} />
        </>
      )}
    >
      {conditions.length > 1 && (
        <WordsSelect
          label="How the conditions go together"
          choices={JOINS}
          value={join}
          onChange={(by) => onChange({ [by]: conditions })}
        />
      )}
    </Rows>
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
