import { PHONE_REGIONS } from '../../shared/lookup/phone-regions';

const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });
const regions = PHONE_REGIONS.map((code) => ({ code, name: names.of(code) ?? code })).sort((a, b) =>
  a.name.localeCompare(b.name, 'en'),
);

type Props = {
  described: { id: string; 'aria-invalid': boolean; 'aria-describedby': string };
  value: string;
  onChange: (code: string) => void;
};

/** A region of the phone library, by its name. */
export function RegionSelect({ described, value, onChange }: Props) {
  return (
    <select
      {...described}
      className="select"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">None: only numbers with a country code</option>
      {regions.map(({ code, name }) => (
        <option key={code} value={code}>
          {name} ({code})
        </option>
      ))}
    </select>
  );
}
