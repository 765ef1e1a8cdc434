import { useId, useState } from 'react';
import { ZONE_NAMES } from '../../shared/lookup/zones/names';
import { namedZone } from '../../shared/operations/dates/stated-zones';

type Props = {
  described: { id: string; 'aria-invalid': boolean; 'aria-describedby': string };
  value: string;
  onChange: (zone: string) => void;
};

/** UTC, a distance from it, or a named zone, found by any part of its name. */
export function ZoneInput({ described, value, onChange }: Props) {
  const list = useId();
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <>
      <input
        {...described}
        className="input"
        list={list}
        spellCheck={false}
        autoComplete="off"
        value={typed ?? value}
        onChange={(event) => {
          setTyped(event.target.value);
          // The choices that belong to a named zone are shown for its one spelling.
          onChange(namedZone(event.target.value.trim()) ?? event.target.value.trim());
        }}
        onBlur={() => setTyped(null)}
      />
      <datalist id={list}>
        <option value="UTC" />
        {ZONE_NAMES.filter((name) => name.includes('/')).map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}
