type ColumnProps = {
  label?: string;
  columns: readonly string[];
  value: string;
  onChange: (column: string) => void;
};

/** A choice of columns; one that is chosen stays on offer when it is not there any more. */
export function ColumnSelect({ label = 'Column', columns, value, onChange }: ColumnProps) {
  return (
    <select
      className="select"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {[...new Set([...columns, value])].map((name) => (
        <option key={name}>{name}</option>
      ))}
    </select>
  );
}

type WordsProps<T extends string> = {
  label: string;
  choices: readonly (readonly [value: T, words: string])[];
  value: T | undefined;
  onChange: (value: T) => void;
};

/** A choice that is shown in words. */
export function WordsSelect<T extends string>({ label, choices, value, onChange }: WordsProps<T>) {
  return (
    <select
      className="select"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value as T)}
    >
      {choices.map(([one, words]) => (
        <option key={one} value={one}>
          {words}
        </option>
      ))}
    </select>
  );
}

/** The choices of a record of words. */
export const choicesOf = <T extends string>(
  words: Readonly<Record<T, string>>,
): readonly (readonly [T, string])[] => Object.entries(words) as [T, string][];
