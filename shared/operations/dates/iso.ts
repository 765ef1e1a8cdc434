import type { PlanBuilder } from '../../compile/builder';
import { type ColumnReference, type Expression, nothing, text } from '../../expression/expression';
import { call } from '../../expression/primitives';
import { readIsoMoment } from './zones';

/** What cells must look like where an operation takes dates that are already clean. */
export const ISO_WORDS =
  'Cells hold dates in ISO form (2024-12-31), as “Read dates” writes them, or times (2024-12-31T23:59:59Z), of which ' +
  'the date counts as it is written; white space around does not matter.';

const DAY_OF_TIME = '\\A([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]';
const LONGEST = 60;

/** A cell in ISO form: its date, as it is written; its moment, null for a date alone. Both null for anything else. */
export function readIso(
  builder: PlanBuilder,
  value: Expression,
): { readonly date: ColumnReference; readonly moment: ColumnReference } {
  const trimmed = builder.bind(call('trimWhiteSpace', [value], { sides: 'both' }));
  const plain = builder.bind(call('parseIsoDate', [trimmed]));
  // Few cells are times, and looking for one is slow.
  const other = builder.bind(call('choose', [call('isNull', [plain]), trimmed, text(null)]));
  const moment = readIsoMoment(builder, other);
  const day = call('capture', [other], {
    pattern: DAY_OF_TIME,
    sparkPattern: DAY_OF_TIME,
    group: 1,
    longest: LONGEST,
  });
  const dayOfMoment = call('choose', [
    call('isNull', [moment]),
    nothing('date'),
    call('parseIsoDate', [day]),
  ]);
  return { date: builder.bind(call('firstPresent', [plain, dayOfMoment])), moment };
}

/** The date of a cell in ISO form; null where there is none. */
export const isoDate = (builder: PlanBuilder, value: Expression): ColumnReference =>
  readIso(builder, value).date;
