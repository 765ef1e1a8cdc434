import { email } from './email';
import type { AnyCheckKind } from './kind';
import { notEmpty } from './not-empty';
import { pattern } from './pattern';
import { phone } from './phone';

/** Every kind of check, in the order of the form. */
export const checkKinds: readonly [AnyCheckKind, ...AnyCheckKind[]] = [notEmpty, pattern, email, phone];
