import { CopyButton } from './copy-button';

type Props = {
  /** What each is, and where; those without a place are left out. */
  places: readonly (readonly [label: string, value: string | null])[];
};

/** Where things are, each to be copied. */
export function Places({ places }: Props) {
  return (
    <dl className="review-facts">
      {places.map(
        ([label, value]) =>
          value !== null && (
            <div key={label}>
              <dt>{label}</dt>
              <dd className="mono">
                {value} <CopyButton text={value} label="Copy" />
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}
