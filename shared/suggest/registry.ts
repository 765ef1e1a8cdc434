import { country } from './country';
import { currency } from './currency';
import { date } from './date';
import { duplicateRows } from './duplicate-rows';
import { email } from './email';
import { identifier } from './identifier';
import { invisible } from './invisible';
import { letterCase } from './letter-case';
import { money } from './money';
import { nearDuplicates } from './near-duplicates';
import { nullTokens } from './null-tokens';
import { number } from './number';
import { personName } from './person-name';
import { phone } from './phone';
import { postalCode } from './postal-code';
import type { Detector } from './suggestion';
import { timestamp } from './timestamp';
import { whiteSpace } from './white-space';
import { yesNo } from './yes-no';

/** Every detector. Of suggestions that mend equally much, those of an earlier one come first. */
export const detectors: readonly Detector[] = [
  email,
  phone,
  date,
  timestamp,
  country,
  currency,
  yesNo,
  money,
  number,
  identifier,
  postalCode,
  personName,
  nullTokens,
  letterCase,
  nearDuplicates,
  whiteSpace,
  invisible,
  duplicateRows,
];
