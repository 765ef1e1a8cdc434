import { useState } from 'react';

type Props = {
  described: { id: string; 'aria-invalid': boolean; 'aria-describedby': string };
  value: unknown;
  onChange: (share: unknown) => void;
};

const asPercent = (value: unknown): string =>
  typeof value === 'number' && Number.isFinite(value) ? String(+(value * 100).toFixed(6)) : '';

/** A share as a percentage. What is being typed stays as it is until it is a number. */
export function ShareInput({ described, value, onChange }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <span className="share-input">
      <input
        {...described}
        className="input number"
        inputMode="decimal"
        value={typed ?? asPercent(value)}
        onChange={(event) => {
          setTyped(event.target.value);
          const percent = Number(event.target.value.replace(',', '.'));
          // Not a number: the schema says so beside the field.
          onChange(
            event.target.value.trim() === '' || Number.isNaN(percent) ? event.target.value : percent / 100,
          );
        }}
        onBlur={() => setTyped(null)}
      />
      %
    </span>
  );
}
