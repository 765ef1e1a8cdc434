import { z } from 'zod';
import type { PlanBuilder } from '../../compile/builder';
import { type Expression, integer } from '../../expression/expression';
import { call } from '../../expression/primitives';

/** A date of a step's parameters, in ISO form. */
export const statedDateSchema = z.iso
  .date({ error: 'must be a date such as 2024-12-31' })
  .refine((one) => !one.startsWith('0000'), { error: 'must be a date from year 0001 on' });

/** Months from one date to another that are complete: the 31st to the 30th of the next month is none. */
export function completeMonths(builder: PlanBuilder, from: Expression, to: Expression): Expression {
  const part = (date: Expression, name: 'year' | 'month' | 'day') => call('datePart', [date], { part: name });
  const months = (date: Expression) =>
    call('addIntegers', [call('multiplyIntegers', [part(date, 'year'), integer(12)]), part(date, 'month')]);
  const between = builder.bind(
    call('subtractIntegers', [builder.bind(months(to)), builder.bind(months(from))]),
  );
  const [dayFrom, dayTo] = [builder.bind(part(from, 'day')), builder.bind(part(to, 'day'))];
  const short = call('and', [call('less', [integer(0), between]), call('less', [dayTo, dayFrom])]);
  const long = call('and', [call('less', [between, integer(0)]), call('less', [dayFrom, dayTo])]);
  return builder.bind(
    call('choose', [
      call('holds', [short]),
      call('subtractIntegers', [between, integer(1)]),
      call('choose', [call('holds', [long]), call('addIntegers', [between, integer(1)]), between]),
    ]),
  );
}

/** How often a positive number goes into an integer, towards zero. */
export function wholeTimes(builder: PlanBuilder, value: Expression, by: number): Expression {
  const negative = call('holds', [call('less', [value, integer(0)])]);
  const opposite = builder.bind(call('subtractIntegers', [integer(0), value]));
  return builder.bind(
    call('choose', [
      negative,
      call('subtractIntegers', [integer(0), call('floorQuotient', [opposite], { by })]),
      call('floorQuotient', [value], { by }),
    ]),
  );
}

/** The digits of an integer. */
export const digitsOf = (value: Expression): Expression => call('integerText', [value], { digits: 1 });
