import { CURRENCIES } from './currencies';
import { columnOf, isLike, isMostly } from './detecting';
import { decimalOf } from './number';
import type { Detector } from './suggestion';

const SIGN = '(?:[A-Za-z]{3}|[$€£¥₹])';
const AMOUNT = `(?:${SIGN} ?)?[+-]?[0-9][0-9., ]*(?: ?${SIGN})?`;
const NAMED = /amount|price|total|cost|revenue|balance|salary|fee|betrag|preis|montant/i;

export const money: Detector = {
  kind: 'money',
  operations: ['parse-money'],
  async detect(look) {
    if (!(await isMostly(look, isLike(look.trimmed, AMOUNT), 0.8))) return [];
    const signed = await isMostly(look, isLike(look.trimmed, `${SIGN} ?[0-9].*|.*[0-9] ?${SIGN}`), 0.3);
    if (!signed && !NAMED.test(look.column)) return [];
    const decimal = await decimalOf(look);
    const currencyColumn = await columnOf(look, CURRENCIES, /currency|w(ä|ae)hrung|devise/i);
    const parameters = { decimal, grouping: decimal === '.' ? ',' : '.', invalid: 'keep' };
    return [
      {
        operation: 'parse-money',
        columns: [look.column],
        parameters:
          currencyColumn === null
            ? { ...parameters, into: `${look.column} currency` }
            : { ...parameters, currencyColumn },
        wrong: 'are not plain amounts with a point',
        cannotBe: 'read as an amount',
        remarks: [
          currencyColumn === null
            ? 'No column names the currency: what a cell says of it goes to a column of its own.'
            : `${currencyColumn} names the currency.`,
        ],
      },
    ];
  },
};
