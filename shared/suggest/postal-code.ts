import { PHONE_REGIONS } from '../lookup/phone-regions';
import { columnOf, isLike, isMostly } from './detecting';
import type { Detector } from './suggestion';

const SHAPE = '[A-Za-z]{0,2}[ -]?[0-9][0-9A-Za-z]{1,4}(?:[ -]?[0-9A-Za-z]{2,4})?';
const NAMED = /post(al)?[ _-]?code|zip|plz|postleitzahl|cap\b|code[ _-]?postal/i;

export const postalCode: Detector = {
  kind: 'postal-code',
  operations: ['postal-code'],
  async detect(look) {
    // Its shape is that of many codes: without its name it is not taken for one.
    if (!NAMED.test(look.column)) return [];
    if (!(await isMostly(look, isLike(look.trimmed, SHAPE)))) return [];
    const countryColumn = await columnOf(look, PHONE_REGIONS, /country|land/i);
    // Without its country no one can tell what a code should look like.
    if (countryColumn === null) return [];
    return [
      {
        operation: 'postal-code',
        columns: [look.column],
        parameters: { countryColumn, invalid: 'keep' },
        wrong: 'are not written as the country’s postal codes are',
        cannotBe: 'a postal code of their country',
      },
    ];
  },
};
