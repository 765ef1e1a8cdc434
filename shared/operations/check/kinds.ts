import { date } from './date';
import { email } from './email';
import { formula } from './formula';
import { identifier } from './identifier';
import { inList } from './in-list';
import type { AnyCheckKind } from './kind';
import { length } from './length';
import { notEmpty } from './not-empty';
import { pattern } from './pattern';
import { phone } from './phone';
import { range } from './range';
import { unique } from './unique';
import { url } from './url';

/** Every kind of check, in the order of the form. */
export const checkKinds: readonly [AnyCheckKind, ...AnyCheckKind[]] = [
  notEmpty,
  unique,
  pattern,
  inList,
  range,
  length,
  date,
  email,
  phone,
  url,
  identifier,
  formula,
];
