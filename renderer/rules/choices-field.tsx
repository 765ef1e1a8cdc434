type Props = {
  label: string;
  choices: readonly { readonly value: string; readonly label: string }[];
  value: readonly string[];
  onChange: (value: readonly string[]) => void;
};

/** Any of a few choices. */
export function ChoicesField({ label, choices, value, onChange }: Props) {
  const toggle = (id: string) =>
    onChange(choices.map((one) => one.value).filter((one) => (one === id) !== value.includes(one)));
  return (
    <fieldset className="field form-wide form-columns">
      <legend className="label">{label}</legend>
      <div className="form-column-list">
        {choices.map((choice) => (
          <label key={choice.value} className="column-choice">
            <input
              type="checkbox"
              checked={value.includes(choice.value)}
              onChange={() => toggle(choice.value)}
            />
            {choice.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
