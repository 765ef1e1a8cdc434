import { z } from 'zod';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const RATE = /^[^\s]{1,10} [0-9]{1,6}(\.[0-9]{1,6})?$/;

const isDay = (text: string) => {
  const time = Date.parse(`${text}T00:00:00Z`);
  return DAY.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

export const rfmParameters = z
  .strictObject({
    /** Recency is counted to this day; later transactions are left out. Without it, to the latest purchase. */
    referenceDate: z.string().refine(isDay, 'is not a day such as 2026-10-31').optional(),
    /** Transactions that count, by their status, exactly as written; none given: all. */
    statuses: z.array(z.string()).max(100).default([]),
    /** `USD 0.92`: what one unit of a currency is worth. None given: amounts are added as they are. */
    rates: z
      .array(z.string().regex(RATE, 'is not a currency and a rate such as “USD 0.92”'))
      .max(300)
      .default([]),
  })
  .check(({ value, issues }) => {
    const codes = value.rates.map((rate) => rate.split(' ')[0]);
    const twice = codes.findIndex((code, index) => codes.indexOf(code) !== index);
    if (twice >= 0)
      issues.push({
        code: 'custom',
        path: ['rates', twice],
        message: `“${codes[twice]}” has a rate already`,
        input: value.rates[twice],
      });
  });
export type RfmParameters = z.output<typeof rfmParameters>;

/** What fits the sample shop: paid and refunded transactions, and made-up rates of its currencies to the euro. */
export const SAMPLE_RFM: RfmParameters = {
  statuses: ['paid', 'refunded'],
  rates: ['EUR 1', 'USD 0.92', 'GBP 1.17', 'AUD 0.61', 'CAD 0.68', 'SEK 0.088'],
};
