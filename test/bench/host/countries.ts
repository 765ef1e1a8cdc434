import { nameKeysOf, namesTable } from '../../../shared/operations/place-names';
import { COUNTRIES } from '../../../shared/reference/countries';

/** Every name of a country as it is compared, and its code: the reference table that all programs get. */
export function countryNames(): readonly (readonly (string | null)[])[] {
  const named = COUNTRIES.flatMap(({ alpha2, alpha3, name }) =>
    [alpha2, alpha3, name].flatMap(nameKeysOf).map((key) => [key, alpha2] as const),
  );
  const others = COUNTRIES.flatMap(({ others, alpha2 }) =>
    others.flatMap(nameKeysOf).map((key) => [key, alpha2] as const),
  );
  return namesTable([...named, ...others]).rows;
}
